import type { Name } from "../../../dialect/index";
import type { ColumnDoc, TableDoc } from "../../catalogue/model";
import { compilationError, invalidIdentifier, nullInNonNullable } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { fullName, resolveRelation } from "../../names/resolve";
import { require as requirePrivilege } from "../../privileges/index";
import { raise } from "../../translate/sql";
import { physicalType } from "../../types/dataType";

/** The table that a statement changes: only plain tables can be. */
export function targetTable(context: ExecutionContext, name: Name, privilege: string): TableDoc {
  const doc = resolveRelation(context, name, privilege, "Table");
  if (doc.kind !== "TABLE") {
    throw compilationError(
      "002052",
      "42601",
      `${doc.kind.replace("_", " ")} '${fullName(context.catalogue, doc)}' cannot be changed by DML.`,
    );
  }
  requirePrivilege(context, privilege, doc);
  return doc;
}

/** The columns an INSERT fills, in order; all of them when none is named. */
export function targetColumns(table: TableDoc, names: readonly { value: string }[]): ColumnDoc[] {
  if (names.length === 0) return table.columns;
  return names.map(({ value }) => {
    const column = table.columns.find((candidate) => candidate.name === value);
    if (!column) throw invalidIdentifier(value);
    return column;
  });
}

/** The value of a NOT NULL column, or Snowflake's error inside the engine. */
export function checked(sql: string, column: ColumnDoc): string {
  if (column.nullable) return sql;
  const { code, sqlState, message } = nullInNonNullable();
  return `CASE WHEN ${sql} IS NULL THEN ${raise(code, sqlState, message, "''", "", physicalType(column.type))} ELSE ${sql} END`;
}
