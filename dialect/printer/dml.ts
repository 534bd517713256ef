import type {
  ColumnAssignment,
  CopyFiles,
  CopyIntoLocation,
  CopyIntoTable,
  Delete,
  Insert,
  InsertTarget,
  Merge,
  MergeClause,
  MultiTableInsert,
  Query,
  Truncate,
  Update,
} from "../ast/index";
import { commas, type Document, inParentheses, parenthesizedList, sql, when, words } from "./document";
import { dotted } from "./names";

export const dmlPrinters = {
  Insert: (node: Insert): Document =>
    words("INSERT", when(node.overwrite, "OVERWRITE"), "INTO", node.table, columnList(node.columns), node.source),
  MultiTableInsert: (node: MultiTableInsert): Document =>
    words(
      "INSERT",
      when(node.overwrite, "OVERWRITE"),
      node.mode,
      words(
        ...node.branches.map(({ when: condition, into }) =>
          words(when(condition, sql`WHEN ${condition} THEN`), ...into),
        ),
      ),
      when(node.otherwise, words("ELSE", ...(node.otherwise ?? []))),
      node.source,
    ),
  InsertTarget: (node: InsertTarget): Document =>
    words(
      "INTO",
      node.table,
      columnList(node.columns),
      when(node.values, sql`VALUES ${parenthesizedList(node.values ?? [])}`),
    ),
  ColumnAssignment: (node: ColumnAssignment): Document => sql`${dotted(node.column)} = ${node.value}`,
  Update: (node: Update): Document =>
    words(
      "UPDATE",
      node.table,
      node.alias,
      "SET",
      commas(node.set),
      when(node.from.length, sql`FROM ${commas(node.from)}`),
      when(node.where, sql`WHERE ${node.where}`),
    ),
  Delete: (node: Delete): Document =>
    words(
      "DELETE FROM",
      node.table,
      node.alias,
      when(node.using.length, sql`USING ${commas(node.using)}`),
      when(node.where, sql`WHERE ${node.where}`),
    ),
  Merge: (node: Merge): Document =>
    words("MERGE INTO", node.table, node.alias, "USING", node.using, sql`ON ${node.on}`, ...node.clauses),
  MergeClause: (node: MergeClause): Document =>
    words(
      "WHEN",
      when(!node.matched, "NOT"),
      "MATCHED",
      when(node.condition, sql`AND ${node.condition}`),
      "THEN",
      mergeAction(node.action),
    ),
  Truncate: (node: Truncate): Document =>
    words("TRUNCATE", node.objectType, when(node.ifExists, "IF EXISTS"), node.table),
  CopyIntoTable: (node: CopyIntoTable): Document =>
    words(
      "COPY INTO",
      node.table,
      columnList(node.columns),
      node.from && sql`FROM ${source(node.from)}`,
      ...node.properties,
    ),
  CopyIntoLocation: (node: CopyIntoLocation): Document =>
    words(
      "COPY INTO",
      node.location,
      "FROM",
      source(node.from),
      when(node.partitionBy, node.partitionBy && sql`PARTITION BY ${inParentheses(node.partitionBy)}`),
      ...node.properties,
    ),
  CopyFiles: (node: CopyFiles): Document =>
    words("COPY FILES INTO", node.location, "FROM", source(node.from), ...node.properties),
};

function columnList(columns: readonly Document[]): Document {
  return when(columns.length, parenthesizedList(columns));
}

function source(from: Exclude<Document, undefined | false> | Query): Document {
  return typeof from === "object" && "kind" in from && from.kind === "Query" ? inParentheses(from) : from;
}

function mergeAction(action: MergeClause["action"]): Document {
  switch (action.type) {
    case "UPDATE":
      return sql`UPDATE SET ${commas(action.set)}`;
    case "INSERT":
      return words("INSERT", columnList(action.columns), sql`VALUES ${parenthesizedList(action.values)}`);
    default:
      return action.type;
  }
}
