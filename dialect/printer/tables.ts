import type { CreateDynamicTable, CreateTable, CreateView, TableSource } from "../ast/index";
import { createHead, governance } from "./create";
import { commas, type Document, inParentheses, parenthesizedList, sql, when, words } from "./document";

export const tablePrinters = {
  CreateTable: printCreateTable,
  CreateDynamicTable: printCreateDynamicTable,
  CreateView: (node: CreateView): Document =>
    words(
      createHead(
        node,
        when(node.secure, "SECURE"),
        when(node.temporary, "TEMPORARY"),
        when(node.recursive, "RECURSIVE"),
        when(node.interactive, "INTERACTIVE"),
        when(node.materialized, "MATERIALIZED"),
        "VIEW",
      ),
      when(node.columns.length, parenthesizedList(node.columns)),
      words(...node.properties),
      governance(node),
      when(node.clusterBy, clusterBy(node.clusterBy ?? [])),
      sql`AS ${node.query}`,
    ),
};

function clusterBy(expressions: readonly Document[]): Document {
  return sql`CLUSTER BY (${commas(expressions)})`;
}

function printCreateTable(node: CreateTable): Document {
  const definitions = [...node.columns, ...node.constraints];
  const { source } = node;
  const last =
    source !== undefined && (source.type === "AS" || source.type === "FROM" || source.type === "FROM ARCHIVE OF");
  return words(
    createHead(node, when(node.procedureScoped, "PROCEDURE SCOPED"), node.persistence, node.tableType),
    when(definitions.length, parenthesizedList(definitions)),
    when(source !== undefined && !last, source && tableSource(source)),
    when(node.partitionBy, sql`PARTITION BY (${commas(node.partitionBy ?? [])})`),
    when(node.clusterBy, clusterBy(node.clusterBy ?? [])),
    words(...node.properties),
    governance(node),
    when(last, source && tableSource(source)),
  );
}

function tableSource(source: TableSource): Document {
  switch (source.type) {
    case "AS":
      return sql`AS ${source.query}`;
    case "LIKE":
      return sql`LIKE ${source.table}`;
    case "CLONE":
      return source.clone;
    case "USING TEMPLATE":
      return source.template.kind === "Query"
        ? sql`USING TEMPLATE ${inParentheses(source.template)}`
        : sql`USING TEMPLATE ${source.template}`;
    case "FROM":
      return source.from.kind === "Query" ? sql`FROM ${inParentheses(source.from)}` : sql`FROM ${source.from}`;
    case "FROM BACKUP SET":
      return words("FROM BACKUP SET", source.backupSet, when(source.identifier, sql`IDENTIFIER ${source.identifier}`));
    case "FROM ARCHIVE OF":
      return words("FROM ARCHIVE OF", source.table, when(source.alias, sql`AS ${source.alias}`), "WHERE", source.where);
  }
}

function printCreateDynamicTable(node: CreateDynamicTable): Document {
  const { backupSet, executeAsUser } = node;
  const roles = executeAsUser?.secondaryRoles;
  return words(
    createHead(node, when(node.transient, "TRANSIENT"), "DYNAMIC", when(node.iceberg, "ICEBERG"), "TABLE"),
    node.clone,
    when(
      backupSet,
      backupSet &&
        words("FROM BACKUP SET", backupSet.name, when(backupSet.identifier, sql`IDENTIFIER ${backupSet.identifier}`)),
    ),
    when(node.columns.length, parenthesizedList(node.columns)),
    words(...node.properties),
    when(node.partitionBy, sql`PARTITION BY (${commas(node.partitionBy ?? [])})`),
    when(node.clusterBy, clusterBy(node.clusterBy ?? [])),
    governance(node),
    when(node.frozenWhere, sql`FROZEN WHERE (${node.frozenWhere})`),
    when(node.backfillFrom, sql`BACKFILL FROM ${node.backfillFrom}`),
    when(node.startAt, sql`START ${node.startAt}`),
    when(
      executeAsUser,
      words(
        "EXECUTE AS USER",
        executeAsUser?.user,
        when(roles, sql`USE SECONDARY ROLES ${Array.isArray(roles) ? commas(roles) : roles}`),
      ),
    ),
    when(node.refreshUsing, sql`REFRESH USING (${node.refreshUsing})`),
    when(node.query, sql`AS ${node.query}`),
  );
}
