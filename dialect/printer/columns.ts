import type { Autoincrement, ColumnDefinition, Constraint } from "../ast/index";
import { governance } from "./create";
import { commas, type Document, parenthesizedList, quote, sql, when, words } from "./document";

export const columnPrinters = {
  ColumnDefinition: (node: ColumnDefinition): Document =>
    words(
      node.name,
      node.type,
      when(node.computed, sql`AS (${node.computed})`),
      when(node.collate !== undefined, `COLLATE ${quote(node.collate ?? "")}`),
      node.notNull === undefined ? undefined : node.notNull ? "NOT NULL" : "NULL",
      when(node.default, sql`DEFAULT ${node.default}`),
      node.autoincrement,
      words(...node.constraints),
      governance(node),
      when(node.contact, sql`WITH ${node.contact}`),
      when(node.comment, sql`COMMENT ${node.comment}`),
    ),
  Autoincrement: (node: Autoincrement): Document =>
    words(
      "AUTOINCREMENT",
      when(node.start, sql`START ${node.start}`),
      when(node.step, sql`INCREMENT ${node.step}`),
      node.order,
    ),
  Constraint: printConstraint,
};

function printConstraint(node: Constraint): Document {
  const columns = when(node.columns.length, parenthesizedList(node.columns));
  const comment = when(node.comment, sql`COMMENT ${node.comment}`);
  if (node.type === "INDEX")
    return words("INDEX", node.name, columns, when(node.include, sql`INCLUDE (${commas(node.include ?? [])})`));
  const body =
    node.type === "CHECK"
      ? sql`CHECK (${node.check})`
      : node.references === undefined
        ? words(node.type, columns)
        : words(
            "FOREIGN KEY",
            columns,
            "REFERENCES",
            node.references.table,
            when(node.references.columns.length, parenthesizedList(node.references.columns)),
          );
  return words(when(node.name, sql`CONSTRAINT ${node.name}`), body, words(...node.properties), comment);
}
