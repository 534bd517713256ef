import type { Query } from "../../dialect/index";
import type { ExecutionContext } from "../execution/context";
import { Shared } from "./binder";
import type { TranslatedQuery } from "./contract";
import { plainValueBound } from "./expressions/values";
import { type Reading, Recorder } from "./recorder";

/** Translations of one tree that are kept, for as many roles or sessions. */
const KEPT = 4;
/** Recordings in a row that were of no use: what the translation reads is another each time. */
const FUTILE = 4;

interface Memo {
  reading: Reading;
  query: TranslatedQuery;
}

interface Known {
  times: number;
  futile: number;
  memos: Memo[];
}

/** A tree never changes, and lives as long as the text it was read from is kept. */
const known = new WeakMap<Query, Known>();

/**
 * The translation of a tree that has come before, where everything it read is as it was; else that of `translate`. It is recorded the
 * second time, by a translation of its own: one that is recorded stops at what cannot be compared.
 */
export function remembered(
  context: ExecutionContext,
  tree: Query,
  translate: (context: ExecutionContext, shared: Shared) => TranslatedQuery,
): TranslatedQuery {
  const entry = known.get(tree) ?? { times: 0, futile: 0, memos: [] };
  known.set(tree, entry);
  entry.times++;
  for (const memo of entry.memos) {
    const params = memo.reading.parametersIn(context, plainValueBound);
    if (!params) continue;
    entry.futile = 0;
    return { ...memo.query, params };
  }
  const query = translate(context, new Shared());
  if (entry.times > 1 && entry.futile < FUTILE && query.prerequisites.length === 0) {
    entry.futile++;
    const memo = record(context, translate);
    if (memo) entry.memos = [memo, ...entry.memos.slice(0, KEPT - 1)];
    else entry.futile = FUTILE;
  }
  return query;
}

function record(
  context: ExecutionContext,
  translate: (context: ExecutionContext, shared: Shared) => TranslatedQuery,
): Memo | undefined {
  const shared = new Shared();
  const recorder = new Recorder(context, shared);
  try {
    const query = translate(recorder.recording(), shared);
    const reading = recorder.finish();
    return reading && { reading, query: { ...query, params: [] } };
  } catch {
    return undefined;
  }
}
