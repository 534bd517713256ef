import type { Row } from "../../execution/result";
import type { ParameterValue } from "../../parameters/definitions";
import { microsOf } from "../../results/value";
import type { RowTypeEntry } from "../../types/rowType";
import { formatMoment, WITHOUT_ZONE } from "../../udf/datetime/format";
import { zoneOffset } from "../../udf/datetime/zone";

/** What a request says about how its values are written. */
export interface Presentation {
  /** False: NULL is the text `null`. */
  nullable: boolean;
  /** The request's own parameters; those of user and account do not count. */
  parameters: ReadonlyMap<string, ParameterValue>;
}

/** What AUTO means, which only the formats of timestamps with a zone may be. */
const AUTO = "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM";
const MICROS_OF_DAY = 86_400_000_000n;
const MICROS_OF_MINUTE = 60_000_000n;

type Write = (wire: string) => string;

/**
 * Rows of the wire protocol as the SQL API writes them: booleans in words, times and timestamps with nine digits or in the format that the
 * request asks for.
 * Source: https://docs.snowflake.com/en/developer-guide/sql-api/handling-responses#getting-the-data-from-the-results
 */
export function presentRows(rows: readonly Row[], rowType: readonly RowTypeEntry[], presentation: Presentation): Row[] {
  const writers = rowType.map(({ type }) => writerOf(type, presentation.parameters));
  const nothing = presentation.nullable ? null : "null";
  return rows.map((row) => row.map((cell, i) => (cell === null ? nothing : (writers[i] as Write)(cell))));
}

function writerOf(type: string, parameters: Presentation["parameters"]): Write {
  switch (type) {
    case "boolean":
      return (wire) => (wire === "1" ? "true" : "false");
    case "binary":
      return String(parameters.get("BINARY_OUTPUT_FORMAT")).toUpperCase() === "BASE64"
        ? (wire) => Buffer.from(wire, "hex").toString("base64")
        : String;
    case "date":
      return momentWriter(parameters, ["DATE_OUTPUT_FORMAT"], String, (days) => [
        BigInt(days) * MICROS_OF_DAY,
        WITHOUT_ZONE,
      ]);
    case "time":
      return momentWriter(parameters, ["TIME_OUTPUT_FORMAT"], nineDigits, (wire) => [microsOf(wire), WITHOUT_ZONE]);
    case "timestamp_ntz":
      return momentWriter(parameters, timestampFormats("NTZ"), nineDigits, (wire) => [microsOf(wire), WITHOUT_ZONE]);
    case "timestamp_ltz": {
      const zone = String(parameters.get("TIMEZONE") ?? "America/Los_Angeles");
      return momentWriter(parameters, timestampFormats("LTZ"), nineDigits, (wire) => {
        const instant = microsOf(wire);
        return atOffset(instant, zoneOffset(instant, zone));
      });
    }
    case "timestamp_tz":
      return momentWriter(parameters, timestampFormats("TZ"), nineDigits, (wire) => {
        const [seconds = "", offset] = wire.split(" ");
        return atOffset(microsOf(seconds), Number(offset) - 1440);
      });
    default:
      return String;
  }
}

const timestampFormats = (variant: string) => [`TIMESTAMP_${variant}_OUTPUT_FORMAT`, "TIMESTAMP_OUTPUT_FORMAT"];

const atOffset = (instant: bigint, minutes: number): [bigint, number] => [
  instant + BigInt(minutes) * MICROS_OF_MINUTE,
  minutes,
];

/** Writes the wall clock and offset in the first format that is set, else plainly. */
function momentWriter(
  parameters: Presentation["parameters"],
  names: readonly string[],
  plain: Write,
  read: (wire: string) => [wall: bigint, offset: number],
): Write {
  const name = names.find((name) => parameters.get(name));
  if (name === undefined) return plain;
  const given = String(parameters.get(name));
  const format = given.toUpperCase() === "AUTO" ? AUTO : given;
  return (wire) => formatMoment(...read(wire), format);
}

/** `12.345` → `12.345000000`; what follows the seconds stays. */
const nineDigits: Write = (wire) => {
  const [seconds = "", ...rest] = wire.split(" ");
  const [whole, fraction = ""] = seconds.split(".");
  return [`${whole}.${fraction.padEnd(9, "0")}`, ...rest].join(" ");
};
