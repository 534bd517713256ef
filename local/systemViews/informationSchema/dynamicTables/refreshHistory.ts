import type { DynamicTableDoc } from "../../../catalogue/model";
import { inputsOf } from "../../../dynamicTables/graph";
import { GraphLog } from "../../../dynamicTables/graphLog";
import { REFRESHES, type RefreshEntry, runningRefreshes } from "../../../dynamicTables/history";
import { stateOf } from "../../../dynamicTables/state";
import type { ExecutionContext } from "../../../execution/context";
import { fullName } from "../../../names/resolve";
import { fixedPoint } from "../../../results/encode";
import { timestampNtz } from "../../../types/dataType";
import { flagArgument, numberArgument, textArgument, timeArgument } from "../../arguments";
import { count, moment, type SystemColumn, systemFunctionOf, text } from "../../define";
import { array, dynamicTables, instantText, mayMonitor, object, placeColumns, qualifiedName } from "./scope";

const DAY = 86_400_000;

interface Refresh {
  doc: DynamicTableDoc;
  entry: RefreshEntry;
  graphValidFrom: number | null;
}

const of = ({ doc }: Refresh) => doc;

/** Entries of some tables with a data timestamp in a span, oldest first; those that run among them. */
export async function refreshes(
  context: ExecutionContext,
  docs: readonly DynamicTableDoc[],
  from: number,
  to: number,
): Promise<{ doc: DynamicTableDoc; entry: RefreshEntry }[]> {
  const byId = new Map(docs.map((doc) => [doc.id, doc]));
  const { rows } = await context.query(
    "SELECT entry FROM meta.history WHERE kind = $1 AND time >= $2 AND time <= $3 ORDER BY time",
    [REFRESHES, BigInt(from), BigInt(to)],
  );
  const stored = rows.map(([text]) => JSON.parse(text as string) as RefreshEntry);
  const running = [...runningRefreshes(context.services.store).values()];
  return [...stored, ...running].flatMap((entry) => {
    const doc = byId.get(entry.tableId);
    return doc ? [{ doc, entry }] : [];
  });
}

/** The dynamic table below this one that was refreshed last. */
function lastDependency({ doc }: Refresh, context: ExecutionContext): string | null {
  const below = inputsOf(context, context.catalogue, doc).flatMap((input) => {
    const at = input.kind === "DYNAMIC_TABLE" ? stateOf(input)?.dataTimestamp : undefined;
    return at === undefined ? [] : [{ input, at }];
  });
  const [last] = below.sort((a, b) => b.at - a.at);
  if (!last) return null;
  return JSON.stringify({
    data_timestamp: instantText(last.at),
    qualified_name: fullName(context.catalogue, last.input),
  });
}

const inputs = ({ entry }: Refresh): string | null =>
  entry.inputs &&
  JSON.stringify(
    entry.inputs.map(({ name, kind, added, removed }) => ({
      kind,
      name,
      statistics: {
        numAddedPartitions: added > 0 ? 1 : 0,
        numRegisteredRows: added,
        numRemovedPartitions: removed > 0 ? 1 : 0,
        numUnregisteredRows: removed,
      },
    })),
  );

const COLUMNS: SystemColumn<Refresh>[] = [
  ...placeColumns(of),
  text("STATE", ({ entry }) => entry.state),
  text("STATE_CODE", ({ entry }) => entry.stateCode),
  text("STATE_MESSAGE", ({ entry }) => entry.stateMessage),
  text("QUERY_ID", ({ entry }) => entry.queryId),
  moment("DATA_TIMESTAMP", ({ entry }) => entry.dataTimestamp),
  moment("REFRESH_START_TIME", ({ entry }) => entry.startTime),
  moment("REFRESH_END_TIME", ({ entry }) => entry.endTime),
  moment("COMPLETION_TARGET", ({ entry }) => entry.completionTarget),
  qualifiedName(of),
  object("LAST_COMPLETED_DEPENDENCY", lastDependency),
  object("STATISTICS", ({ entry }) => JSON.stringify(entry.statistics)),
  text("REFRESH_ACTION", ({ entry }) => entry.action),
  text("REINIT_REASON", ({ entry }) => entry.reinitReason),
  text("REFRESH_TRIGGER", ({ entry }) => entry.trigger),
  count("TARGET_LAG_SEC", ({ entry }) => entry.targetLagSeconds),
  {
    name: "GRAPH_HISTORY_VALID_FROM",
    type: timestampNtz(3),
    value: ({ graphValidFrom }) => (graphValidFrom === null ? null : fixedPoint(BigInt(graphValidFrom) * 1000n, 3)),
  },
  array("INPUTS_WITH_CHANGED_DATA", inputs),
];

/** Finished refreshes and those that run; MONITOR on the table is needed. Source: …/functions/dynamic_table_refresh_history */
export const DYNAMIC_TABLE_REFRESH_HISTORY = systemFunctionOf(
  "DYNAMIC_TABLE_REFRESH_HISTORY",
  ["DATA_TIMESTAMP_START?", "DATA_TIMESTAMP_END?", "RESULT_LIMIT?", "NAME?", "NAME_PREFIX?", "ERROR_ONLY?"],
  COLUMNS,
  async (context, args, databaseId) => {
    const to = timeArgument(args, "DATA_TIMESTAMP_END") ?? Number(context.now / 1000n) + 1000;
    const from = timeArgument(args, "DATA_TIMESTAMP_START") ?? to - DAY;
    const limit = numberArgument(args, "RESULT_LIMIT", 100, 1, 10_000);
    const prefix = textArgument(args, "NAME_PREFIX")?.toUpperCase();
    const failedOnly = flagArgument(args, "ERROR_ONLY");
    const docs = dynamicTables(context, args, databaseId).filter(
      (doc) =>
        mayMonitor(context, doc) &&
        (prefix === undefined || fullName(context.catalogue, doc).toUpperCase().startsWith(prefix)),
    );
    const graph = await GraphLog.of(context.services).all();
    const found = (await refreshes(context, docs, from, to)).filter(
      ({ entry }) => !failedOnly || entry.state === "FAILED" || entry.state === "UPSTREAM_FAILED",
    );
    const end = ({ entry }: { entry: RefreshEntry }) => entry.endTime ?? Number.POSITIVE_INFINITY;
    return found
      .map((refresh, place) => ({ refresh, place }))
      .sort((a, b) => end(b.refresh) - end(a.refresh) || b.place - a.place)
      .slice(0, limit)
      .map(({ refresh }) => ({
        ...refresh,
        graphValidFrom:
          graph.findLast((known) => known.tableId === refresh.doc.id && known.validFrom <= refresh.entry.startTime)
            ?.validFrom ?? null,
      }));
  },
);
