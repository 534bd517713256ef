import type { DynamicTableDoc } from "../catalogue/model";
import { toMillis } from "../clock";
import { compilationError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { type StatementResult, statusResult } from "../execution/result";
import { asSnowflakeError } from "../execution/runStatement";
import { ownerRights } from "../privileges/index";
import type { WriteUnit } from "../store/writeUnit";
import { upstreamOf } from "./graph";
import {
  lagSeconds,
  noteRefresh,
  type RefreshEntry,
  type RefreshTrigger,
  recordRefresh,
  runningRefreshes,
} from "./history";
import { type RefreshOutcome, refreshRows } from "./refreshRows";
import { dataTimestampOf } from "./state";

/** The first refresh, or the one after a changed query; part of the statement that asks for it. */
export async function initializeDynamicTable(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: DynamicTableDoc,
): Promise<void> {
  for (const upstream of upstreamOf(context, unit.catalogue.snapshot, doc))
    await refreshOne(context, unit, upstream, "CREATION");
  await refreshOne(context, unit, doc, "CREATION");
}

/**
 * ALTER DYNAMIC TABLE … REFRESH: first what the table reads, then the table itself. Error 002743 in a transaction, 002753 where what the
 * table reads cannot be refreshed. Source: https://docs.snowflake.com/en/user-guide/dynamic-tables/error-codes
 */
export async function refreshDynamicTable(context: ExecutionContext, doc: DynamicTableDoc): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      for (const upstream of upstreamOf(context, unit.catalogue.snapshot, doc))
        await refreshOne(context, unit, upstream, "MANUAL").catch(upstreamFailed);
      await refreshOne(context, unit, doc, "MANUAL");
      return statusResult("Statement executed successfully.");
    },
    { ddl: true },
  );
}

function upstreamFailed(): never {
  throw compilationError(
    "002753",
    "55000",
    "Manual refresh failed because an upstream dynamic table failed to refresh.",
  );
}

/**
 * One refresh with its entry in the history. It uses the table's warehouse, or the one for builds from
 * scratch, unless nothing has changed. What fails is noted even though
 * everything else of the write is undone; the error goes on.
 */
export async function refreshOne(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: DynamicTableDoc,
  trigger: RefreshTrigger,
): Promise<RefreshOutcome> {
  const { services } = context;
  const now = () => toMillis(services.clock.nowMicros());
  const entry = startedEntry(context, doc, trigger, now());
  const running = runningRefreshes(services.store);
  running.set(doc.id, entry);
  let release: (() => void) | undefined;
  const started = performance.now();
  const times = () => ({
    queuedTimeMs: 0,
    compilationTimeMs: 0,
    executionTimeMs: Math.round(performance.now() - started),
  });
  try {
    const owner = context.nested({ rights: ownerRights(context, doc), ownQueryId: false });
    const outcome = await refreshRows(context, unit, doc, async (isRebuilt) => {
      const warehouseId = (isRebuilt ? doc.initializationWarehouseId : undefined) ?? doc.warehouseId;
      release = await services.warehouses.use(owner, warehouseId);
    });
    await recordRefresh(unit, {
      ...entry,
      state: "SUCCEEDED",
      stateCode: "SUCCESS",
      dataTimestamp: outcome.dataTimestamp,
      endTime: now(),
      action: outcome.action,
      reinitReason: outcome.reinitReason ?? null,
      inputs: outcome.action === "NO_DATA" ? null : outcome.inputs,
      statistics: {
        numInsertedRows: outcome.inserted,
        numDeletedRows: outcome.deleted,
        numCopiedRows: outcome.action === "FULL" ? outcome.kept : 0,
        numAddedPartitions: outcome.inserted > 0 ? 1 : 0,
        numRemovedPartitions: outcome.deleted > 0 ? 1 : 0,
        numScannedRows: outcome.scanned,
        ...times(),
      },
    });
    return outcome;
  } catch (error) {
    const said = asSnowflakeError(error, context);
    await noteRefresh(services.store, {
      ...entry,
      state: "FAILED",
      stateCode: said.code,
      stateMessage: said.message,
      endTime: now(),
      statistics: times(),
    });
    throw said;
  } finally {
    release?.();
    running.delete(doc.id);
  }
}

export function startedEntry(
  context: ExecutionContext,
  doc: DynamicTableDoc,
  trigger: RefreshTrigger,
  startTime: number,
): RefreshEntry {
  const last = dataTimestampOf(doc);
  const lag = lagSeconds(doc);
  return {
    tableId: doc.id,
    state: "EXECUTING",
    stateCode: "EXECUTING",
    stateMessage: "",
    queryId: context.queryId,
    dataTimestamp: toMillis(context.now),
    startTime,
    endTime: null,
    completionTarget: last === undefined || lag === null ? null : last + lag * 1000,
    action: null,
    reinitReason: null,
    trigger,
    targetLagSeconds: lag,
    statistics: {},
    inputs: null,
  };
}
