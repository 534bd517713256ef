import type { DataType, DataTypeField, Identifier } from "../ast/index";
import type { DialectError } from "../errors";
import type { Token } from "../lexer/token";
import type { Cursor } from "./cursor";

/** Names of two words and more, by the first word. */
const LONG_NAMES: [string, ...string[]][] = [
  ["DOUBLE", "PRECISION"],
  ["CHAR", "VARYING"],
  ["CHARACTER", "VARYING"],
  ["NCHAR", "VARYING"],
  ["NATIONAL", "CHAR"],
  ["BINARY", "VARYING"],
  ["TIMESTAMP", "WITH", "TIME", "ZONE"],
  ["TIMESTAMP", "WITH", "LOCAL", "TIME", "ZONE"],
  ["TIMESTAMP", "WITHOUT", "TIME", "ZONE"],
  ["INTERVAL", "YEAR"],
  ["INTERVAL", "MONTH"],
  ["INTERVAL", "DAY"],
  ["INTERVAL", "HOUR"],
  ["INTERVAL", "MINUTE"],
  ["INTERVAL", "SECOND"],
];

/** https://docs.snowflake.com/en/sql-reference/intro-summary-data-types */
const NAMES = new Set(
  (
    "NUMBER DECIMAL DEC NUMERIC INT INTEGER BIGINT SMALLINT TINYINT BYTEINT FLOAT FLOAT4 FLOAT8 DOUBLE REAL DECFLOAT VARCHAR CHAR CHARACTER NCHAR " +
    "STRING TEXT VARCHAR2 NVARCHAR NVARCHAR2 BINARY VARBINARY BOOLEAN DATE DATETIME TIME TIMESTAMP TIMESTAMP_LTZ TIMESTAMP_NTZ " +
    "TIMESTAMP_TZ TIMESTAMPLTZ TIMESTAMPNTZ TIMESTAMPTZ VARIANT OBJECT ARRAY MAP GEOGRAPHY GEOMETRY VECTOR FILE UUID LONG FIXED"
  ).split(" "),
);

const LONG_FIRST_WORDS = new Set(LONG_NAMES.map(([first]) => first));

/** True when the coming word names a data type of Snowflake. */
export function isDataType(cursor: Cursor): boolean {
  const { keyword } = cursor.token;
  if (keyword === "") return false;
  if (keyword === "PERIOD") return cursor.peek().keyword === "(";
  return (
    NAMES.has(keyword) || (LONG_FIRST_WORDS.has(keyword) && LONG_NAMES.some((words) => cursor.isSequence(...words)))
  );
}

/** True for a name that is none of a data type of Snowflake. */
export const isUnknownDataType = (cursor: Cursor): boolean => cursor.isIdentifier();

/** `Unsupported data type 'MONEY(5, 2)'.`: the last part of the name and the numbers behind it. */
export function unsupportedDataType(cursor: Cursor): DialectError {
  const { start } = cursor;
  const last = cursor.objectName().parts.at(-1) as Identifier;
  const span = cursor.span(start);
  const numbers: string[] = [];
  if (cursor.is("(") && cursor.peek().kind === "Number") {
    do {
      cursor.next();
      numbers.push(cursor.next().value);
    } while (cursor.is(",") && cursor.peek().kind === "Number");
  }
  return cursor.unsupportedDataType(numbers.length > 0 ? `${last.text}(${numbers.join(", ")})` : last.text, span);
}

/** A data type; an unknown name is an error. */
export function parseDataType(cursor: Cursor): DataType {
  const { start } = cursor;
  if (!isDataType(cursor))
    throw isUnknownDataType(cursor) ? unsupportedDataType(cursor) : cursor.unexpected(["a data type"]);
  const long = LONG_FIRST_WORDS.has(cursor.token.keyword)
    ? LONG_NAMES.find((words) => cursor.acceptSequence(...words))
    : undefined;
  const type: DataType = { kind: "DataType", name: "", parameters: [], span: { start, end: start } };
  if (long !== undefined) {
    type.name = long.join(" ");
    if (cursor.is("(")) parseParameters(cursor, type);
    if (long[0] === "INTERVAL" && cursor.accept("TO")) parseLastUnit(cursor, type);
  } else {
    type.name = cursor.next().keyword;
    if (cursor.is("(")) cursor.nested(() => parseArguments(cursor, type));
    if (type.name === "TIMESTAMP" || type.name === "TIME") parseTimeZone(cursor, type);
  }
  type.span = cursor.span(start);
  return type;
}

/** The units that an INTERVAL may end with, by the one it begins with. */
export const LAST_UNITS: Readonly<Record<string, readonly string[]>> = {
  YEAR: ["MONTH"],
  DAY: ["HOUR", "MINUTE", "SECOND"],
  HOUR: ["MINUTE", "SECOND"],
  MINUTE: ["SECOND"],
};

/** `DAY(2) TO SECOND(3)`: https://docs.snowflake.com/en/sql-reference/data-types-datetime#interval-data-types */
function parseLastUnit(cursor: Cursor, type: DataType): void {
  const unit = cursor.expectAnyOf(...(LAST_UNITS[type.name.slice("INTERVAL ".length)] ?? []));
  const [leadingDigits] = type.parameters;
  if (leadingDigits !== undefined) type.leadingDigits = leadingDigits;
  type.name += ` TO ${unit}`;
  type.parameters = unit === "SECOND" && cursor.is("(") ? cursor.parenthesized(() => [cursor.integer()]) : [];
}

/** What a PERIOD has at both ends. https://docs.snowflake.com/en/sql-reference/data-types-period */
const PERIOD_ELEMENTS: ReadonlySet<string> = new Set([
  "DATE",
  "TIME",
  "TIMESTAMP_NTZ",
  "TIMESTAMP_LTZ",
  "TIMESTAMP_TZ",
]);

/** `PERIOD(TIME(3)) '[…, …)'`, not a call of a function of that name. */
export function isPeriodLiteral(cursor: Cursor): boolean {
  if (cursor.peek().keyword !== "(" || !PERIOD_ELEMENTS.has(cursor.peek(2).keyword)) return false;
  const close = cursor.peek(3).keyword === "(" ? 6 : 3;
  return cursor.peek(close).keyword === ")" && cursor.peek(close + 1).kind === "String";
}

/** What a VECTOR may be said to hold; most of it is refused afterwards, by the type it stands for. */
const VECTOR_ELEMENTS: ReadonlySet<string> = new Set(
  "INT INTEGER BIGINT SMALLINT TINYINT BYTEINT FLOAT FLOAT4 FLOAT8 DOUBLE REAL".split(" "),
);

function parseArguments(cursor: Cursor, type: DataType): void {
  switch (type.name) {
    case "ARRAY":
      type.elements = cursor.parenthesized(() => [parseElement(cursor)]);
      return;
    case "MAP":
      cursor.parenthesized(() => {
        const key = parseElement(cursor);
        cursor.expect(",");
        type.elements = [key, parseElement(cursor)];
      });
      return;
    case "PERIOD":
      type.elements = cursor.parenthesized(() => {
        if (!PERIOD_ELEMENTS.has(cursor.token.keyword)) throw cursor.unexpected([...PERIOD_ELEMENTS]);
        return [parseDataType(cursor)];
      });
      return;
    case "OBJECT":
      type.fields = cursor.parenthesizedList(() => parseField(cursor), true);
      return;
    case "VECTOR":
      cursor.parenthesized(() => {
        if (!VECTOR_ELEMENTS.has(cursor.token.keyword)) throw cursor.unexpected(["INT", "FLOAT"]);
        type.elements = [parseDataType(cursor)];
        cursor.expect(",");
        type.parameters = [cursor.integer()];
      });
      return;
    default:
      parseParameters(cursor, type);
  }
}

/** `VARCHAR()` says no more than VARCHAR; FLOAT takes a parameter, too, though its documentation knows none. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set([
  "VARCHAR",
  "CHAR",
  "CHARACTER",
  "STRING",
  "TEXT",
  "NCHAR",
  "VARCHAR2",
  "NVARCHAR",
  "NVARCHAR2",
  "FLOAT",
  "FLOAT4",
  "FLOAT8",
  "REAL",
]);

/** How many parameters a type may have, where it is not one: two for the precision and scale of numbers and of seconds. */
const MOST_PARAMETERS: ReadonlyMap<string, number> = new Map([
  ...["NUMBER", "DECIMAL", "DEC", "NUMERIC", "FIXED", "INTERVAL SECOND"].map((name) => [name, 2] as const),
  ...["INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT", "LONG"].map((name) => [name, 0] as const),
  ...["BOOLEAN", "DATE", "DOUBLE", "DOUBLE PRECISION", "VARIANT", "UUID"].map((name) => [name, 0] as const),
]);

function parseParameters(cursor: Cursor, type: DataType): void {
  if (type.name === "GEOGRAPHY" || type.name === "GEOMETRY") throw cursor.unexpected();
  const most = MOST_PARAMETERS.get(type.name) ?? 1;
  const mayBeEmpty = MAY_BE_EMPTY.has(type.name);
  // `VARCHAR(MAX)`, `INT(11)`: a parenthesis that no parameter can begin in is none of the type's.
  if (most === 0 || !beginsParameters(cursor.peek(), mayBeEmpty)) return;
  cursor.expect("(");
  if (!(mayBeEmpty && cursor.is(")"))) {
    do type.parameters.push(cursor.integer());
    while (type.parameters.length < most && cursor.accept(","));
  }
  cursor.expect(")");
}

const beginsParameters = ({ kind, keyword }: Token, mayBeEmpty: boolean): boolean =>
  kind === "Number" || kind === "End" || keyword === "-" || (mayBeEmpty && keyword === ")");

/** `TIMESTAMP(3) WITH TIME ZONE` has its precision in the middle of the name. */
function parseTimeZone(cursor: Cursor, type: DataType): void {
  for (const words of [
    ["WITH", "TIME", "ZONE"],
    ["WITH", "LOCAL", "TIME", "ZONE"],
    ["WITHOUT", "TIME", "ZONE"],
  ])
    if (cursor.acceptSequence(...words)) {
      type.name = `${type.name} ${words.join(" ")}`;
      return;
    }
}

function parseElement(cursor: Cursor): DataType {
  const type = parseDataType(cursor);
  if (cursor.acceptSequence("NOT", "NULL")) type.notNull = true;
  return type;
}

function parseField(cursor: Cursor): DataTypeField {
  const { start } = cursor;
  const name = cursor.identifier();
  const type = parseElement(cursor);
  return { kind: "DataTypeField", name, type, span: cursor.span(start) };
}
