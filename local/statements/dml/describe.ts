import type { Delete, Insert, Merge, Update } from "../../../dialect/index";
import type { ExecutionContext } from "../../execution/context";
import type { ResultColumn } from "../../execution/result";
import { translateQuery } from "../../translate/index";
import { number } from "../../types/dataType";
import { wrongCount } from "./insert";
import { refusesMultiJoined } from "./nondeterminism";
import { targetColumns, targetTable } from "./target";

const counts = (...names: string[]): ResultColumn[] =>
  names.map((name) => ({ name: `number of ${name}`, type: number(19, 0), nullable: false }));

/** What an INSERT would answer with; its table, columns and query are checked as running it would. */
export async function describeInsert(context: ExecutionContext, statement: Insert): Promise<ResultColumn[]> {
  const columns = targetColumns(context, targetTable(context, statement.table, "INSERT"), statement.columns);
  const { source } = statement;
  const widths =
    source.body.kind === "Values"
      ? source.body.rows.map((row) => row.length)
      : [translateQuery(context, source).columns.length];
  for (const width of widths) if (width !== columns.length) throw wrongCount(columns.length, width);
  return counts("rows inserted");
}

export async function describeUpdate(context: ExecutionContext, { table }: Update): Promise<ResultColumn[]> {
  targetTable(context, table, "UPDATE", "Object");
  return refusesMultiJoined(context) ? counts("rows updated") : counts("rows updated", "multi-joined rows updated");
}

export async function describeDelete(context: ExecutionContext, { table }: Delete): Promise<ResultColumn[]> {
  targetTable(context, table, "DELETE", "Object");
  return counts("rows deleted");
}

/** One count for each kind of change that the clauses of a MERGE make. */
export async function describeMerge(context: ExecutionContext, { table, clauses }: Merge): Promise<ResultColumn[]> {
  const kinds = (["INSERT", "UPDATE", "DELETE"] as const).filter((kind) =>
    clauses.some((clause) => clause.action.type.startsWith(kind)),
  );
  for (const kind of kinds) targetTable(context, table, kind, "Object");
  const names = { INSERT: "rows inserted", UPDATE: "rows updated", DELETE: "rows deleted" };
  return counts(...kinds.map((kind) => names[kind]));
}
