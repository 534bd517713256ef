import { type CreateView, parseQuery, type Query, visit } from "../../../../dialect/index";
import type { ColumnDoc } from "../../../catalogue/model";
import { compilationError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { nameParts } from "../../../names/parts";
import { settled } from "../../../translate/bound";
import { translateQuery } from "../../../translate/index";
import { viewQuery } from "../../../translate/query/viewQuery";
import { tagValues } from "../support/tags";
import { refuseDuplicates } from "./columns";
import { invalidColumnList, namedColumns } from "./fromQuery";

/** What is bound to a statement is gone when its view is read. */
function refuseBinds(statement: CreateView): void {
  const refuse = (): never => {
    throw compilationError("001003", "42000", "Bind variables not allowed in view and UDF definitions.");
  };
  visit(statement.query, { BindPlaceholder: refuse, BindVariable: refuse });
}

/** The query that gives the rows, with the places of the statement. */
function rowsQuery(context: ExecutionContext, statement: CreateView): Query {
  if (!statement.recursive) return statement.query;
  if (statement.columns.length === 0) throw invalidColumnList();
  const name = nameParts(context, statement.name).at(-1) ?? "";
  const columns = statement.columns.map((c) => ({ name: c.name.value }));
  const query = parseQuery(viewQuery({ name, columns, query: "SELECT 1", recursive: true }));
  for (const table of query.with?.tables ?? [])
    if (table.kind === "CommonTableExpression") table.query = statement.query;
  return query;
}

/** The columns of the view that a statement makes: those of its query, by the names it lists. */
export function viewColumns(context: ExecutionContext, statement: CreateView): ColumnDoc[] {
  refuseBinds(statement);
  const { columns: given } = translateQuery(context, rowsQuery(context, statement));
  const columns = statement.columns.length === 0 ? namedColumns(statement.query, given) : given;
  if (statement.columns.length > 0 && statement.columns.length !== columns.length) throw invalidColumnList();
  const named = columns.map((column, i): ColumnDoc => {
    const definition = statement.columns[i];
    const tags = definition ? tagValues(context, definition.tags) : undefined;
    return {
      id: i + 1,
      name: definition?.name.value ?? column.name,
      type: settled(column.type),
      // Nothing but a column as it is passes its NOT NULL on, not even what can be no NULL.
      nullable: column.nullable || !column.isPlain,
      ...(definition?.comment?.value ? { comment: definition.comment.value } : {}),
      ...(tags ? { tags } : {}),
    };
  });
  refuseDuplicates(named.map((c) => c.name));
  return named;
}
