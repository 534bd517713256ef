import { compilationError, notAVector, SnowflakeError, unsupportedFeature } from "../../errors";
import {
  type DataType,
  isStructured,
  isTimestamp,
  MAX_VARCHAR_LENGTH,
  physicalType,
  sameType,
  sqlName,
} from "../../types/dataType";
import { type Bound, bound, isNullLiteral } from "../bound";
import type { Settings } from "../settings";
import { once, quote, raise } from "../sql";
import { fromDecfloat, toDecfloat, ZERO_SQL } from "./decfloat";
import { intervalText, numberFromInterval, toInterval } from "./interval";
import { floatFromText, numberFromFloat, numberFromNumber, numberFromText, numberText } from "./numbers";
import { castStructured } from "./structured";
import { cutFraction, formatTemporal, outputFormat, readTemporal, tzFromInstant, tzFromWall, wallOf } from "./temporal";
import { arrayOfOne, fromVariant, toVariant, variantText } from "./variant";
import { arrayFromVector, vectorFromArray } from "./vectors";

/** `cast` as written; `try` gives NULL for values that cannot be converted; `assign` stores into a column. */
export type CastMode = "cast" | "try" | "assign";

export const invalidConversion = (from: DataType, to: DataType): SnowflakeError =>
  compilationError(
    "001065",
    "22000",
    `Can not convert parameter of type [${sqlName(from)}] into expected type [${sqlName(to)}]`,
  );

const INVALID_TYPE = "001007";

const invalidCast = (value: Bound, to: DataType): SnowflakeError =>
  compilationError(
    INVALID_TYPE,
    "22023",
    `invalid type [CAST(${sqlName(value.type)} AS ${sqlName(to)})] for parameter 'TO_${to.kind === "FLOAT" ? "DOUBLE" : to.kind}'`,
  );

/** Errors of a conversion repeat what was written where that is known. */
export function namingConversion(written: string, convert: () => Bound): Bound {
  try {
    return convert();
  } catch (error) {
    if (!(error instanceof SnowflakeError) || error.code !== INVALID_TYPE) throw error;
    const text = error.message
      .replace(/\[CAST\(.*\)\](?= for parameter)/s, () => `[${written}]`)
      .replace(/'TO_VARCHAR'$/, written.startsWith("TO_CHAR(") ? "'TO_CHAR'" : "$&");
    throw new SnowflakeError(error.code, error.sqlState, text);
  }
}

/** Converts a value to a type, in the meaning of CAST. */
export function cast(value: Bound, target: DataType, settings: Settings, mode: CastMode = "cast"): Bound {
  if (isNullLiteral(value)) return bound(`NULL::${physicalType(target)}`, target, true, value.literal);
  if (target.kind === "VECTOR" || value.type.kind === "VECTOR") return vectors(value, target, settings, mode);
  if (isStructured(target) || isStructured(value.type)) return structured(value, target, settings, mode);
  const attempt = mode === "try";
  const sql = convert(value, target, settings, attempt);
  const nullable = value.nullable || attempt || value.type.kind === "VARIANT";
  const keep = value.type.kind === "VARCHAR" && target.kind === "VARCHAR" ? value.literal : undefined;
  return bound(sql, target, nullable, keep);
}

/** To and from ARRAY where a cast is written. Source: https://docs.snowflake.com/en/sql-reference/data-types-vector#vector-conversion */
function vectors(value: Bound, target: DataType, settings: Settings, mode: CastMode): Bound {
  if (sameType(value.type, target)) return value;
  if (mode === "assign")
    throw compilationError(
      "002023",
      "22000",
      `Expression type does not match column data type, expecting ${sqlName(target)} but got ${sqlName(value.type)}`,
    );
  if (mode === "try") throw invalidCast(value, target);
  if (target.kind === "VECTOR" && (value.type.kind === "ARRAY" || value.type.kind === "VARIANT"))
    return bound(vectorFromArray(value.sql, target), target, true);
  if (target.kind === "VECTOR" && value.type.kind === "VECTOR") throw notAVector();
  if (target.kind === "ARRAY" && value.type.kind === "VECTOR") {
    const array = bound(arrayFromVector(value.sql, value.type, settings), { kind: "ARRAY" }, value.nullable);
    return target.element ? structured(array, target, settings, mode) : array;
  }
  throw invalidCast(value, target);
}

/** Structured types are only converted where a cast is written. Source: https://docs.snowflake.com/en/sql-reference/data-types-structured */
function structured(value: Bound, target: DataType, settings: Settings, mode: CastMode): Bound {
  if (sameType(value.type, target)) return value;
  if (mode === "try") throw invalidCast(value, target);
  if (mode === "assign" && !(isStructured(target) && isStructured(value.type)))
    throw compilationError(
      "002023",
      "22000",
      `Expression type does not match column data type, expecting ${sqlName(target)} but got ${sqlName(value.type)}`,
    );
  if (isStructured(target)) return bound(castStructured(value, target, settings), target, true);
  if (target.kind === "VARIANT" || target.kind === value.type.kind) return bound(value.sql, target, value.nullable);
  throw invalidCast(value, target);
}

function convert(
  value: Bound,
  target: Exclude<DataType, { kind: "VECTOR" }>,
  settings: Settings,
  attempt: boolean,
): string {
  const { sql, type } = value;
  switch (target.kind) {
    case "NULL":
      return sql;
    case "VARCHAR":
      return checkLength(asText(value, settings), type, target, attempt);
    case "NUMBER":
      return toNumber(value, target, settings, attempt);
    case "FLOAT":
      if (type.kind === "FLOAT") return sql;
      if (type.kind === "NUMBER") return `${sql}::DOUBLE`;
      if (type.kind === "DECFLOAT") return fromDecfloat(sql, target, attempt);
      if (type.kind === "VARCHAR") return floatFromText(sql, attempt);
      if (type.kind === "VARIANT") return fromVariant(sql, target, attempt, settings);
      break;
    case "DECFLOAT": {
      const key = toDecfloat(value, attempt);
      if (key !== undefined) return key;
      break;
    }
    case "INTERVAL": {
      const interval = toInterval(value, target, attempt);
      if (interval !== undefined) return interval;
      break;
    }
    case "BOOLEAN":
      if (type.kind === "BOOLEAN") return sql;
      if (type.kind === "DECFLOAT") return `(${sql} <> ${ZERO_SQL})`;
      if (type.kind === "NUMBER" || type.kind === "FLOAT") return `(${sql} <> 0)`;
      if (type.kind === "VARCHAR") return booleanFromText(sql, attempt);
      if (type.kind === "VARIANT") return fromVariant(sql, target, attempt, settings);
      break;
    case "VARIANT":
      return toVariant(value, settings);
    case "ARRAY":
      if (type.kind === "ARRAY") return sql;
      if (type.kind === "VARIANT") return fromVariant(sql, target, attempt, settings);
      if (type.kind === "OBJECT") return arrayOfOne(value, settings);
      break;
    case "OBJECT":
      if (type.kind === "OBJECT") return sql;
      if (type.kind === "VARIANT") return fromVariant(sql, target, attempt, settings);
      break;
    case "BINARY":
      if (type.kind === "BINARY") return sql;
      if (type.kind === "VARCHAR") return binaryFromText(sql, settings.binaryInput, attempt);
      if (type.kind === "VARIANT") return fromVariant(sql, target, attempt, settings);
      break;
    default:
      return toTemporal(value, target, settings, attempt);
  }
  throw invalidCast(value, target);
}

function toNumber(value: Bound, target: DataType & { kind: "NUMBER" }, settings: Settings, attempt: boolean): string {
  const { sql, type } = value;
  switch (type.kind) {
    case "NUMBER":
      return numberFromNumber({ ...value, type }, target, attempt);
    case "FLOAT":
      return numberFromFloat(sql, target, attempt);
    case "DECFLOAT":
      return fromDecfloat(sql, target, attempt);
    case "INTERVAL":
      return numberFromInterval({ ...value, type }, target);
    case "VARCHAR":
      return numberFromText(sql, target, attempt);
    case "BOOLEAN":
      return `${sql}::INTEGER::${physicalType(target)}`;
    case "VARIANT":
      return fromVariant(sql, target, attempt, settings);
    default:
      throw invalidCast(value, target);
  }
}

/** Text of any value, without a length. */
export function asText(value: Bound, settings: Settings): string {
  const { sql, type } = value;
  switch (type.kind) {
    case "VARCHAR":
    case "NULL":
      return sql;
    case "NUMBER":
      return numberText(sql, type);
    case "DECFLOAT":
      return `sf_decfloat_text(${sql})`;
    case "INTERVAL":
      return intervalText(sql, type);
    case "BOOLEAN":
      return `(${sql})::VARCHAR`;
    case "FLOAT":
      return `sf_double_text(${sql})`;
    case "BINARY":
      return settings.binaryOutput === "BASE64" ? `to_base64(${sql})` : `hex(${sql})`;
    case "VARIANT":
      return variantText(sql, settings);
    case "OBJECT":
      // An element of XML is printed as one.
      return once(
        sql,
        (x) =>
          `CASE WHEN starts_with(${x}, '{"$":') THEN sf_plain_text(${x}) ELSE sf_to_json(${x}, ${quote(settings.timezone)}) END`,
      );
    case "ARRAY":
      return `sf_to_json(${sql}, ${quote(settings.timezone)})`;
    case "VECTOR":
      throw invalidCast(value, { kind: "VARCHAR", length: MAX_VARCHAR_LENGTH });
    default:
      return formatTemporal(value, outputFormat(type, settings), settings);
  }
}

function checkLength(text: string, from: DataType, target: DataType & { kind: "VARCHAR" }, attempt: boolean): string {
  const longest = from.kind === "VARCHAR" ? from.length : MAX_VARCHAR_LENGTH;
  if (target.length >= longest) return text;
  return once(text, (x) => {
    const tooLong = attempt
      ? "NULL"
      : raise("100078", "22000", "String '", `left(${x}, 1000)`, "' is too long and would be truncated", "VARCHAR");
    return `CASE WHEN length(${x}) > ${target.length} THEN ${tooLong} ELSE ${x} END`;
  });
}

export function booleanFromText(sql: string, attempt: boolean): string {
  return once(sql, (x) => {
    const failed = attempt ? "NULL" : raise("100037", "22018", "Boolean value '", x, "' is not recognized", "BOOLEAN");
    return `CASE WHEN ${x} IS NULL THEN NULL WHEN lower(trim(${x})) IN ('true', 't', 'yes', 'y', 'on', '1') THEN TRUE WHEN lower(trim(${x})) IN ('false', 'f', 'no', 'n', 'off', '0') THEN FALSE ELSE ${failed} END`;
  });
}

/** Text → BINARY in one of Snowflake's notations HEX, BASE64, UTF-8. */
export function binaryFromText(sql: string, format: string, attempt: boolean): string {
  switch (format.toUpperCase().replace("UTF8", "UTF-8")) {
    case "HEX":
      return `unhex(sf_check_hex(${sql}, ${attempt}))`;
    case "BASE64":
      return `from_base64(sf_check_base64(${sql}, ${attempt}))`;
    case "UTF-8":
      return `encode(${sql})`;
    default:
      throw unsupportedFeature(`binary format ${format}`);
  }
}

function toTemporal(
  value: Bound,
  target: Exclude<DataType, { kind: "NUMBER" | "VECTOR" }>,
  settings: Settings,
  attempt: boolean,
): string {
  const { sql, type } = value;
  const zone = quote(settings.timezone);
  const cut = (text: string) => ("scale" in target ? cutFraction(text, target) : text);
  if (type.kind === "VARCHAR")
    return cut(readTemporal(sql, target, inputFormat(target, settings), attempt ? "null" : "plain", settings));
  if (type.kind === "VARIANT") return cut(fromVariant(sql, target, attempt, settings));
  if (type.kind === "NUMBER" && isTimestamp(target)) return fromEpoch(`sf_epoch((${sql})::VARCHAR, 0)`, target, zone);
  switch (target.kind) {
    case "DATE":
      if (type.kind === "DATE") return sql;
      if (isTimestamp(type)) return `${wallOf(value, settings)}::DATE`;
      break;
    case "TIME":
      if (type.kind === "TIME") return type.scale > target.scale ? cut(sql) : sql;
      if (isTimestamp(type)) return cut(`${wallOf(value, settings)}::TIME`);
      break;
    case "TIMESTAMP_NTZ":
      if (type.kind === "TIMESTAMP_NTZ") return type.scale > target.scale ? cut(sql) : sql;
      if (type.kind === "DATE" || isTimestamp(type)) return cut(wallOf(value, settings));
      break;
    case "TIMESTAMP_LTZ":
      if (type.kind === "TIMESTAMP_LTZ") return type.scale > target.scale ? cut(sql) : sql;
      if (type.kind === "TIMESTAMP_TZ") return cut(once(sql, (x) => `timezone('UTC', (${x}).utc)`));
      if (type.kind === "TIMESTAMP_NTZ" || type.kind === "DATE")
        return cut(`timezone(${zone}, ${wallOf(value, settings)})`);
      break;
    case "TIMESTAMP_TZ":
      if (type.kind === "TIMESTAMP_TZ") return type.scale > target.scale ? cut(sql) : sql;
      if (type.kind === "TIMESTAMP_LTZ") return cut(tzFromInstant(sql, zone));
      if (type.kind === "TIMESTAMP_NTZ" || type.kind === "DATE") return cut(tzFromWall(wallOf(value, settings), zone));
      break;
  }
  throw invalidCast(value, target);
}

/** Seconds since 1970 as UTC. */
function fromEpoch(utc: string, target: DataType, zone: string): string {
  switch (target.kind) {
    case "TIMESTAMP_LTZ":
      return `timezone('UTC', ${utc})`;
    case "TIMESTAMP_TZ":
      return tzFromInstant(`timezone('UTC', ${utc})`, zone);
    default:
      return utc;
  }
}

function inputFormat(target: DataType, settings: Settings): string {
  if (target.kind === "DATE") return settings.dateInput;
  if (target.kind === "TIME") return settings.timeInput;
  return settings.timestampInput;
}
