import { type DynamicTableDoc, isView, type RelationDoc, type StreamDoc, type TableDoc } from "../catalogue/model";
import { toMillis } from "../clock";
import { isInitialized } from "../dynamicTables/state";
import { compilationError, notInitialized, SnowflakeError, unsupportedFeature } from "../errors";
import type { ExecutionContext } from "../execution/context";
import type { ResultColumn } from "../execution/result";
import { fullName } from "../names/resolve";
import { requirePrivilege } from "../privileges/index";
import { columnName } from "../store/physical";
import { changeSet } from "../translate/query/timeTravel";
import { BOOLEAN, varchar } from "../types/dataType";
import { heldStream, noteRead } from "./consume";

export interface StreamRelation {
  /** For FROM: columns `o1 … on`. */
  sql: string;
  columns: ResultColumn[];
  /** The table the stream is on. */
  source: TableDoc | DynamicTableDoc;
}

/**
 * What changed in the source since the stream's offset: the columns of the source and METADATA$ACTION, METADATA$ISUPDATE, METADATA$ROW_ID.
 * SELECT on the stream and on its source is needed. Errors: 002003 source gone, 091900 stale.
 * Source: https://docs.snowflake.com/en/user-guide/streams-intro
 */
export function streamRelation(context: ExecutionContext, stream: StreamDoc): StreamRelation {
  requirePrivilege(context, "SELECT", stream);
  const source = sourceOf(context, stream);
  requirePrivilege(context, "SELECT", source);
  if (source.kind === "DYNAMIC_TABLE" && !isInitialized(source)) throw notInitialized();
  const to = advancePoint(context);
  noteRead(context, stream.id, to);
  const physical = source.columns.map(columnName);
  const { offset, showInitialRows, mode } = heldStream(context, stream);
  // At first it has the rows that were there when it began, and nothing of what came later.
  const changes = showInitialRows
    ? changeSet(source, physical, "0", offset, false)
    : changeSet(source, physical, offset, String(to), mode === "APPEND_ONLY");
  const names = [...physical, "_action", "_update", "_row"];
  const column = ({ name, type, nullable }: ResultColumn): ResultColumn => ({ name, type, nullable });
  return {
    sql: `(SELECT ${names.map((name, i) => `${name} AS o${i + 1}`).join(", ")} FROM ${changes})`,
    columns: [
      // A row that is gone may lack what a column holds today.
      ...source.columns.map(({ name, type }) => column({ name, type, nullable: true })),
      column({ name: "METADATA$ACTION", type: varchar(10), nullable: false }),
      column({ name: "METADATA$ISUPDATE", type: BOOLEAN, nullable: false }),
      column({ name: "METADATA$ROW_ID", type: varchar(40), nullable: false }),
    ],
    source,
  };
}

/** The end of what a statement sees: the beginning of its transaction, else the last commit. */
function advancePoint(context: ExecutionContext): bigint {
  const { transaction } = context.session;
  return transaction ? BigInt(transaction.id) : context.services.store.version;
}

function sourceOf(context: ExecutionContext, stream: StreamDoc): TableDoc | DynamicTableDoc {
  const source = context.catalogue.byId(stream.sourceId) as RelationDoc | undefined;
  const name = fullName(context.catalogue, stream);
  if (!source || source.droppedOn !== undefined)
    throw compilationError(
      "002003",
      "42S02",
      `The source of stream '${name}' was dropped or replaced, so its changes cannot be read. Create the stream again.`,
    );
  if (isView(source)) throw unsupportedFeature(`stream ${name} on a view`);
  if (stream.staleAfter !== undefined && toMillis(context.now) > stream.staleAfter)
    throw new SnowflakeError(
      "091900",
      "55000",
      `Stream ${name} is stale: its offset is older than the retention period of its source. Create the stream again.`,
    );
  return source;
}
