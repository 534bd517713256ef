import type { DynamicTableDoc } from "../../../catalogue/model";
import { downstreamOf, upstreamOf } from "../../../dynamicTables/graph";
import { KEPT_MS, lagSeconds, type RefreshEntry, runningRefreshes } from "../../../dynamicTables/history";
import { dataTimestampOf } from "../../../dynamicTables/state";
import { suspendMessage } from "../../../dynamicTables/suspension";
import { compilationError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { flagArgument, numberArgument, timeArgument } from "../../arguments";
import { type Arguments, count, decimal, moment, type SystemColumn, systemFunctionOf, text } from "../../define";
import { refreshes } from "./refreshHistory";
import {
  dynamicTables,
  instantText,
  mayMonitor,
  monitored,
  object,
  placeColumns,
  qualifiedName,
  targetLag,
} from "./scope";

interface Health {
  doc: DynamicTableDoc;
  isMonitored: boolean;
  last: RefreshEntry | undefined;
  lag: Lag | undefined;
}

/** Seconds. */
interface Lag {
  mean: number;
  maximum: number;
  above: number;
  withinRatio: number;
}

/** Between two refreshes the lag grows with time, from the age of the data at the end of the first to that at the end of the second. */
export function lagOf(entries: readonly RefreshEntry[], target: number | null, now: number): Lag | undefined {
  const done = entries.filter((entry) => entry.state === "SUCCEEDED" && entry.endTime !== null);
  if (done.length === 0) return undefined;
  let total = 0;
  let area = 0;
  let maximum = 0;
  let above = 0;
  done.forEach((entry, i) => {
    const start = entry.endTime as number;
    const end = Math.max(done[i + 1]?.endTime ?? now, start);
    const low = (start - entry.dataTimestamp) / 1000;
    const high = (end - entry.dataTimestamp) / 1000;
    const span = high - low;
    total += span;
    area += (span * (low + high)) / 2;
    maximum = Math.max(maximum, high);
    if (target !== null) above += Math.max(0, high - Math.max(low, target));
  });
  const mean = total > 0 ? area / total : maximum;
  return { mean, maximum, above, withinRatio: total > 0 ? 1 - above / total : maximum <= (target ?? maximum) ? 1 : 0 };
}

/** `running`: how the function calls the state of a table that is refreshed. */
export function schedulingState(
  doc: Pick<DynamicTableDoc, "schedulingState" | "suspendReason" | "lastSuspendedOn" | "resumedOn">,
  running: "RUNNING" | "ACTIVE",
): string {
  if (doc.schedulingState === "ACTIVE") {
    return JSON.stringify({
      ...(doc.resumedOn === undefined ? {} : { resumed_on: instantText(doc.resumedOn) }),
      state: running,
    });
  }
  return JSON.stringify({
    reason_code: doc.suspendReason ?? "USER_SUSPENDED",
    reason_message: suspendMessage(doc.suspendReason),
    state: "SUSPENDED",
    ...(doc.lastSuspendedOn === undefined ? {} : { suspended_on: instantText(doc.lastSuspendedOn) }),
  });
}

const of = ({ doc }: Health) => doc;

const COLUMNS: SystemColumn<Health>[] = [
  ...placeColumns(of),
  qualifiedName(of),
  ...[
    ...targetLag(of),
    object<Health>("SCHEDULING_STATE", ({ doc }) => schedulingState(doc, "RUNNING")),
    count<Health>("MEAN_LAG_SEC", ({ lag }) => lag && Math.round(lag.mean)),
    count<Health>("MAXIMUM_LAG_SEC", ({ lag }) => lag && Math.round(lag.maximum)),
    count<Health>("TIME_ABOVE_TARGET_LAG_SEC", ({ doc, lag }) =>
      lagSeconds(doc) === null ? null : lag && Math.round(lag.above),
    ),
    decimal<Health>("TIME_WITHIN_TARGET_LAG_RATIO", ({ doc, lag }) =>
      lagSeconds(doc) === null ? null : lag?.withinRatio.toFixed(9),
    ),
    moment<Health>("LATEST_DATA_TIMESTAMP", ({ doc }) => dataTimestampOf(doc)),
    text<Health>("LAST_COMPLETED_REFRESH_STATE", ({ last }) => last?.state),
    text<Health>("LAST_COMPLETED_REFRESH_STATE_CODE", ({ last }) => last?.stateCode),
    text<Health>("LAST_COMPLETED_REFRESH_STATE_MESSAGE", ({ last }) => last?.stateMessage),
    text<Health>(
      "EXECUTING_REFRESH_QUERY_ID",
      ({ doc }, context) => runningRefreshes(context.services.store).get(doc.id)?.queryId,
    ),
    object<Health>("RECOMMENDATIONS", () => null),
  ].map(monitored),
];

const ORDER = ["FAILED", "UPSTREAM_FAILED", "SKIPPED", "SUCCEEDED", "CANCELLED"];
const rank = ({ last }: Health): number => (last ? ORDER.indexOf(last.state) : ORDER.length);

/** Source: …/functions/dynamic_tables */
export const DYNAMIC_TABLES = systemFunctionOf(
  "DYNAMIC_TABLES",
  ["NAME?", "REFRESH_DATA_TIMESTAMP_START?", "RESULT_LIMIT?", "INCLUDE_CONNECTED?"],
  COLUMNS,
  async (context, args, databaseId) => {
    const now = Number(context.now / 1000n);
    const from = timeArgument(args, "REFRESH_DATA_TIMESTAMP_START") ?? now - KEPT_MS;
    const limit = numberArgument(args, "RESULT_LIMIT", 100, 1, 10_000);
    const docs = connected(context, args, databaseId);
    const entries = await refreshes(context, docs, from, now + 1000);
    return docs
      .map((doc): Health => {
        const own = entries.filter(({ entry }) => entry.tableId === doc.id).map(({ entry }) => entry);
        return {
          doc,
          isMonitored: mayMonitor(context, doc),
          last: own.findLast((entry) => entry.state !== "EXECUTING"),
          lag: lagOf(own, lagSeconds(doc), now),
        };
      })
      .sort((a, b) => rank(a) - rank(b))
      .slice(0, limit);
  },
);

function connected(context: ExecutionContext, args: Arguments, databaseId: number | null): DynamicTableDoc[] {
  const docs = dynamicTables(context, args, databaseId);
  if (!flagArgument(args, "INCLUDE_CONNECTED")) return docs;
  if (!args.has("NAME") || args.has("RESULT_LIMIT")) {
    throw compilationError(
      "001015",
      "22023",
      "INCLUDE_CONNECTED needs the argument NAME and does not go with RESULT_LIMIT.",
    );
  }
  const visible = dynamicTables(context, new Map(), databaseId);
  const wanted = new Set(
    docs.flatMap((doc) =>
      [doc, ...upstreamOf(context, context.catalogue, doc), ...downstreamOf(context.catalogue, doc.id)].map(
        ({ id }) => id,
      ),
    ),
  );
  return visible.filter((doc) => wanted.has(doc.id));
}
