import type { DynamicTableDoc } from "../catalogue/model";
import type { WriteUnit } from "../store/writeUnit";
import { downstreamOf } from "./graph";
import { stateOf } from "./state";

export type SuspendReason = "USER_SUSPENDED" | "SUSPENDED_DUE_TO_ERRORS";

const MESSAGES: Record<string, string> = {
  USER_SUSPENDED: "The dynamic table was suspended by the user.",
  SUSPENDED_DUE_TO_ERRORS: "The dynamic table was suspended because its scheduled refreshes failed 5 times in a row.",
  UPSTREAM_USER_SUSPENDED: "A dynamic table that this one reads was suspended by the user.",
  UPSTREAM_SUSPENDED_DUE_TO_ERRORS: "A dynamic table that this one reads was suspended because its refreshes failed.",
  CLONE: "A clone starts suspended.",
};

export const suspendMessage = (reason: string | undefined): string | null =>
  reason === undefined ? null : (MESSAGES[reason] ?? reason);

/**
 * Suspends a table and the dynamic tables that read it. Source: …/sql-reference/sql/alter-dynamic-table (SUSPEND).
 * `at` in milliseconds.
 */
export function suspend(unit: WriteUnit, doc: DynamicTableDoc, reason: SuspendReason, at: number): DynamicTableDoc {
  for (const below of downstreamOf(unit.catalogue.snapshot, doc.id)) {
    if (below.schedulingState === "ACTIVE") put(unit, below, `UPSTREAM_${reason}`, at);
  }
  return doc.schedulingState === "SUSPENDED" ? doc : put(unit, doc, reason, at);
}

const put = (unit: WriteUnit, doc: DynamicTableDoc, suspendReason: string, lastSuspendedOn: number): DynamicTableDoc =>
  unit.catalogue.update<DynamicTableDoc>(doc, { schedulingState: "SUSPENDED", suspendReason, lastSuspendedOn });

/** Resumes a table and those below that were suspended because of it; the count of failures starts anew. */
export function resume(unit: WriteUnit, doc: DynamicTableDoc, at: number): DynamicTableDoc {
  for (const below of downstreamOf(unit.catalogue.snapshot, doc.id)) {
    if (below.suspendReason?.startsWith("UPSTREAM_")) wake(unit, below, at);
  }
  return doc.schedulingState === "ACTIVE" ? doc : wake(unit, doc, at);
}

function wake(unit: WriteUnit, doc: DynamicTableDoc, resumedOn: number): DynamicTableDoc {
  const state = stateOf(doc);
  return unit.catalogue.update<DynamicTableDoc>(doc, {
    schedulingState: "ACTIVE",
    suspendReason: undefined,
    resumedOn,
    failuresBeforeFirst: undefined,
    ...(state ? { refreshState: { ...state, failures: 0 } } : {}),
  });
}
