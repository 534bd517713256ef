import { type Expression, findFunction, type SelectItem, visit } from "../../dialect/index";
import { SnowflakeError } from "../errors";

const FUNCTIONS = new Set(
  `ARRAY_CONSTRUCT ARRAY_SIZE ASCII CAST CEIL CHECK_JSON CHECK_XML CHR CHAR CONCAT CONVERT_TIMEZONE ENDSWITH EQUAL_NULL
  FLOOR GET GET_PATH HEX_DECODE_STRING HEX_ENCODE IFF IFNULL ILIKE IS_ARRAY IS_BOOLEAN IS_DECIMAL IS_INTEGER IS_NULL_VALUE
  IS_OBJECT IS_TIME IS_TIMESTAMP_LTZ IS_TIMESTAMP_NTZ IS_TIMESTAMP_TZ LENGTH LEN LIKE LPAD LTRIM MD5 MD5_HEX NULLIF NVL NVL2
  OBJECT_CONSTRUCT PARSE_IP PARSE_JSON PARSE_URL PARSE_XML RANDOM REGEXP_REPLACE REGEXP_SUBSTR REPLACE REVERSE RPAD RTRIM
  SPLIT SPLIT_PART STARTSWITH SUBSTR SUBSTRING TO_ARRAY TO_BINARY TO_BOOLEAN TO_CHAR TO_VARCHAR TO_DATE DATE TO_DECFLOAT
  TO_DECIMAL TO_NUMBER TO_NUMERIC TO_DOUBLE TO_OBJECT TO_TIME TIME TO_TIMESTAMP TO_TIMESTAMP_LTZ TO_TIMESTAMP_NTZ
  TO_TIMESTAMP_TZ TO_VARIANT TRIM TRY_CAST TRY_HEX_DECODE_STRING TRY_TO_BINARY TRY_TO_BOOLEAN TRY_TO_DATE TRY_TO_DECFLOAT
  TRY_TO_DECIMAL TRY_TO_NUMBER TRY_TO_NUMERIC TRY_TO_DOUBLE TRY_TO_TIME UNICODE UUID_STRING XMLGET`.split(/\s+/),
);

const ARITHMETIC = new Set(["+", "-", "*", "/", "%"]);

/**
 * Refuses what COPY does not compute from the fields of files: functions of Snowflake's own that its list lacks, and
 * arithmetic. Functions of users are theirs to answer for, and what reads no field is computed before.
 * Source: https://docs.snowflake.com/en/user-guide/data-load-transform, "Supported functions"
 */
export function requireCopyFunctions(items: readonly SelectItem[]): void {
  const refuse = (name: string) => {
    throw new SnowflakeError(
      "001757",
      "42601",
      `SQL Compilation error: Function '${name}' not supported within a COPY`,
    );
  };
  for (const { expression } of items)
    visit(expression, {
      FunctionCall: (call) => {
        const [name, ...rest] = call.name.parts;
        if (name === undefined || rest.length > 0 || FUNCTIONS.has(name.value)) return;
        if (findFunction(name.value) && readsField(call)) refuse(name.value);
      },
      Binary: (binary) => {
        if (ARITHMETIC.has(binary.operator) && readsField(binary)) refuse(binary.operator);
      },
      Extract: (extract) => {
        if (readsField(extract)) refuse("EXTRACT");
      },
      Position: (position) => {
        if (readsField(position)) refuse("POSITION");
      },
    });
}

function readsField(expression: Expression): boolean {
  let found = false;
  const note = () => {
    found = true;
  };
  visit(expression, { ColumnReference: note, PositionalColumn: note });
  return found;
}
