import type { Batch, BatchOutcome } from "../../client/batchSender";
import { formatInstant, parseInstant } from "../../client/instant";
import type { PreparedEvent } from "../../client/prepareEvent";
import { requestIdOf } from "../../client/requestId";
import { type LoadState, type LoadStates, newLoad } from "./loadState";
import { prepareRecord } from "./prepareRecord";
import { RejectedFile, type Rejection } from "./rejectedFile";
import type { Source, SourceRecord } from "./source";

export interface LoadOptions {
  lane: string;
  /** Names the warehouse, so that a load into another one is another load. */
  target: string;
  /** Sends one batch until it is in the warehouse; undefined: given up. */
  send: (batch: Batch) => Promise<BatchOutcome | undefined>;
  states: LoadStates;
  /** When the events count as accepted, ISO 8601 with offset. Default: now, or what the load that is resumed had. */
  recvAt?: string;
  assumeOffset?: string;
  /** Forgets a load of the same source that was not finished. */
  restart?: boolean;
  rejectedFile?: string;
  maxEvents?: number;
  maxBytes?: number;
  /** Told after every batch. */
  onProgress?: (state: LoadState) => void;
  /** Told when an unfinished load goes on. */
  onResume?: (state: LoadState) => void;
  signal?: AbortSignal;
}

export interface LoadResult extends LoadState {
  rejectedFile: string;
  /** The first rejections, for a summary. */
  firstRejections: Rejection[];
}

interface Part {
  records: SourceRecord[];
  events: PreparedEvent[];
  rejections: Rejection[];
  bytes: number;
}

const SHOWN_REJECTIONS = 5;

/**
 * Brings the records of a source into the warehouse, in bounded memory. `_recv_at` is stamped once for the whole load. A load that
 * was interrupted goes on behind the last batch that was answered, with the same `_recv_at` and request ids: nothing twice.
 */
export async function load(source: Source, options: LoadOptions): Promise<LoadResult> {
  const key = [source.identity, options.lane, options.target];
  const state = await beginOrResume(source, key, options);
  if (state.records > 0) options.onResume?.(state);
  const rejected = new RejectedFile(options.rejectedFile ?? source.rejectedFile, state.records > 0);
  const firstRejections: Rejection[] = [];
  try {
    for await (const part of oneAhead(parts(source, state, options))) {
      await deliver(part, state, options);
      await rejected.add(part.rejections);
      firstRejections.push(...part.rejections.slice(0, SHOWN_REJECTIONS - firstRejections.length));
      state.rejected += part.rejections.length;
      state.records += part.records.length;
      if (source.fingerprint !== undefined) await options.states.write(key, state);
      options.onProgress?.(state);
      options.signal?.throwIfAborted();
    }
    state.finished = true;
    if (source.fingerprint !== undefined) await options.states.write(key, state);
    return { ...state, rejectedFile: rejected.path, firstRejections };
  } finally {
    await rejected.close();
  }
}

async function beginOrResume(source: Source, key: readonly string[], options: LoadOptions): Promise<LoadState> {
  const earlier = source.fingerprint === undefined ? undefined : await options.states.read(key);
  const goesOn =
    earlier !== undefined &&
    !earlier.finished &&
    !options.restart &&
    earlier.fingerprint === source.fingerprint &&
    (options.recvAt === undefined || parseInstant(options.recvAt) === parseInstant(earlier.recvAt));
  if (goesOn) return earlier;
  const state = newLoad(source.fingerprint, options.recvAt ?? formatInstant(Date.now()));
  if (source.fingerprint !== undefined) await options.states.write(key, state);
  return state;
}

/** Cuts the source into parts; the same source gives the same parts from the same place on. */
async function* parts(source: Source, state: LoadState, options: LoadOptions): AsyncGenerator<Part> {
  const { maxEvents = 5000, maxBytes = 4 << 20, lane, assumeOffset } = options;
  const acceptance = { lane, assumeOffset, recvAt: parseInstant(state.recvAt) as number };
  const empty = (): Part => ({ records: [], events: [], rejections: [], bytes: 0 });
  let skip = state.records;
  let part = empty();
  let failure: { error: unknown } | undefined;
  try {
    for await (const record of source.records) {
      if (skip-- > 0) continue;
      const prepared = prepareRecord(record, acceptance);
      const bytes = "json" in prepared ? prepared.json.length : record.text.length;
      if (part.records.length >= maxEvents || (part.records.length > 0 && part.bytes + bytes > maxBytes)) {
        yield part;
        part = empty();
      }
      part.records.push(record);
      part.bytes += bytes;
      if ("json" in prepared) part.events.push(prepared);
      else part.rejections.push(prepared);
    }
  } catch (error) {
    // What was read before a source broke off is sent first.
    failure = { error };
  }
  if (part.records.length > 0) yield part;
  if (failure) throw failure.error;
}

async function deliver(part: Part, state: LoadState, { send }: LoadOptions): Promise<void> {
  const requestId = requestIdOf(`${state.id} ${state.records} ${part.records.length}`);
  const outcome = await send({ requestId, events: part.events.map(({ json }) => json) });
  if (outcome === undefined) throw new Error("The load was stopped");
  state.accepted += outcome.accepted;
  state.deadLettered += outcome.deadLettered;
  if (outcome.unreadable.length === 0) return;
  const rejected = new Set(part.rejections.map(({ line }) => line));
  const sent = part.records.filter(({ line }) => !rejected.has(line));
  for (const { index, reason } of outcome.unreadable) {
    const record = sent[index] as SourceRecord;
    part.rejections.push({ line: record.line, problems: [reason], text: record.text });
  }
}

/** Reads the next item while the present one is worked on. */
async function* oneAhead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = items.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = items.next();
      // Looked at in the next round; until then it is nobody's unhandled rejection.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await items.return(undefined).catch(() => undefined);
  }
}
