import type { ExecutionContext } from "../../execution/context";
import type { QueryEntry, QueryStatus } from "../../history/queryHistory";
import { has, hasGlobal } from "../../privileges/index";
import { number } from "../../types/dataType";
import { numberArgument, textArgument, timeArgument } from "../arguments";
import {
  type Arguments,
  count,
  decimal,
  moment,
  none,
  type SystemColumn,
  systemFunctionOf,
  text,
  truth,
} from "../define";

const STATUS: Record<QueryStatus, string> = {
  RUNNING: "RUNNING",
  SUCCESS: "SUCCESS",
  FAIL: "FAILED_WITH_ERROR",
  INCIDENT: "FAILED_WITH_INCIDENT",
};

const elapsed = (entry: QueryEntry, context: ExecutionContext): number =>
  (entry.endTime ?? Number(context.now / 1000n)) - entry.startTime;

/** Credits of cloud services and bytes are not metered here and stay 0, as they do for small statements there. */
export const QUERY_HISTORY_COLUMNS: SystemColumn<QueryEntry>[] = [
  text("QUERY_ID", (e) => e.queryId),
  text("QUERY_TEXT", (e) => e.queryText),
  text("DATABASE_NAME", (e) => e.databaseName),
  text("SCHEMA_NAME", (e) => e.schemaName),
  text("QUERY_TYPE", (e) => e.queryType),
  count("SESSION_ID", (e) => e.sessionId),
  text("USER_NAME", (e) => e.userName),
  text("ROLE_NAME", (e) => e.roleName),
  text("WAREHOUSE_NAME", (e) => e.warehouseName),
  text("WAREHOUSE_SIZE", (e) => e.warehouseSize),
  text("WAREHOUSE_TYPE", (e) => (e.warehouseName === null ? null : "STANDARD")),
  count("CLUSTER_NUMBER", (e) => (e.warehouseName === null ? null : 1)),
  text("QUERY_TAG", (e) => e.queryTag),
  text("EXECUTION_STATUS", (e) => STATUS[e.status]),
  count("ERROR_CODE", (e) => (e.errorCode === undefined ? null : Number(e.errorCode))),
  text("ERROR_MESSAGE", (e) => e.errorMessage),
  moment("START_TIME", (e) => e.startTime),
  moment("END_TIME", (e) => e.endTime ?? 0),
  count("TOTAL_ELAPSED_TIME", elapsed),
  none("BYTES_SCANNED", number()),
  count("ROWS_PRODUCED", (e) => e.rowsProduced),
  count("COMPILATION_TIME", (e) => e.compilationMs),
  count("EXECUTION_TIME", (e) => e.executionMs),
  count("QUEUED_PROVISIONING_TIME", () => 0),
  count("QUEUED_REPAIR_TIME", () => 0),
  count("QUEUED_OVERLOAD_TIME", () => 0),
  count("TRANSACTION_BLOCKED_TIME", () => 0),
  none("OUTBOUND_DATA_TRANSFER_CLOUD"),
  none("OUTBOUND_DATA_TRANSFER_REGION"),
  count("OUTBOUND_DATA_TRANSFER_BYTES", () => 0),
  none("INBOUND_DATA_TRANSFER_CLOUD"),
  none("INBOUND_DATA_TRANSFER_REGION"),
  count("INBOUND_DATA_TRANSFER_BYTES", () => 0),
  count("LIST_EXTERNAL_FILE_TIME", () => 0),
  decimal("CREDITS_USED_CLOUD_SERVICES", () => "0"),
  text("RELEASE_VERSION", (_e, context) => context.services.account.version),
  truth("IS_CLIENT_GENERATED_STATEMENT", (e) => e.isClientGenerated),
  count("ROWS_INSERTED", (e) => e.rowsInserted),
  count("ROWS_UPDATED", (e) => e.rowsUpdated),
  count("ROWS_DELETED", (e) => e.rowsDeleted),
  count("ROWS_UNLOADED", (e) => e.rowsUnloaded),
];

/** One's own statements, and those on warehouses that one may monitor or operate. */
export function mayRead(context: ExecutionContext, entry: QueryEntry): boolean {
  if (entry.userId === context.rights.userId || hasGlobal(context, "MONITOR")) return true;
  const warehouse = entry.warehouseId === null ? undefined : context.catalogue.get("WAREHOUSE", entry.warehouseId);
  return warehouse !== undefined && (has(context, "MONITOR", warehouse) || has(context, "OPERATE", warehouse));
}

function select(context: ExecutionContext, args: Arguments, wanted: (entry: QueryEntry) => boolean): QueryEntry[] {
  const limit = numberArgument(args, "RESULT_LIMIT", 100, 1, 10_000);
  const from = timeArgument(args, "END_TIME_RANGE_START");
  const to = timeArgument(args, "END_TIME_RANGE_END");
  const clients = textArgument(args, "INCLUDE_CLIENT_GENERATED_STATEMENT") === "1";
  const found: QueryEntry[] = [];
  for (const entry of context.services.history.all()) {
    if (entry.isClientGenerated && !clients) continue;
    if (from !== undefined && entry.endTime !== null && entry.endTime < from) continue;
    if (to !== undefined && (entry.endTime === null || entry.endTime > to)) continue;
    if (wanted(entry) && mayRead(context, entry)) found.push(entry);
  }
  return found.sort((a, b) => b.startTime - a.startTime).slice(0, limit);
}

const RANGE = ["END_TIME_RANGE_START?", "END_TIME_RANGE_END?", "RESULT_LIMIT?", "INCLUDE_CLIENT_GENERATED_STATEMENT?"];
const folded = (name: string | undefined): string | undefined =>
  name?.startsWith('"') ? name.slice(1, -1) : name?.toUpperCase();

export const QUERY_HISTORY = systemFunctionOf("QUERY_HISTORY", RANGE, QUERY_HISTORY_COLUMNS, (context, args) =>
  select(context, args, () => true),
);

export const QUERY_HISTORY_BY_SESSION = systemFunctionOf(
  "QUERY_HISTORY_BY_SESSION",
  ["SESSION_ID?", ...RANGE],
  QUERY_HISTORY_COLUMNS,
  (context, args) => {
    const session = textArgument(args, "SESSION_ID") ?? context.session.id;
    return select(context, args, (entry) => entry.sessionId === session);
  },
);

export const QUERY_HISTORY_BY_USER = systemFunctionOf(
  "QUERY_HISTORY_BY_USER",
  ["USER_NAME?", ...RANGE],
  QUERY_HISTORY_COLUMNS,
  (context, args) => {
    const user = folded(textArgument(args, "USER_NAME")) ?? context.catalogue.byId(context.rights.userId)?.name;
    return select(context, args, (entry) => entry.userName === user);
  },
);

export const QUERY_HISTORY_BY_WAREHOUSE = systemFunctionOf(
  "QUERY_HISTORY_BY_WAREHOUSE",
  ["WAREHOUSE_NAME?", ...RANGE],
  QUERY_HISTORY_COLUMNS,
  (context, args) => {
    const { warehouseId } = context.session;
    const current = warehouseId === null ? undefined : context.catalogue.get("WAREHOUSE", warehouseId)?.name;
    const warehouse = folded(textArgument(args, "WAREHOUSE_NAME")) ?? current;
    return select(context, args, (entry) => entry.warehouseName === warehouse);
  },
);
