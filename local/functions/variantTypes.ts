import { unsupportedFeature } from "../errors";
import { bound, constantNumber } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { once } from "../translate/sql";
import {
  BOOLEAN,
  binary,
  DATE,
  type DataType,
  FLOAT,
  MAX_PRECISION,
  number,
  sqlName,
  time,
  VARIANT,
  varchar,
} from "../types/dataType";
import { type Call, type FunctionEntry, type FunctionTable, scalar } from "./call";
import { numberType } from "./numberType";
import { onlyVariant } from "./onlyVariant";
import { typeOf } from "./semiStructured";

/** NULL unless the VARIANT holds a value of exactly such a kind. Source: …/functions/as */
const as = (kinds: readonly string[], type: (call: Call) => DataType, arity = 1): FunctionEntry =>
  scalar(1, arity, (call) => {
    onlyVariant(call);
    const test = `${typeOf(call.variant(0))} IN (${kinds.map((kind) => `'${kind}'`).join(", ")})`;
    const value = cast(bound(call.variant(0), VARIANT), type(call), call.settings);
    return call.result(`CASE WHEN ${test} THEN ${value.sql} END`, type(call), true);
  });

/** NUMBER(precision, scale) of AS_DECIMAL. Error 001008 names which of both is no such number. */
function decimalType(call: Call): DataType {
  const precision = call.has(1) ? constantNumber(call.arg(1)) : undefined;
  const scale = call.has(2) ? constantNumber(call.arg(2)) : undefined;
  const invalid = (value: number, place: string) =>
    call.error("001008", "22023", `invalid value [${value}] for parameter 'AS_DECIMAL(${place})'`);
  if (precision !== undefined && (precision < 0 || precision > MAX_PRECISION))
    throw invalid(precision, "?, precision...");
  if (scale !== undefined && (scale < 0 || scale > (precision ?? MAX_PRECISION))) throw invalid(scale, "?, ?, scale");
  return numberType(call, 1);
}

const is = (...kinds: string[]): FunctionEntry =>
  scalar(1, 1, (call) => {
    return call.result(`(${typeOf(call.asVariant(0))} IN (${kinds.map((kind) => `'${kind}'`).join(", ")}))`, BOOLEAN);
  });

const FIXED = ["INTEGER", "DECIMAL"];

/** How many bytes a NUMBER takes: by its value where that is known, else by its digits. */
function width(call: Call): string {
  const { type, literal } = call.arg(0);
  if (type.kind !== "NUMBER") return "";
  const text = literal?.kind === "number" && /^-?\d+$/.test(literal.text) ? literal.text : undefined;
  const value = text === undefined ? 10n ** BigInt(type.precision) - 1n : BigInt(text);
  const size = value < 0n ? -value : value;
  const bits = [7n, 15n, 31n, 63n].findIndex((b) => size < 1n << b);
  return `SB${[1, 2, 4, 8, 16][bits < 0 ? 4 : bits]}`;
}

/** The SQL type with the storage behind it. Source: …/functions/system_typeof */
function systemTypeOf(call: Call): string {
  const { type } = call.arg(0);
  switch (type.kind) {
    case "NUMBER":
      return `NUMBER(${type.precision},${type.scale})[${width(call)}]`;
    case "FLOAT":
      return "FLOAT[DOUBLE]";
    case "INTERVAL":
      if (type.first !== "DAY" || type.precision <= 5) throw unsupportedFeature(`${call.name} of ${sqlName(type)}`);
      return `${sqlName(type)}[SB16]`;
    case "DECFLOAT":
      throw unsupportedFeature(`${call.name} of DECFLOAT`);
    case "BOOLEAN":
      return "BOOLEAN[SB1]";
    case "DATE":
      return "DATE[SB4]";
    case "TIME":
      return `TIME(${type.scale})[SB8]`;
    case "TIMESTAMP_NTZ":
    case "TIMESTAMP_LTZ":
    case "TIMESTAMP_TZ":
      return `${type.kind}(${type.scale})[SB16]`;
    case "VARCHAR":
    case "BINARY":
      return `${type.kind}(${type.length})[LOB]`;
    default:
      return `${sqlName(type)}[LOB]`;
  }
}

export const variantTypeFunctions: FunctionTable = {
  AS_BINARY: as(["BINARY"], () => binary()),
  AS_BOOLEAN: as(["BOOLEAN"], () => BOOLEAN),
  AS_DATE: as(["DATE"], () => DATE),
  AS_DECIMAL: as(FIXED, decimalType, 3),
  AS_NUMBER: as(FIXED, decimalType, 3),
  AS_INTEGER: as(["INTEGER"], () => number(38, 0)),
  AS_DOUBLE: as([...FIXED, "DOUBLE"], () => FLOAT),
  AS_REAL: as([...FIXED, "DOUBLE"], () => FLOAT),
  AS_TIME: as(["TIME"], () => time()),
  IS_BINARY: is("BINARY"),
  IS_DATE_VALUE: is("DATE"),
  IS_REAL: is("INTEGER", "DECIMAL", "DOUBLE"),
  IS_TIME: is("TIME"),
  IS_TIMESTAMP_NTZ: is("TIMESTAMP_NTZ"),
  IS_TIMESTAMP_LTZ: is("TIMESTAMP_LTZ"),
  IS_TIMESTAMP_TZ: is("TIMESTAMP_TZ"),
  SYSTEM$TYPEOF: scalar(1, 1, (call) => call.result(`'${systemTypeOf(call)}'`, varchar(), false)),
  CHECK_JSON: scalar(1, 1, (call) => call.result(`sf_check_json(${call.text(0)})`, varchar(), true)),
  JSON_EXTRACT_PATH_TEXT: scalar(2, 2, (call) => {
    const parsed = `sf_parse_json(${call.text(0)}, FALSE, FALSE)`;
    const found = once(
      `sf_get_path(${parsed}, ${call.text(1)})`,
      (x) => `CASE WHEN ${x} IS NOT NULL THEN sf_plain_text(${x}) END`,
    );
    return call.result(found, varchar(), true);
  }),
};
