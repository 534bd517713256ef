import { unsupportedFeature } from "../errors";
import { bound, constantNumber, constantText } from "../translate/bound";
import { booleanFromText, type CastMode, cast } from "../translate/conversion/cast";
import { formatTemporal, readTemporal } from "../translate/conversion/temporal";
import { BOOLEAN, DATE, type DataType, FLOAT, isTimestamp, number, time, varchar } from "../types/dataType";
import { type Call, type FunctionEntry, type FunctionTable, scalar } from "./call";

/** TO_NUMBER(value [, precision [, scale]]), and with a constant format model refused by name. */
const toNumber = (mode: CastMode): FunctionEntry =>
  scalar(1, 4, (call) => {
    if (constantText(call.args[1]) !== undefined) throw unsupportedFeature(`${call.name} with a format`);
    const value = call.arg(0);
    if (mode === "try" && value.type.kind !== "VARCHAR" && value.type.kind !== "NULL") call.fail();
    const precision = call.has(1) ? constantNumber(call.arg(1)) : 38;
    const scale = call.has(2) ? constantNumber(call.arg(2)) : 0;
    if (precision === undefined || scale === undefined)
      throw unsupportedFeature(`${call.name} with a precision that is no constant`);
    return cast(value, number(precision, scale), call.settings, mode);
  });

const converted = (type: DataType, mode: CastMode): FunctionEntry =>
  scalar(1, 1, (call) => {
    const value = call.arg(0);
    if (mode === "try" && value.type.kind !== "VARCHAR" && value.type.kind !== "NULL") call.fail();
    return cast(value, type, call.settings, mode);
  });

/** Dates, times and timestamps: a text with an optional format, or any value that can be cast. */
const temporal = (type: (call: Call) => DataType, mode: CastMode): FunctionEntry =>
  scalar(1, 2, (call) => {
    const value = call.arg(0);
    const target = type(call);
    if (!call.has(1)) return cast(value, target, call.settings, mode);
    if (value.type.kind === "NUMBER") {
      const scale = constantNumber(call.arg(1));
      if (scale === undefined || scale > 6) throw unsupportedFeature(`${call.name} with scale ${scale ?? "computed"}`);
      const utc = bound(
        `sf_epoch((${value.sql})::VARCHAR, ${scale})`,
        { kind: "TIMESTAMP_NTZ", scale: 9 },
        value.nullable,
      );
      if (target.kind === "TIMESTAMP_NTZ" || target.kind === "DATE") return cast(utc, target, call.settings);
      return cast(
        bound(`timezone('UTC', ${utc.sql})`, { kind: "TIMESTAMP_LTZ", scale: 9 }, value.nullable),
        target,
        call.settings,
      );
    }
    const format = constantText(call.arg(1));
    const sql = readTemporal(call.text(0), target, format ?? { sql: call.text(1) }, mode === "try", call.settings);
    return bound(sql, target, call.nullable || mode === "try");
  });

const mapped = (call: Call): DataType => ({ kind: call.settings.timestampTypeMapping, scale: 9 });
const ntz = (): DataType => ({ kind: "TIMESTAMP_NTZ", scale: 9 });
const ltz = (): DataType => ({ kind: "TIMESTAMP_LTZ", scale: 9 });
const tz = (): DataType => ({ kind: "TIMESTAMP_TZ", scale: 9 });

const toText = scalar(1, 2, (call) => {
  const value = call.arg(0);
  if (!call.has(1)) return cast(value, varchar(), call.settings);
  const format = constantText(call.arg(1));
  const isTemporal = value.type.kind === "DATE" || value.type.kind === "TIME" || isTimestamp(value.type);
  if (!isTemporal || format === undefined)
    throw unsupportedFeature(`${call.name} of ${value.type.kind} with this format`);
  return bound(formatTemporal(value, format, call.settings), varchar(), call.nullable);
});

/** Functions that convert one type to another. Source: https://docs.snowflake.com/en/sql-reference/functions-conversion */
export const conversionFunctions: FunctionTable = {
  TO_CHAR: toText,
  TO_VARCHAR: toText,
  TO_NUMBER: toNumber("cast"),
  TO_DECIMAL: toNumber("cast"),
  TO_NUMERIC: toNumber("cast"),
  TRY_TO_NUMBER: toNumber("try"),
  TRY_TO_DECIMAL: toNumber("try"),
  TRY_TO_NUMERIC: toNumber("try"),
  TO_DOUBLE: converted(FLOAT, "cast"),
  TRY_TO_DOUBLE: converted(FLOAT, "try"),
  TO_BOOLEAN: converted(BOOLEAN, "cast"),
  TRY_TO_BOOLEAN: scalar(1, 1, (call) => bound(booleanFromText(call.text(0), true), BOOLEAN, true)),
  TO_DATE: temporal(() => DATE, "cast"),
  DATE: temporal(() => DATE, "cast"),
  TRY_TO_DATE: temporal(() => DATE, "try"),
  TO_TIME: temporal(() => time(), "cast"),
  TRY_TO_TIME: temporal(() => time(), "try"),
  TO_TIMESTAMP: temporal(mapped, "cast"),
  TO_TIMESTAMP_NTZ: temporal(ntz, "cast"),
  TO_TIMESTAMP_LTZ: temporal(ltz, "cast"),
  TO_TIMESTAMP_TZ: temporal(tz, "cast"),
  TRY_TO_TIMESTAMP: temporal(mapped, "try"),
  TRY_TO_TIMESTAMP_NTZ: temporal(ntz, "try"),
  TRY_TO_TIMESTAMP_LTZ: temporal(ltz, "try"),
  TRY_TO_TIMESTAMP_TZ: temporal(tz, "try"),
};
