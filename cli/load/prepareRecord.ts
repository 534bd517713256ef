import { parseExact, stringifyExact } from "../../client/exactJson";
import { lacksOffset } from "../../client/instant";
import { InvalidEventError } from "../../client/invalidEvent";
import { type Acceptance, type PreparedEvent, prepareEventText } from "../../client/prepareEvent";
import type { Rejection } from "./rejectedFile";
import type { SourceRecord } from "./source";

export interface RecordOptions extends Acceptance {
  /** Offset for an `occurred_at` that has none, such as `+01:00`. */
  assumeOffset?: string;
}

/** Makes a record ready to send, or says why it is rejected. */
export function prepareRecord(record: SourceRecord, options: RecordOptions): PreparedEvent | Rejection {
  const reject = (problems: readonly string[]): Rejection => ({ line: record.line, problems, text: record.text });
  if (record.problem !== undefined) return reject([record.problem]);
  try {
    const event = prepareEventText(completeOffset(record.text, options.assumeOffset), options);
    return event.refusal === undefined ? event : reject([event.refusal]);
  } catch (error) {
    if (error instanceof InvalidEventError) return reject(error.problems);
    throw error;
  }
}

function completeOffset(text: string, offset: string | undefined): string {
  if (offset === undefined || !text.includes('"occurred_at"')) return text;
  let event: unknown;
  try {
    event = parseExact(text);
  } catch {
    return text;
  }
  const time = (event as { occurred_at?: unknown } | null)?.occurred_at;
  if (typeof time !== "string" || !lacksOffset(time)) return text;
  return stringifyExact({ ...(event as object), occurred_at: `${time}${offset}` });
}
