import type { BoundStatement, PlanAnswer, PlanCell, PlanError, PlanVerdict } from "../../api/plans";
import { exactJson, parseExact, parsePlain } from "../warehouse/exactJson";
import { type Row, text } from "../warehouse/rows";
import { nameOf, type Warehouse } from "../warehouse/warehouse";

/** Snowflake itself ends a plan at its runtime budget; this is for a warehouse that went away meanwhile. */
const PLAN_TIMEOUT_MS = 300_000;

/** Has a plan checked; nothing runs. */
export async function validatePlan({ connection, outputs }: Warehouse, plan: string): Promise<PlanVerdict> {
  const sqlText = `CALL ${nameOf(outputs.procedures, "validateQueryPlan")}(PARSE_JSON(?))`;
  const answer = answerOf(await connection.query(sqlText, [plan]));
  const verdict = parseExact(answer) as { valid: boolean; plan?: unknown };
  return {
    valid: verdict.valid,
    errors: errorsOf(parsePlain(answer)),
    normal: verdict.plan == null ? null : exactJson(verdict.plan),
  };
}

/** Runs a plan. It is one bound value of a fixed statement; the warehouse audits the run. */
export async function runPlan({ connection, outputs }: Warehouse, plan: string): Promise<PlanAnswer> {
  const statement: BoundStatement = {
    sqlText: `CALL ${nameOf(outputs.procedures, "executeQueryPlan")}(PARSE_JSON(?))`,
    binds: [plan],
  };
  const rows = await connection.query(statement.sqlText, statement.binds, PLAN_TIMEOUT_MS);
  const answer = parsePlain(answerOf(rows)) as Record<string, unknown>;
  const found = (answer.rows ?? []) as Record<string, PlanCell>[];
  return {
    valid: answer.valid === true,
    errors: errorsOf(answer),
    columns: columnsOf(found, plan),
    rows: found,
    rowCount: Number(answer.row_count ?? 0),
    isTruncated: answer.truncated === true,
    notice: (answer.notice as string | null) ?? null,
    queryId: (answer.query_id as string | null) ?? null,
    runtimeMs: (answer.runtime_ms as number | null) ?? null,
    from: (answer.from as string | null) ?? null,
    to: (answer.to as string | null) ?? null,
    skipped: (answer.skipped as Record<string, number> | null) ?? {},
    statement,
  };
}

const answerOf = (rows: Row[]): string => text(Object.values(rows[0] ?? {})[0]);

const errorsOf = (answer: unknown): PlanError[] => ((answer as { errors?: PlanError[] }).errors ?? []) as PlanError[];

/** A time first, then what tells events apart. */
const EVENT_COLUMNS = [
  "occurred_at",
  "action",
  "actor_id",
  "object_type",
  "object_id",
  "attributes",
  "revenue_impact",
  "relate",
];

/** The order of the columns: groups and measures as the plan names them, of events what people look for first. */
function columnsOf(rows: Record<string, PlanCell>[], planText: string): string[] {
  const present = new Set(rows.flatMap((row) => Object.keys(row)));
  const plan = parsePlain(planText) as { group_by?: unknown[]; measures?: unknown[] };
  const asked = [...(plan.group_by ?? []), ...(plan.measures ?? []).map(measureName)].filter(
    (name) => typeof name === "string",
  );
  const first = [...asked, ...EVENT_COLUMNS].filter((name) => present.has(name));
  return [...new Set([...first, ...[...present].sort()])];
}

function measureName(measure: unknown): unknown {
  if (typeof measure === "string" || measure === null || typeof measure !== "object") return measure;
  const { as, fn, field } = measure as { as?: string; fn?: string; field?: string };
  return as ?? (field === undefined ? fn : `${fn}(${field})`);
}
