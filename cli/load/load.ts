import { crc32 } from "node:zlib";
import type { Batch, BatchOutcome } from "../../client/batchSender";
import { formatInstant, parseInstant } from "../../client/instant";
import type { PreparedEvent } from "../../client/prepareEvent";
import { requestIdOf } from "../../client/requestId";
import { type LoadState, type LoadStates, newLoad } from "./loadState";
import { prepareRecord } from "./prepareRecord";
import { RejectedFile, type Rejection } from "./rejectedFile";
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
  const rejected = new RejectedFile(
    options.rejectedFile ?? source.rejectedFile,
    Math.max(state.rejectedBytes, options.keepRejectedBytes ?? 0),
  );
  const firstRejections: Rejection[] = [];
  try {
    for await (const part of oneAhead(parts(source, state, options))) {
      const save = () => (source.fingerprint === undefined ? undefined : options.states.write(key, state));
      await deliver(part, state, options, save);
      await rejected.add(part.rejections);
      firstRejections.push(...part.rejections.slice(0, SHOWN_REJECTIONS - firstRejections.length));
      state.rejected += part.rejections.length;
      state.records += part.records.length;
      state.checksum = part.records.reduce(checksumOf, state.checksum);
      state.rejectedBytes = rejected.bytes;
      state.refused = 0;
      await save();
      options.onProgress?.(state);
      options.signal?.throwIfAborted();
    }
    state.finished = true;
    if (source.fingerprint !== undefined) await options.states.write(key, state);
    return { ...state, wasLoaded, rejectedFile: rejected.path, firstRejections };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { ...state, wasLoaded, rejectedFile: rejected.path, firstRejections, brokenOff: error };
  } finally {
    await rejected.close();
  }
}

/** What an earlier load took from a source is not there any more as it was. */
export class ChangedSourceError extends Error {
  override name = "ChangedSourceError";

  /** @param wasFinished all of it was loaded then: it may be another file of the same name */
  constructor(
    name: string,
    records: number,
    readonly wasFinished: boolean,
  ) {
    super(
      `${name} has changed in the first ${records} records, which an earlier load dealt with. --restart loads all of it, what was loaded before as new events`,
    );
  }
}

async function beginOrResume(source: Source, key: readonly string[], options: LoadOptions): Promise<LoadState> {
  const earlier = source.fingerprint === undefined ? undefined : await options.states.read(key);
  const isSame = earlier !== undefined && !options.restart && earlier.fingerprint === source.fingerprint;
  const isSameTime =
    options.recvAt === undefined || parseInstant(options.recvAt) === parseInstant(earlier?.recvAt ?? "");
  if (isSame && !earlier.finished && isSameTime) return { ...newLoad(undefined, earlier.recvAt), ...earlier };
  const state = newLoad(source.fingerprint, options.recvAt ?? formatInstant(Date.now()));
  if (isSame && earlier.finished && earlier.checksum && source.canGrow && options.recvAt === undefined) {
    const { id, records, checksum, rejectedBytes } = earlier;
    Object.assign(state, { id, records, checksum, rejectedBytes });
  }
  if (source.fingerprint !== undefined) await options.states.write(key, state);
  return state;
}

/** The state goes on behind a load that was finished. */
const wasLoadedBefore = ({ records, accepted, deadLettered, rejected }: LoadState): boolean =>
  records > 0 && accepted + deadLettered + rejected === 0;

const checksumOf = (checksum: number, { text }: SourceRecord): number => crc32(text, checksum);

/** Cuts the source into parts; the same source gives the same parts from the same place on. */
async function* parts(source: Source, state: LoadState, options: LoadOptions): AsyncGenerator<Part> {
  const { maxEvents = 5000, maxBytes = 4 << 20, lane, assumeOffset } = options;
  const acceptance = { lane, assumeOffset, recvAt: parseInstant(state.recvAt) as number };
  const empty = (): Part => ({ records: [], events: [], rejections: [], bytes: 0 });
  const skip = state.records;
  let skipped = 0;
  let checksum = 0;
  const changed = () => new ChangedSourceError(source.name, skip, wasLoadedBefore(state));
  let part = empty();
  let failure: { error: unknown } | undefined;
  try {
    for await (const record of source.records) {
      if (skipped < skip) {
        checksum = checksumOf(checksum, record);
        if (++skipped === skip && state.checksum !== 0 && checksum !== state.checksum) throw changed();
        continue;
      }
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
  if (skipped < skip && failure === undefined) throw changed();
  if (part.records.length > 0) yield part;
  if (failure) throw failure.error;
}

async function deliver(
  part: Part,
  state: LoadState,
  { send }: LoadOptions,
  save: () => Promise<void> | undefined,
): Promise<void> {
  const place = `${state.id} ${state.records} ${part.records.length}`;
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
