import type { Expression, Identifier, Merge, MergeClause } from "../../../dialect/index";
import type { ColumnDoc, TableDoc } from "../../catalogue/model";
import { compilationError } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { countsResult } from "../../execution/result";
import { STATEMENT_TYPE } from "../../execution/statementType";
import { parameter } from "../../parameters/effective";
import type { WriteUnit } from "../../store/writeUnit";
import type { Binder, Shared } from "../../translate/binder";
import { bound } from "../../translate/bound";
import { predicate } from "../../translate/expressions/predicates";
import { newBinder } from "../../translate/index";
import type { StatementHandler } from "../handler";
import { overBatch } from "./batch";
import { asWritten, namingColumn, type Written, writtenTo } from "./failedColumn";
import { wrongCount } from "./insert";
import { bindSource, type MergeSource, overSource } from "./mergeSource";
import { duplicateRow } from "./nondeterminism";
import { deleteRids, dropTemporary, insertRows, keep, updateRids } from "./rows";
import { assignedColumns, enterTarget, locksOf, targetColumns, targetTable } from "./target";
import { defaultOf, given, stored } from "./values";

const PRIVILEGES: Record<MergeClause["action"]["type"], string> = {
  UPDATE: "UPDATE",
  "UPDATE ALL BY NAME": "UPDATE",
  DELETE: "DELETE",
  INSERT: "INSERT",
  "INSERT ALL BY NAME": "INSERT",
};

/**
 * MERGE: every clause is worked out against the table as it was, then all changes are made.
 * Errors: 100090 a target row for which several source rows say different things.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/merge
 */
export const merge: StatementHandler<Merge> = {
  run: (outer, outerStatement) =>
    overBatch(outer, outerStatement, (context, statement) =>
      context.write((unit) => runMerge(context, unit, statement), locksOf(context, statement.table)),
    ),
};

async function runMerge(context: ExecutionContext, unit: WriteUnit, statement: Merge) {
  const kinds = new Set(statement.clauses.map((clause) => PRIVILEGES[clause.action.type]));
  const [first, ...others] = kinds;
  const table = targetTable(context, statement.table, first ?? "UPDATE", "Object");
  for (const privilege of others) targetTable(context, statement.table, privilege);
  refuseUnreachable(newBinder(context), statement.clauses);
  const source = bindSource(context, statement);
  const classify = classification(context, statement, table, source);
  const compiled = statement.clauses.map((clause, i) => planOf(context, statement, table, source, clause, i + 1));
  // All of it is compiled by now: what is wrong with the statement has been said.
  await source.read(unit);
  const matches = await classify(unit);
  const plans: Plan[] = [];
  for (const plan of compiled) plans.push(await plan(unit, matches));
  const counts = { INSERT: 0, UPDATE: 0, DELETE: 0 };
  for (const plan of plans) counts[plan.kind] += await plan.apply();
  await dropTemporary(unit, source.table, matches, ...plans.map((plan) => plan.kept));
  const names = { INSERT: "inserted", UPDATE: "updated", DELETE: "deleted" } as const;
  const shown = (["INSERT", "UPDATE", "DELETE"] as const).filter((kind) => kinds.has(kind));
  return {
    ...countsResult(
      STATEMENT_TYPE.MERGE,
      Object.fromEntries(shown.map((kind) => [`number of rows ${names[kind]}`, counts[kind]])),
    ),
    statistics: { inserted: counts.INSERT, updated: counts.UPDATE, deleted: counts.DELETE },
  };
}

/** A clause without AND ends its kind: nothing behind it could ever hold. */
function refuseUnreachable(binder: Binder, clauses: readonly MergeClause[]): void {
  for (const matched of [true, false]) {
    const own = clauses.filter((clause) => clause.matched === matched);
    const last = own.findIndex((clause) => !clause.condition);
    const unreachable = last < 0 ? undefined : own[last + 1];
    if (!unreachable) continue;
    const start = unreachable.span.start + (/^WHEN\s*/i.exec(binder.source(unreachable.span))?.[0].length ?? 0);
    throw compilationError("001003", "42000", "Unreachable merge case.", binder.position({ start, end: start }));
  }
}

/** Pairs of source row `n` and target row `rid` (NULL = not matched) with the number of the clause that takes them. */
function classification(
  context: ExecutionContext,
  statement: Merge,
  table: TableDoc,
  source: MergeSource,
): (unit: WriteUnit) => Promise<string> {
  let target = "";
  const { binder, shared } = overSource(context, source, (b) => {
    target = enterTarget(b, table, statement.alias);
  });
  binder.scope.clause = "ON";
  const on = predicate(binder, statement.on).sql;
  binder.scope.clause = undefined;
  // NOT MATCHED cannot see the target.
  const unmatched = overSource(context, source, undefined, shared).binder;
  const cases = (matched: boolean, b: Binder): string => {
    const whens = statement.clauses.flatMap((clause, i) => {
      if (clause.matched !== matched) return [];
      const test = clause.condition ? predicate(b, clause.condition).sql : "TRUE";
      return [`WHEN ${test} THEN ${i + 1}`];
    });
    return whens.length > 0 ? `CASE ${whens.join(" ")} END` : "NULL";
  };
  const action = `CASE WHEN t._rid IS NOT NULL THEN ${cases(true, binder)} ELSE ${cases(false, unmatched)} END`;
  const sql = `SELECT n, rid, action FROM (SELECT s.n, t._rid AS rid, ${action} AS action FROM ${source.table} AS s LEFT JOIN ${target} ON ${on}) WHERE action IS NOT NULL`;
  return async (unit) => {
    for (const prepare of shared.prerequisites) await unit.prepare(prepare);
    const pairs = await keep(unit, { sql, params: shared.params }, context.signal);
    const updates = statement.clauses.flatMap((c, i) => (c.action.type.startsWith("UPDATE") ? [i + 1] : []));
    if (updates.length === 0) return pairs;
    const { rows } = await unit.read(
      `SELECT min(rid) FROM (SELECT rid FROM ${pairs} WHERE rid IS NOT NULL GROUP BY rid HAVING count(*) > 1 AND bool_or(action IN (${updates.join(", ")})))`,
    );
    if (rows[0]?.[0] === null || rows[0]?.[0] === undefined) return pairs;
    if (parameter(context, "ERROR_ON_NONDETERMINISTIC_MERGE") !== false)
      throw await duplicateRow(binder, unit, table, rows[0][0]);
    const one = await keep(
      unit,
      {
        sql: `SELECT DISTINCT ON (rid) * FROM ${pairs} WHERE rid IS NOT NULL UNION ALL SELECT * FROM ${pairs} WHERE rid IS NULL`,
        params: [],
      },
      context.signal,
    );
    await dropTemporary(unit, pairs);
    return one;
  };
}

/** What a clause will do; its values are computed already. */
interface Plan {
  kind: "INSERT" | "UPDATE" | "DELETE";
  kept?: string;
  apply(): Promise<number>;
}

/** Compiles a clause; what it gives works the values out. */
function planOf(
  context: ExecutionContext,
  statement: Merge,
  table: TableDoc,
  source: MergeSource,
  clause: MergeClause,
  number: number,
): (unit: WriteUnit, matches: string) => Promise<Plan> {
  const { action } = clause;
  if (action.type === "DELETE") {
    return async (unit, matches) => {
      const rids = `SELECT rid FROM ${matches} WHERE action = ${number}`;
      return { kind: "DELETE", apply: () => deleteRids(unit, table, rids) };
    };
  }
  /** The values of the clause's pairs; `also` comes before them, `join` behind the pairs. */
  const workOut = async (
    unit: WriteUnit,
    matches: string,
    { prerequisites, params }: Shared,
    written: readonly Written[],
    { join = "", also = [] as readonly string[] } = {},
  ): Promise<string> => {
    for (const prepare of prerequisites) await unit.prepare(prepare);
    const select = [...also, ...written.map(({ sql }, i) => `${sql} AS v${i + 1}`)];
    const pairs = `${matches} AS a JOIN ${source.table} AS s ON s.n = a.n${join}`;
    const rows = { sql: `${pairs} WHERE a.action = ${number}`, params };
    return namingColumn(context, unit, asWritten(context, statement.table), written, rows, () =>
      keep(unit, { sql: `SELECT ${select.join(", ")} FROM ${rows.sql}`, params }, context.signal),
    );
  };
  if (action.type === "UPDATE" || action.type === "UPDATE ALL BY NAME") {
    let target = "";
    const { binder, shared } = overSource(context, source, (b) => {
      target = enterTarget(b, table, statement.alias);
    });
    const changes =
      action.type === "UPDATE"
        ? assignedColumns(context, table, statement.alias, action.set).map(({ column, assignment }) => ({
            column,
            value: given(binder, table, column, assignment.value),
          }))
        : byName(table, source).map(({ column, from }) => ({ column, value: from }));
    const written = changes.map(({ column, value }) => ({
      column,
      sql: stored(binder, column, value),
      computed: value.sql,
    }));
    const columns = changes.map(({ column }) => column);
    return async (unit, matches) => {
      const join = ` JOIN ${target} ON t._rid = a.rid`;
      const kept = await workOut(unit, matches, shared, written, { join, also: ["a.rid"] });
      return { kind: "UPDATE", kept, apply: () => updateRids(unit, table, columns, kept) };
    };
  }
  const { binder, shared } = overSource(context, source);
  const values =
    action.type === "INSERT"
      ? insertValues(binder, table, action.columns, action.values)
      : byName(table, source).map(({ column, from }) => stored(binder, column, from));
  const names = values.map((_, i) => `v${i + 1}`);
  return async (unit, matches) => {
    const kept = await workOut(unit, matches, shared, writtenTo(table, values));
    const from = { sql: kept, params: [] };
    return { kind: "INSERT", kept, apply: () => insertRows(unit, table, names, from, context.signal) };
  };
}

function insertValues(
  binder: Binder,
  table: TableDoc,
  names: readonly Identifier[],
  values: readonly Expression[],
): string[] {
  const columns = targetColumns(binder.context, table, names);
  if (columns.length !== values.length) throw wrongCount(columns.length, values.length);
  return table.columns.map((column) => {
    const value = values[columns.indexOf(column)];
    return stored(binder, column, value ? given(binder, table, column, value) : defaultOf(binder, table, column));
  });
}

/** ALL BY NAME: both sides must have the same columns, in any order. */
function byName(table: TableDoc, source: MergeSource): { column: ColumnDoc; from: ReturnType<typeof bound> }[] {
  const columns = source.relations.flatMap((relation) => relation.columns).filter((column) => !column.hidden);
  const found = table.columns.map((column) => ({ column, from: columns.filter(({ name }) => name === column.name) }));
  if (columns.length !== table.columns.length || found.some(({ from }) => from.length !== 1))
    throw compilationError(
      "001003",
      "42000",
      `ALL BY NAME expects the source to have the columns of the target: ${table.columns.map(({ name }) => name).join(", ")}; found: ${columns.map(({ name }) => name).join(", ")}.`,
    );
  return found.map(({ column, from: [match] }) => ({
    column,
    from: bound(match?.sql ?? "", match?.type ?? column.type, match?.nullable),
  }));
}
