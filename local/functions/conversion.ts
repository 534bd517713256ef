import {
  argumentNotConstant,
  compilationError,
  tryCastArguments,
  unsupportedFeature,
  wrongArgumentCount,
} from "../errors";
import { type Bound, bound, constantText } from "../translate/bound";
import { booleanFromText, type CastMode, cast } from "../translate/conversion/cast";
import { formatTemporal, readTemporal, wallOf, writtenOffset } from "../translate/conversion/temporal";
import { callText, planText } from "../translate/planText";
import { quote } from "../translate/sql";
import {
  BOOLEAN,
  DATE,
  type DataType,
  DECFLOAT,
  FLOAT,
  isTimestamp,
  number,
  physicalType,
  sqlName,
  time,
  varchar,
} from "../types/dataType";
import { type Call, type FunctionEntry, type FunctionTable, scalar } from "./call";
import { numberType } from "./numberType";

/** What TRY_ functions read is a text. */
function checkText(call: Call, target: DataType): void {
  const { type } = call.arg(0);
  if (type.kind !== "VARCHAR") throw tryCastArguments(sqlName(type), sqlName(target));
}

const takesNoFormat = (call: Call) =>
  wrongArgumentCount(callText(call.binder, call.node, call.name), 1, call.count, call.position());

/** TO_NUMBER(value [, format] [, precision [, scale]]). Source: …/functions/to_decimal */
const toNumber = (mode: CastMode): FunctionEntry =>
  scalar(1, 4, (call) => {
    const value = call.arg(0);
    const hasFormat = call.has(1) && call.arg(1).type.kind === "VARCHAR";
    if (!hasFormat && call.count > 3) call.fail();
    if (mode === "try") checkText(call, number());
    const at = hasFormat ? 2 : 1;
    const type = numberType(call, at);
    if (!hasFormat) return cast(value, type, call.settings, mode);
    const sql = `sf_parse_number(${call.text(0)}, ${call.text(1)}, ${type.precision}, ${type.scale}, ${mode === "try"})`;
    return call.result(`(${sql})::${physicalType(type)}`, type, call.nullable || mode === "try");
  });

/** A double, read by a format if there is one. */
const toDouble = (mode: CastMode): FunctionEntry =>
  scalar(1, 2, (call) => {
    const value = call.arg(0);
    if (mode === "try") checkText(call, FLOAT);
    if (call.has(1) && (value.type.kind === "NUMBER" || value.type.kind === "FLOAT")) throw takesNoFormat(call);
    if (!call.has(1)) return cast(value, FLOAT, call.settings, mode);
    return call.result(`sf_parse_double(${call.text(0)}, ${call.text(1)}, ${mode === "try"})`, FLOAT, true);
  });

/** Source: …/functions/to_decfloat */
const toDecfloat = (mode: CastMode): FunctionEntry =>
  scalar(1, 2, (call) => {
    if (mode === "try") checkText(call, DECFLOAT);
    if (call.has(1)) throw unsupportedFeature(`format of ${call.name}`);
    return cast(call.arg(0), DECFLOAT, call.settings, mode);
  });

/** Formats are for texts. Of what TRY_ functions refuse anyway this is said where the types are those of a DATE alone. */
const hasNoFormat = ({ kind }: DataType, target: DataType, mode: CastMode): boolean =>
  mode === "try"
    ? kind === "DATE" && target.kind === "DATE"
    : kind === "DATE" || kind === "VARIANT" || kind.startsWith("TIME");

/** Dates, times and timestamps: a text with an optional format, or any value that can be cast. */
const temporal = (type: (call: Call) => DataType, mode: CastMode, most = 2): FunctionEntry =>
  scalar(1, most, (call) => {
    const value = call.arg(0);
    const target = type(call);
    const withScale = call.has(1) && isTimestamp(target) && value.type.kind === "NUMBER";
    const scale = withScale ? epochScale(call, target) : 0;
    if (call.count === 2 && call.name !== "DATE" && hasNoFormat(value.type, target, mode)) throw takesNoFormat(call);
    if (mode === "try") checkText(call, target);
    if (!call.has(1)) return cast(value, target, call.settings, mode);
    if (withScale) return fromEpoch(call, scale, target);
    requireFormat(call, target);
    const format = constantText(call.arg(1));
    const sql = readTemporal(
      call.text(0),
      target,
      format ?? { sql: call.text(1) },
      mode === "try" ? "null" : "format",
      call.settings,
    );
    return bound(sql, target, call.nullable || mode === "try");
  });

const fromEpoch = (call: Call, scale: number, target: DataType): Bound => {
  const { nullable } = call.arg(0);
  const utc = bound(
    `sf_epoch((${call.numeric(0).sql})::VARCHAR, ${scale})`,
    { kind: "TIMESTAMP_NTZ", scale: 9 },
    nullable,
  );
  if (target.kind === "TIMESTAMP_NTZ") return utc;
  const instant = bound(`timezone('UTC', ${utc.sql})`, { kind: "TIMESTAMP_LTZ", scale: 9 }, nullable);
  return cast(instant, target, call.settings);
};

/** Beside a number stands the number of its decimals: a constant from 0 to 9. */
function epochScale(call: Call, target: DataType): number {
  const given = call.arg(1);
  const name = `TO_${target.kind}`;
  const fail = (text: string) => compilationError("001015", "22023", text);
  if (!given.literal) throw argumentNotConstant(name, 2, planText(call.binder, call.node_(1)));
  const scale = given.literal.kind === "number" ? Number(given.literal.text) : Number.NaN;
  if (!Number.isInteger(scale)) {
    const echo =
      given.literal.kind === "string" ? quote(given.literal.text) : given.literal.text.toUpperCase() || "null";
    throw fail(`argument 2 to function ${name} needs to be an integer, found: '${echo}'`);
  }
  if (scale < 0 || scale > 9) throw fail(`Invalid value [${scale}] for function '${name}' at position 2`);
  return scale;
}

/** A format is a text; a NULL that is written out is none for a date or a time. */
function requireFormat(call: Call, target: DataType): void {
  const { kind } = call.arg(1).type;
  if (kind === "VARCHAR" || (kind === "NULL" && isTimestamp(target))) return;
  throw compilationError("001015", "22023", `Format argument for function 'TO_${target.kind}' needs to be a string`);
}

const mapped = (call: Call): DataType => ({ kind: call.settings.timestampTypeMapping, scale: 9 });
const ntz = (): DataType => ({ kind: "TIMESTAMP_NTZ", scale: 9 });
const ltz = (): DataType => ({ kind: "TIMESTAMP_LTZ", scale: 9 });
const tz = (): DataType => ({ kind: "TIMESTAMP_TZ", scale: 9 });

/** Bytes as text in HEX, BASE64 or UTF-8. */
function binaryText(call: Call, format: string): Bound {
  const { sql } = call.arg(0);
  switch (format.toUpperCase().replace("UTF8", "UTF-8")) {
    case "HEX":
      return call.result(`hex(${sql})`, varchar());
    case "BASE64":
      return call.result(`to_base64(${sql})`, varchar());
    case "UTF-8":
      return call.result(`sf_utf8(${sql}, FALSE)`, varchar());
    default:
      throw unsupportedFeature(`binary format ${format}`);
  }
}

/** Source: …/functions/to_char */
const toText = scalar(1, 2, (call) => {
  const value = call.arg(0);
  if (!call.has(1)) return cast(value, varchar(), call.settings);
  const format = constantText(call.arg(1));
  const { kind } = value.type;
  if (kind === "NUMBER") return call.result(`sf_format_number(${call.text(0)}, ${call.text(1)})`, varchar());
  if (kind === "FLOAT") return call.result(`sf_format_double(${value.sql}, ${call.text(1)})`, varchar());
  if (kind === "DECFLOAT") throw unsupportedFeature(`${call.name} of DECFLOAT with a format`);
  if (kind === "DATE" || kind === "TIME" || isTimestamp(value.type)) {
    if (format !== undefined) return bound(formatTemporal(value, format, call.settings), varchar(), call.nullable);
    const moment = `${wallOf(value, call.settings)}, ${writtenOffset(value, call.settings)}`;
    return call.result(`sf_format(${moment}, ${call.text(1)})`, varchar());
  }
  if (kind === "BINARY" && format !== undefined) return binaryText(call, format);
  if (kind === "NULL") return bound("NULL::VARCHAR", varchar(), true);
  if (kind === "VARCHAR") throw takesNoFormat(call);
  return call.fail();
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
  TO_DOUBLE: toDouble("cast"),
  TRY_TO_DOUBLE: toDouble("try"),
  TO_DECFLOAT: toDecfloat("cast"),
  TRY_TO_DECFLOAT: toDecfloat("try"),
  TO_BOOLEAN: scalar(1, 1, (call) => cast(call.arg(0), BOOLEAN, call.settings)),
  TRY_TO_BOOLEAN: scalar(1, 1, (call) => {
    checkText(call, BOOLEAN);
    return bound(booleanFromText(call.text(0), true), BOOLEAN, true);
  }),
  TO_DATE: temporal(() => DATE, "cast"),
  DATE: temporal(() => DATE, "cast"),
  TRY_TO_DATE: temporal(() => DATE, "try"),
  TO_TIME: temporal(() => time(), "cast"),
  TIME: temporal(() => time(), "cast", 1),
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
