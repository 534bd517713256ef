import { unsupportedFeature } from "../../errors";
import { type DataType, isStructured, physicalType, sqlName } from "../../types/dataType";
import { toCanonical } from "../../udf/json/canonical";
import { numberFromText } from "../../udf/json/parse";
import type { Bound } from "../bound";
import type { Settings } from "../settings";
import { once, quote, raise } from "../sql";
import { offsetOf, readTemporal, wallOf } from "./temporal";

const MARK = "\uE000";
/** A constant as it was translated: vectors are written as thousands of them, which the engine would convert one by one. */
const WRITTEN_NUMBER = /^(-?[\d.]+)::DECIMAL\(\d+,\d+\)$/;
const STORED_TIMESTAMP = "'%Y-%m-%d %H:%M:%S.%f'";

/** The ARRAY whose only element is the value; NULL has none. Source: https://docs.snowflake.com/en/sql-reference/functions/to_array */
export const arrayOfOne = (value: Bound, settings: Settings): string =>
  once(
    value.sql,
    (x) => `CASE WHEN ${x} IS NOT NULL THEN json_array(${toVariant({ ...value, sql: x }, settings)}) END`,
  );

/** Any value as VARIANT (stored JSON). */
export function toVariant(value: Bound, settings: Settings): string {
  const { sql, type } = value;
  if (isStructured(type) || type.kind === "VECTOR" || type.kind === "DECFLOAT" || type.kind === "INTERVAL")
    throw unsupportedFeature(`${sqlName(type)} within a semi-structured value`);
  const tagged = (tag: string, text: string) => `('"${MARK}${tag}' || ${text} || '"')::JSON`;
  switch (type.kind) {
    case "VARIANT":
    case "OBJECT":
    case "ARRAY":
      return sql;
    case "NULL":
      return "NULL::JSON";
    case "VARCHAR":
      return once(
        sql,
        (x) => `CASE WHEN starts_with(${x}, '${MARK}') THEN to_json('${MARK}S' || ${x}) ELSE to_json(${x}) END`,
      );
    case "BOOLEAN":
      return `(${sql})::VARCHAR::JSON`;
    case "NUMBER": {
      const written = type.scale > 0 ? WRITTEN_NUMBER.exec(sql)?.[1] : undefined;
      if (written !== undefined) return `${quote(toCanonical(numberFromText(written)))}::JSON`;
      if (type.scale > 0) return `sf_number_json(${sql}::VARCHAR)`;
      if (type.precision <= 18) return `(${sql})::VARCHAR::JSON`;
      return once(
        sql,
        (x) =>
          `CASE WHEN ${x} BETWEEN -9223372036854775807 AND 9223372036854775807 THEN ${x}::VARCHAR ELSE '"${MARK}N' || ${x}::VARCHAR || '"' END::JSON`,
      );
    }
    case "FLOAT":
      return `sf_double_json(${sql})`;
    case "DATE":
      return tagged("d", `${sql}::VARCHAR`);
    case "TIME":
      return tagged("t", `${sql}::VARCHAR`);
    case "TIMESTAMP_NTZ":
      return tagged("n", `strftime(${sql}, ${STORED_TIMESTAMP})`);
    case "TIMESTAMP_LTZ":
      return tagged("l", `strftime(timezone('UTC', ${sql}), ${STORED_TIMESTAMP}) || ' Z'`);
    case "TIMESTAMP_TZ":
      return once(sql, (x) => {
        const part = { ...value, sql: x };
        return tagged(
          "z",
          `sf_format(${wallOf(part, settings)}, ${offsetOf(part, settings)}, 'YYYY-MM-DD HH24:MI:SS.FF6 TZHTZM')`,
        );
      });
    case "BINARY":
      return tagged("b", `hex(${sql})`);
  }
}

/** The session's formats for dates and times inside VARIANT, as the one text that `sf_variant_text` reads. */
const formats = (settings: Settings): string =>
  quote(
    [
      settings.dateOutput,
      settings.timeOutput,
      settings.ntzOutput,
      settings.ltzOutput,
      settings.tzOutput,
      settings.timezone,
    ].join("\u001F"),
  );

/** VARIANT → VARCHAR: strings without quotes, JSON null as NULL, arrays and objects as compact JSON. */
export function variantText(sql: string, settings: Settings): string {
  return once(sql, (x) => {
    const slow = `starts_with(${x}, '"${MARK}') OR starts_with(${x}, '{') OR starts_with(${x}, '[')`;
    return `CASE WHEN ${slow} THEN sf_variant_text(${x}, ${formats(settings)}) WHEN starts_with(${x}, '"') THEN json_extract_string(${x}, '$') WHEN ${x}::VARCHAR <> 'null' THEN ${x}::VARCHAR END`;
  });
}

/** What is said of a text in a VARIANT that is no date, time or timestamp. */
function unread(stored: string, target: DataType, settings: Settings): string {
  const value = `sf_to_json(${stored}, ${quote(settings.timezone)})`;
  return raise("100071", "22000", "Failed to cast variant value ", value, ` to ${target.kind}`, physicalType(target));
}

/** VARIANT → any other type but VARCHAR. */
export function fromVariant(sql: string, target: DataType, attempt: boolean, settings: Settings): string {
  switch (target.kind) {
    case "NUMBER": {
      const type = physicalType(target);
      const fits = target.precision - target.scale >= 19;
      const cast = attempt || !fits ? "TRY_CAST" : "CAST";
      return once(sql, (x) => {
        const slow = `sf_variant_number(${x}, ${target.precision}, ${target.scale}, ${attempt})::${type}`;
        const whole = `${cast}(${x}::VARCHAR AS ${type})`;
        return `CASE WHEN json_type(${x}) IN ('UBIGINT', 'BIGINT') ${fits ? "" : `AND ${whole} IS NOT NULL `}THEN ${whole} ELSE ${slow} END`;
      });
    }
    case "FLOAT":
      return once(
        sql,
        (x) =>
          `CASE WHEN json_type(${x}) IN ('UBIGINT', 'BIGINT', 'DOUBLE') THEN ${x}::VARCHAR::DOUBLE ELSE sf_variant_float(${x}, ${attempt}) END`,
      );
    case "BOOLEAN":
      return once(
        sql,
        (x) =>
          `CASE WHEN json_type(${x}) = 'BOOLEAN' THEN ${x}::VARCHAR = 'true' ELSE sf_variant_boolean(${x}, ${attempt}) END`,
      );
    case "ARRAY":
      return once(
        sql,
        (x) =>
          `CASE WHEN json_type(${x}) = 'ARRAY' THEN ${x} WHEN json_type(${x}) = 'NULL' THEN NULL ELSE sf_variant_array(${x}) END`,
      );
    case "OBJECT":
      return once(
        sql,
        (x) =>
          `CASE WHEN json_type(${x}) = 'OBJECT' THEN ${x} WHEN json_type(${x}) = 'NULL' THEN NULL ELSE sf_variant_object(${x}, ${attempt}) END`,
      );
    case "BINARY":
      return `unhex(sf_variant_binary(${sql}))`;
    default:
      return once(sql, (x) =>
        once(`sf_variant_temporal(${x}, ${quote(target.kind)}, ${quote(settings.timezone)})`, (text) => {
          const read = readTemporal(text, target, "AUTO", "null", settings);
          return attempt
            ? read
            : `CASE WHEN ${text} IS NOT NULL THEN coalesce(${read}, ${unread(x, target, settings)}) END`;
        }),
      );
  }
}
