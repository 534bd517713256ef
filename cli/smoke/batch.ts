import { parseExact } from "../../client/exactJson";
import { formatInstant } from "../../client/instant";
import { prepareEventText } from "../../client/prepareEvent";
import type { Source } from "../load/source";

/** Events that are sent as they stand, so that the warehouse alone judges them. */
export interface RawBatch {
  /** JSON texts; every object that lacks `_recv_at` was stamped. */
  events: string[];
  bytes: number;
  /** Ids of the events that count, computed here. */
  ids: Set<string>;
  /** Lines that are not JSON. */
  unreadable: { line: number; problem: string }[];
}

/** Reads a whole source into one batch. */
export async function readBatch(source: Source, lane: string, recvAt: number): Promise<RawBatch> {
  const batch: RawBatch = { events: [], bytes: 0, ids: new Set(), unreadable: [] };
  for await (const { line, text, problem } of source.records) {
    try {
      if (problem !== undefined) throw new Error(problem);
      const json = stamp(text, recvAt);
      batch.events.push(json);
      batch.bytes += json.length;
      const id = idOf(json, lane, recvAt);
      if (id !== undefined) batch.ids.add(id);
    } catch (error) {
      batch.unreadable.push({ line, problem: (error as Error).message });
    }
  }
  return batch;
}

/** @throws SyntaxError when the text is not JSON */
function stamp(text: string, recvAt: number): string {
  const value = parseExact(text);
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject || "_recv_at" in value) return text;
  const comma = Object.keys(value).length === 0 ? "" : ",";
  return `${text.slice(0, text.lastIndexOf("}"))}${comma}"_recv_at":"${formatInstant(recvAt)}"}`;
}

function idOf(json: string, lane: string, recvAt: number): string | undefined {
  try {
    const { eventId, refusal } = prepareEventText(json, { lane, recvAt });
    return refusal === undefined ? eventId : undefined;
  } catch {
    return undefined;
  }
}
