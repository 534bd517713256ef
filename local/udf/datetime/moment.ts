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

/** The words differ between AUTO and a given format. */
export function notRecognized(kind: "Timestamp" | "Date" | "Time", text: string, format: string): SnowflakeError {
  if (format.toUpperCase() !== "AUTO") {
    const type = kind === "Timestamp" ? "timestamp" : kind.toLowerCase();
    return new SnowflakeError("100096", "22007", `Can't parse '${text}' as ${type} with format '${format}'`);
  }
  return kind === "Timestamp"
    ? timestampNotRecognized(text)
    : kind === "Date"
      ? dateNotRecognized(text)
      : timeNotRecognized(text);
}
