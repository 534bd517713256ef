import { dateNotRecognized, SnowflakeError, timeNotRecognized, timestampNotRecognized } from "../../errors";
import { detectTime, detectTimestamp } from "./autoDetect";
import type { Moment } from "./fields";
import { parseWithFormat } from "./parseWithFormat";

export const momentFromText = (text: string): Moment | null => detectTimestamp(text);

/** Reads a timestamp by a format or by AUTO; null when the text does not fit. */
export const readMoment = (text: string, format: string, century: number): Moment | null =>
  format.toUpperCase() === "AUTO" ? detectTimestamp(text) : parseWithFormat(text, format, century);

/** Microseconds since midnight. */
export function readTime(text: string, format: string, century: number): bigint | null {
  if (format.toUpperCase() === "AUTO") return detectTime(text);
  const moment = parseWithFormat(text, format, century);
  if (!moment) return null;
  const inDay = moment.wall % 86_400_000_000n;
  return inDay < 0n ? inDay + 86_400_000_000n : inDay;
}

/** What a text that does not fit gives: NULL, or an error that tells the format where the statement gives it, as a parameter's is not told. */
export type OnFailure = "null" | "format" | "plain";

/** Error 100096 with the format where one is given, 100040, 100108 or 100035 without. */
export function notRecognized(
  kind: "Timestamp" | "Date" | "Time",
  text: string,
  format: string | undefined,
): SnowflakeError {
  if (format !== undefined && format.toUpperCase() !== "AUTO") {
    const type = kind === "Timestamp" ? "timestamp" : kind.toLowerCase();
    return new SnowflakeError("100096", "22007", `Can't parse '${text}' as ${type} with format '${format}'`);
  }
  return kind === "Timestamp"
    ? timestampNotRecognized(text)
    : kind === "Date"
      ? dateNotRecognized(text)
      : timeNotRecognized(text);
}
