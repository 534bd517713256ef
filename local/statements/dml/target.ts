import type { ColumnAssignment, Identifier, Name, Span, TableAlias } from "../../../dialect/index";
import type { ColumnDoc, TableDoc } from "../../catalogue/model";
import {
  compilationError,
  duplicateColumn,
  invalidIdentifier,
  notAGroupByExpression,
  type Position,
} from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { fullName, printName, resolveRelation } from "../../names/resolve";
import { require as requirePrivilege } from "../../privileges/index";
import { columnName, tableName } from "../../store/physical";
import type { Binder } from "../../translate/binder";
import { newBinder } from "../../translate/index";
import { policed } from "../../translate/query/policed";
import { columnNamed } from "../ddl/tables/columns";

/** The table that a statement changes: only plain tables can be. `title` is what a message calls one that is not there. */
export function targetTable(
  context: ExecutionContext,
  name: Name,
  privilege: string,
  title: "Table" | "Object" = "Table",
): TableDoc {
  const doc = resolveRelation(context, name, privilege, title);
  if (doc.kind !== "TABLE") {
    throw compilationError(
      "002052",
      "42601",
      `${doc.kind.replace("_", " ")} '${fullName(context.catalogue, doc)}' cannot be changed by DML.`,
    );
  }
  requirePrivilege(context, privilege, doc);
  context.session.transaction?.tables.add(doc.id);
  return doc;
}

/** What `write` has to know before it can be said whether the statement is right: whose rows it may update or delete. */
export function locksOf(context: ExecutionContext, name: Name): { locks?: number } {
  try {
    return { locks: resolveRelation(context, name, "this operation", "Table").id };
  } catch {
    return {};
  }
}

const positionOf = (context: ExecutionContext, span: Span): Position => newBinder(context).position(span);

/** The columns an INSERT fills, in order; all of them when none is named. */
export function targetColumns(context: ExecutionContext, table: TableDoc, names: readonly Identifier[]): ColumnDoc[] {
  if (names.length === 0) return table.columns;
  const found = names.map(({ value, span }) => columnNamed(table.columns, value, positionOf(context, span)));
  found.forEach((column, i) => {
    if (found.indexOf(column) !== i) throw duplicateColumn(printName(column.name));
  });
  return found;
}

/** The columns that a SET list names, each once; `t.c` counts when `t` is the target. */
export function assignedColumns(
  context: ExecutionContext,
  table: TableDoc,
  alias: TableAlias | undefined,
  set: readonly ColumnAssignment[],
): { column: ColumnDoc; assignment: ColumnAssignment }[] {
  const found = set.map((assignment) => {
    const qualifier = assignment.column.at(-2)?.value;
    const name = assignment.column.at(-1)?.value ?? "";
    const at = assignment.column[0] && positionOf(context, assignment.column[0].span);
    if (qualifier !== undefined && qualifier !== table.name && qualifier !== alias?.name.value)
      throw invalidIdentifier(printName(qualifier, name), at);
    return { column: columnNamed(table.columns, name, at), assignment };
  });
  found.forEach(({ column }, i) => {
    if (found.findIndex((other) => other.column === column) !== i) throw duplicateColumn(printName(column.name));
  });
  return found;
}

/** Said of an aggregate among the values of an UPDATE or a MERGE: the rows that it changes are no groups. */
export const ungroupedChange = () => notAGroupByExpression("PSEUDOCOLUMN(VOL_ID)");

/** Name by which the number of the target's row is found in the scope; no identifier of a user has it. */
const ROW_ID = "\uE000rid";

/** Puts the target into the scope of a binder and gives its FROM text; see `rowIdOf`. */
export function enterTarget(binder: Binder, table: TableDoc, alias: TableAlias | undefined): string {
  const { catalogue } = binder.context;
  const schema = catalogue.get("SCHEMA", table.parentId);
  const database = schema && catalogue.get("DATABASE", schema.parentId);
  binder.scope.relations.push({
    name: alias?.name.value ?? table.name,
    path: alias === undefined ? [database?.name ?? "", schema?.name ?? ""] : undefined,
    columns: [
      ...table.columns.map((column) => ({
        name: column.name,
        sql: `t.${columnName(column)}`,
        type: column.type,
        nullable: column.nullable || column.maskingPolicy !== undefined,
      })),
      {
        name: ROW_ID,
        sql: "t._rid",
        type: { kind: "NUMBER" as const, precision: 19, scale: 0 },
        nullable: false,
        hidden: true,
      },
    ],
  });
  return `${policed(binder, table, tableName(table.id), columnName)} AS t`;
}

/** SQL of the target's row number; FROM may have renamed it. */
export const rowIdOf = (binder: Binder): string =>
  binder.scope.relations.flatMap((relation) => relation.columns).find((column) => column.name === ROW_ID)?.sql ??
  "t._rid";
