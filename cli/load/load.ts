import type { Batch, BatchOutcome } from "../../client/batchSender";
import { formatInstant, parseInstant } from "../../client/instant";
import type { PreparedEvent } from "../../client/prepareEvent";
import { requestIdOf } from "../../client/requestId";
import { type LoadState, type LoadStates, newLoad } from "./loadState";
import { prepareRecord } from "./prepareRecord";
import { RejectedFile, type Rejection } from "./rejectedFile";
import { checksumOf, remainingRecords, wasLoadedBefore } from "./remainingRecords";
import { type Source, SourceError, type SourceRecord } from "./source";

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
  /** How much of that file is kept, from another source. Default 0. */
  keepRejectedBytes?: number;
  maxEvents?: number;
  maxBytes?: number;
  /** Told after every batch. */
  onProgress?: (state: LoadState) => void;
  /** Told when an unfinished load goes on. */
  onResume?: (state: LoadState) => void;
  /** Told when the last record, which nothing ended when it was loaded, is another one now and is loaded beside what it was. */
  onChangedEnd?: () => void;
  signal?: AbortSignal;
}

export interface LoadResult extends LoadState {
  /** The source was loaded before; only what is new in it counts here. */
  wasLoaded: boolean;
  rejectedFile: string;
  /** The first rejections, for a summary. */
  firstRejections: Rejection[];
  /** Why the source was not read to its end; what was read is loaded. */
  brokenOff?: SourceError;
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
  const wasLoaded = wasLoadedBefore(state);
  if (state.records > 0 && !wasLoaded) options.onResume?.(state);
  const keptBytes = () => Math.max(state.openEnd?.rejectedBytes ?? state.rejectedBytes, options.keepRejectedBytes ?? 0);
  const rejected = new RejectedFile(options.rejectedFile ?? source.rejectedFile, keptBytes());
  const firstRejections: Rejection[] = [];
  let isFirst = true;
  try {
    for await (const part of oneAhead(parts(source, state, options))) {
      const save = () => (source.fingerprint === undefined ? undefined : options.states.write(key, state));
      await deliver(part, state, options, save);
      // Without that of an open end that has changed: what is left is known only now.
      if (isFirst) rejected.bytes = keptBytes();
      isFirst = false;
      await settle(part, state, rejected);
      firstRejections.push(...part.rejections.slice(0, SHOWN_REJECTIONS - firstRejections.length));
      await save();
      options.onProgress?.(state);
      options.signal?.throwIfAborted();
    }
    state.finished = true;
    if (source.fingerprint !== undefined) await options.states.write(key, state);
    const { path: rejectedFile, bytes: rejectedBytes } = rejected;
    return { ...state, wasLoaded, rejectedFile, rejectedBytes, firstRejections };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { path: rejectedFile, bytes: rejectedBytes } = rejected;
    return { ...state, wasLoaded, rejectedFile, rejectedBytes, firstRejections, brokenOff: error };
  } finally {
    await rejected.close();
  }
}

async function beginOrResume(source: Source, key: readonly string[], options: LoadOptions): Promise<LoadState> {
  const earlier = source.fingerprint === undefined ? undefined : await options.states.read(key);
  const isSame = earlier !== undefined && !options.restart && earlier.fingerprint === source.fingerprint;
  const isSameTime =
    options.recvAt === undefined || parseInstant(options.recvAt) === parseInstant(earlier?.recvAt ?? "");
  if (isSame && !earlier.finished && isSameTime) return { ...newLoad(undefined, earlier.recvAt), ...earlier };
  const state = newLoad(source.fingerprint, options.recvAt ?? formatInstant(Date.now()));
  const hasBegun = earlier?.checksum || earlier?.openEnd;
  if (isSame && earlier.finished && hasBegun && source.canGrow && options.recvAt === undefined) {
    const { id, records, checksum, first, openEnd, rejectedBytes } = earlier;
    Object.assign(state, { id, records, checksum, first, openEnd, rejectedBytes });
  }
  if (source.fingerprint !== undefined) await options.states.write(key, state);
  return state;
}

/** Cuts the source into parts; the same source gives the same parts from the same place on. */
async function* parts(source: Source, state: LoadState, options: LoadOptions): AsyncGenerator<Part> {
  const { maxEvents = 5000, maxBytes = 4 << 20, lane, assumeOffset } = options;
  const acceptance = { lane, assumeOffset, recvAt: parseInstant(state.recvAt) as number };
  const empty = (): Part => ({ records: [], events: [], rejections: [], bytes: 0 });
  let part = empty();
  let failure: { error: unknown } | undefined;
  try {
    for await (const record of remainingRecords(source, state, options.onChangedEnd)) {
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

async function deliver(
  part: Part,
  state: LoadState,
  { send }: LoadOptions,
  save: () => Promise<void> | undefined,
): Promise<void> {
  // By what stands in it too: the record at an open end may be another one next time.
  const place = `${state.id} ${state.records} ${part.records.length} ${part.records.reduce(checksumOf, 0)}`;
  const idOf = (refused: number) => requestIdOf(refused === 0 ? place : `${place} ${refused}`);
  const outcome = await send({
    requestId: idOf(state.refused),
    events: part.events.map(({ json }) => json),
    renewRequestId: async () => {
      state.refused++;
      await save();
      return idOf(state.refused);
    },
  });
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

/** Marks a part as dealt with. Of a record that nothing ends it is only remembered what it was. */
async function settle(part: Part, state: LoadState, rejected: RejectedFile): Promise<void> {
  const ended = part.records.filter(({ isOpen }) => !isOpen);
  const [open] = part.records.slice(ended.length);
  const isOfOpen = ({ line }: Rejection) => line === open?.line;
  await rejected.add(part.rejections.filter((rejection) => !isOfOpen(rejection)));
  state.rejectedBytes = rejected.bytes;
  await rejected.add(part.rejections.filter(isOfOpen));
  state.rejected += part.rejections.length;
  if (state.records === 0) state.first ??= ended[0] && checksumOf(0, ended[0]);
  state.records += ended.length;
  state.checksum = ended.reduce(checksumOf, state.checksum);
  state.openEnd = open && { checksum: checksumOf(0, open), rejectedBytes: rejected.bytes };
  state.refused = 0;
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
