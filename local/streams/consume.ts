import type { Statement } from "../../dialect/index";
import type { StreamDoc } from "../catalogue/model";
import { toMillis } from "../clock";
import type { ExecutionContext } from "../execution/context";
import { staleAfter } from "./stale";

/** Statements that keep what they read: their reading of a stream moves its offset. */
export const CONSUMERS: ReadonlySet<Statement["kind"]> = new Set<Statement["kind"]>([
  "Insert",
  "MultiTableInsert",
  "Update",
  "Delete",
  "Merge",
  "CreateTable",
  "CopyIntoLocation",
]);

/** Streams that the statement with a query id has read, and up to where. */
const reads = new WeakMap<object, Map<string, Map<number, bigint>>>();

export function noteRead(context: ExecutionContext, streamId: number, to: bigint): void {
  const ofSession = reads.get(context.session) ?? new Map<string, Map<number, bigint>>();
  reads.set(context.session, ofSession);
  const ofStatement = ofSession.get(context.queryId) ?? new Map<number, bigint>();
  ofSession.set(context.queryId, ofStatement);
  ofStatement.set(streamId, to);
}

/** By transaction: the streams that its statements have consumed, as they were before. */
const consumed = new WeakMap<object, Map<number, StreamDoc>>();

/**
 * A stream as the statements of a transaction see it: all of them have the same rows, also those behind the one that consumes
 * them. Source: https://docs.snowflake.com/en/user-guide/streams-intro, "Repeatable read isolation"
 */
export function heldStream({ session }: ExecutionContext, stream: StreamDoc): StreamDoc {
  const ofTransaction = session.transaction && consumed.get(session.transaction);
  return ofTransaction?.get(stream.id) ?? stream;
}

function hold({ session }: ExecutionContext, stream: StreamDoc): void {
  if (!session.transaction) return;
  const ofTransaction = consumed.get(session.transaction) ?? new Map<number, StreamDoc>();
  consumed.set(session.transaction, ofTransaction);
  if (!ofTransaction.has(stream.id)) ofTransaction.set(stream.id, stream);
}

/** Runs a statement; when it writes, the streams it has read begin behind what it saw, in the same transaction. */
export async function withStreams<T>(
  context: ExecutionContext,
  statement: Statement,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const result = await work();
    const read = reads.get(context.session)?.get(context.queryId);
    if (read && CONSUMERS.has(statement.kind)) await consume(context, read);
    return result;
  } finally {
    reads.get(context.session)?.delete(context.queryId);
  }
}

const consume = (context: ExecutionContext, read: ReadonlyMap<number, bigint>): Promise<void> =>
  context.write(async (unit) => {
    for (const [id, to] of read) {
      const stream = unit.catalogue.snapshot.get("STREAM", id);
      if (!stream || stream.droppedOn !== undefined) continue;
      hold(context, stream);
      const seen = heldStream(context, stream);
      const source = unit.catalogue.snapshot.byId(stream.sourceId);
      unit.catalogue.update<StreamDoc>(stream, {
        // Behind the rows it began with come the changes since then.
        offset: seen.showInitialRows ? seen.offset : String(to),
        staleAfter: staleAfter(unit, source, toMillis(context.now)),
        showInitialRows: undefined,
      });
    }
  });
