import { type DataType, timestampTz } from "../../types/dataType";
import { compileFormat, WITHOUT_ZONE } from "../../udf/datetime/format";
import type { OnFailure } from "../../udf/datetime/moment";
import { type Bound, bound } from "../bound";
import type { Settings } from "../settings";
import { once, quote } from "../sql";

/** Wall clock of a TIMESTAMP_TZ. */
export const tzWall = (sql: string): string =>
  once(sql, (x) => `((${x}).utc::TIMESTAMP + to_minutes((${x}).off::BIGINT))`);

/** TIMESTAMP_TZ from a wall clock in a time zone. */
export const tzFromWall = (wall: string, zone: string): string =>
  once(wall, (w) =>
    once(`timezone('UTC', timezone(${zone}, ${w}))`, (u) =>
      packTz(u, `((epoch_us(${w}) - epoch_us(${u})) // 60000000)`),
    ),
  );

const isUtc = (zone: string): boolean => /^'UTC'(::VARCHAR)?$/i.test(zone);

/** The clock in UTC of an instant; that of a wall clock which was read in UTC is the same again. */
function utcOf(instant: string): string {
  const [, wall] = /^timezone\('UTC', (\(?[\w.()]+)\)$/.exec(instant) ?? [];
  return wall ?? `timezone('UTC', ${instant})`;
}

/** What `tzFromInstant` gives, with its wall clock where that needs no time zone. */
export function inZone(instant: string, zone: string, nullable: boolean): Bound {
  if (!isUtc(zone)) return bound(tzFromInstant(instant, zone), timestampTz(), nullable);
  const wall = utcOf(instant);
  return { ...bound(packTz(wall, "0"), timestampTz(), nullable), wall };
}

/** TIMESTAMP_TZ of an instant (TIMESTAMPTZ), seen in a time zone. */
export const tzFromInstant = (instant: string, zone: string): string =>
  once(instant, (i) =>
    packTz(
      `timezone('UTC', ${i})`,
      `((epoch_us(timezone(${zone}, ${i})) - epoch_us(timezone('UTC', ${i}))) // 60000000)`,
    ),
  );

export const packTz = (utc: string, minutes: string): string =>
  once(utc, (u) => `CASE WHEN ${u} IS NULL THEN NULL ELSE struct_pack(utc := ${u}, off := (${minutes})::SMALLINT) END`);

/** The wall clock (TIMESTAMP) that a date, time or timestamp shows. */
export function wallOf(value: Bound, settings: Settings): string {
  switch (value.type.kind) {
    case "DATE":
      return `${value.sql}::TIMESTAMP`;
    case "TIME":
      return `(DATE '1970-01-01' + ${value.sql})`;
    case "TIMESTAMP_LTZ":
      return `timezone(${quote(settings.timezone)}, ${value.sql})`;
    case "TIMESTAMP_TZ":
      return value.wall ?? tzWall(value.sql);
    default:
      return value.sql;
  }
}

/** Offset in minutes that goes with `wallOf`. */
export function offsetOf(value: Bound, settings: Settings): string {
  if (value.type.kind === "TIMESTAMP_TZ") return once(value.sql, (x) => `(${x}).off`);
  if (value.type.kind === "TIMESTAMP_LTZ") {
    const zone = quote(settings.timezone);
    return once(
      value.sql,
      (x) => `((epoch_us(timezone(${zone}, ${x})) - epoch_us(timezone('UTC', ${x}))) // 60000000)::SMALLINT`,
    );
  }
  return "0::SMALLINT";
}

/** The offset as formats write it. */
export const writtenOffset = (value: Bound, settings: Settings): string =>
  value.type.kind === "TIMESTAMP_TZ" || value.type.kind === "TIMESTAMP_LTZ"
    ? offsetOf(value, settings)
    : `${WITHOUT_ZONE}::SMALLINT`;

const NATIVE: Record<string, string> = {
  YYYY: "%Y", MM: "%m", DD: "%d", HH24: "%H", HH: "%H", MI: "%M", SS: "%S", MON: "%b", MMMM: "%B", DY: "%a", HH12: "%I", AM: "%p", PM: "%p",
}; // biome-ignore format: one table
const NATIVE_FRACTION: Record<number, string> = { 3: "%g", 6: "%f", 9: "%f000" };

/** The same format for DuckDB's strftime; undefined when it has an element that only ours knows. */
export function nativeFormat(format: string): string | undefined {
  let out = "";
  for (const e of compileFormat(format)) {
    if ("literal" in e) {
      out += e.literal.replaceAll("%", "%%");
      continue;
    }
    const mapped = e.element === "FF" ? NATIVE_FRACTION[e.digits ?? 9] : NATIVE[e.element];
    if (!mapped) return undefined;
    out += mapped;
  }
  // The engine takes no empty format.
  return out === "" ? undefined : out;
}

/** Text of a date, time or timestamp in a constant format. */
export function formatTemporal(value: Bound, format: string, settings: Settings): string {
  const wall = wallOf(value, settings);
  const native = nativeFormat(format);
  if (native !== undefined) {
    if (!native.includes("%Y")) return `strftime(${wall}, ${quote(native)})`;
    // strftime writes years below 1000 with fewer digits.
    return once(
      wall,
      (w) =>
        `CASE WHEN ${w} >= TIMESTAMP '1000-01-01' AND ${w} < TIMESTAMP '10000-01-01' THEN strftime(${w}, ${quote(native)}) ELSE sf_format(${w}, 0::SMALLINT, ${quote(format)}) END`,
    );
  }
  return `sf_format(${wall}, ${writtenOffset(value, settings)}, ${quote(format)})`;
}

/** The session's output format of a type. */
export function outputFormat(type: DataType, settings: Settings): string {
  switch (type.kind) {
    case "DATE":
      return settings.dateOutput;
    case "TIME":
      return settings.timeOutput;
    case "TIMESTAMP_LTZ":
      return settings.ltzOutput;
    case "TIMESTAMP_TZ":
      return settings.tzOutput;
    default:
      return settings.ntzOutput;
  }
}

/** Cuts fractional seconds to what the type keeps. */
export function cutFraction(sql: string, type: DataType & { scale: number }): string {
  if (type.scale >= 6) return sql;
  const unit = 10 ** (6 - type.scale);
  const cut = (micros: string) => `(${micros} - ((${micros} % ${unit}) + ${unit}) % ${unit})`;
  switch (type.kind) {
    case "TIME":
      return once(sql, (x) => `make_timestamp(${cut(`epoch_us(DATE '1970-01-01' + ${x})`)})::TIME`);
    case "TIMESTAMP_LTZ":
      return once(sql, (x) => `timezone('UTC', make_timestamp(${cut(`epoch_us(${x})`)}))`);
    case "TIMESTAMP_TZ":
      return once(sql, (x) => packTz(`make_timestamp(${cut(`epoch_us((${x}).utc)`)})`, `(${x}).off`));
    default:
      return once(sql, (x) => `make_timestamp(${cut(`epoch_us(${x})`)})`);
  }
}

/** Any four-digit year from 1000 on; what a pattern of this kind matches the engine reads as Snowflake does, or not at all. */
const ISO = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}";
const CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";
/** Formats, with their elements in angle brackets, of which the engine itself reads what has all the digits. */
const NATIVE_READING = /^<YYYY>-<MM>-<DD>([ T])<HH(?:24)?>:<MI>:<SS>(?:\.<FF([1-9])>)?(?:( ?)<TZH>:<TZM>|([A-Z]*))$/;
/** Up to and with the microseconds. */
const MOST_FRACTION = 6;

interface NativeReading {
  /** Of the texts that the engine reads. */
  pattern: string;
  /** How many characters of them are a date and a time. */
  length: number;
  /** An offset of zero follows. */
  isZoned: boolean;
}

function nativeReading(format: string | { sql: string }): NativeReading | undefined {
  if (typeof format !== "string") return undefined;
  const written = compileFormat(format).map((e) =>
    "literal" in e ? e.literal : `<${e.element}${e.element === "FF" ? (e.digits ?? 9) : ""}>`,
  );
  const match = NATIVE_READING.exec(written.join(""));
  if (!match) return undefined;
  const [, between, digits, blank, suffix = ""] = match;
  const fraction = digits === undefined ? "" : `\\.[0-9]{${digits}}`;
  const isZoned = blank !== undefined;
  return {
    pattern: `${ISO}${between}${CLOCK}${fraction}${isZoned ? `${blank}[+-]00:00` : suffix}`,
    length:
      "YYYY-MM-DD HH24:MI:SS".length - 2 + (digits === undefined ? 0 : 1 + Math.min(Number(digits), MOST_FRACTION)),
    isZoned,
  };
}

/** The wall clock that the engine reads from a text; NULL where ours must read it. */
const nativeWall = (text: string, { pattern, length }: NativeReading): string =>
  `CASE WHEN regexp_full_match(${text}, '${pattern}') THEN TRY_CAST(left(${text}, ${length}) AS TIMESTAMP) END`;

const ISO_TIMESTAMP = "'[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?'";

/** Reads text as DATE, TIME or timestamp. `format` is constant text or SQL. */
export function readTemporal(
  text: string,
  target: DataType,
  format: string | { sql: string },
  onFailure: OnFailure,
  settings: Settings,
): string {
  const auto = typeof format === "string" && format.toUpperCase() === "AUTO";
  const formatSql = typeof format === "string" ? quote(auto ? "AUTO" : format) : format.sql;
  const rest = `${formatSql}, ${settings.twoDigitCenturyStart}, ${quote(onFailure)}`;
  switch (target.kind) {
    case "DATE":
      if (!auto) return `sf_date(${text}, ${rest})`;
      return once(
        text,
        (x) =>
          `CASE WHEN length(${x}) = 10 AND substr(${x}, 5, 1) = '-' AND substr(${x}, 8, 1) = '-' AND TRY_CAST(${x} AS DATE) IS NOT NULL THEN TRY_CAST(${x} AS DATE) ELSE sf_date(${x}, ${rest}) END`,
      );
    case "TIME":
      return `sf_time(${text}, ${rest})`;
    case "TIMESTAMP_LTZ":
      return once(
        `sf_moment(${text}, ${rest}, 'TIMESTAMP_LTZ')`,
        (m) =>
          `CASE WHEN (${m}).off IS NULL THEN timezone(${quote(settings.timezone)}, (${m}).wall::TIMESTAMP) ELSE timezone('UTC', (${m}).wall::TIMESTAMP - to_minutes((${m}).off::BIGINT)) END`,
      );
    case "TIMESTAMP_TZ": {
      const read = (x: string) =>
        once(
          `sf_moment(${x}, ${rest}, 'TIMESTAMP_TZ')`,
          (m) =>
            `CASE WHEN (${m}).off IS NULL THEN ${tzFromWall(`(${m}).wall::TIMESTAMP`, quote(settings.timezone))} ELSE ${packTz(`((${m}).wall::TIMESTAMP - to_minutes((${m}).off::BIGINT))`, `(${m}).off`)} END`,
        );
      const native = nativeReading(format);
      return once(text, (x) =>
        // Ours is called for the rest alone, not for NULL either.
        native?.isZoned
          ? `coalesce(${once(nativeWall(x, native), (utc) => packTz(utc, "0"))}, CASE WHEN ${x} IS NOT NULL THEN ${read(x)} END)`
          : read(x),
      );
    }
    default:
      if (!auto)
        return once(text, (x) => {
          const native = nativeReading(format);
          const read = `sf_wall(${x}, ${rest})`;
          return native ? `coalesce(${nativeWall(x, native)}, CASE WHEN ${x} IS NOT NULL THEN ${read} END)` : read;
        });
      return once(
        text,
        (x) =>
          `CASE WHEN regexp_full_match(${x}, ${ISO_TIMESTAMP}) AND TRY_CAST(${x} AS TIMESTAMP) IS NOT NULL THEN TRY_CAST(${x} AS TIMESTAMP) ELSE sf_wall(${x}, ${rest}) END`,
      );
  }
}
