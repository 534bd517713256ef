import type {
  BoundTable,
  Changes,
  DirectoryTable,
  FlowResult,
  Join,
  MatchRecognize,
  NamedTable,
  ParenthesizedTable,
  Pivot,
  Sample,
  SemanticViewTable,
  StagedFiles,
  SubqueryTable,
  TableAlias,
  TableFunction,
  TableLiteral,
  TimeTravel,
  Unpivot,
  ValuesTable,
  WrappedTable,
} from "../ast/index";
import { commas, type Document, parenthesizedList, sql, when, words } from "./document";

/** The table with its alias and sample behind it. */
function aliased(node: { alias?: TableAlias; sample?: Sample }, ...table: Document[]): Document {
  return words(...table, node.alias, node.sample);
}

export const tableReferencePrinters = {
  TableAlias: (node: TableAlias): Document =>
    sql`AS ${node.name}${when(node.columns.length, [" ", parenthesizedList(node.columns)])}`,
  TimeTravel: (node: TimeTravel): Document => sql`${node.when} (${node.point} => ${node.value})`,
  Changes: (node: Changes): Document =>
    words(`CHANGES (${node.information ? `INFORMATION => ${node.information}` : ""})`, node.at, node.end),
  Sample: (node: Sample): Document =>
    words(
      "SAMPLE",
      node.method,
      sql`(${words(node.size, when(node.rows, "ROWS"))})`,
      when(node.seed, sql`SEED (${node.seed})`),
    ),
  NamedTable: (node: NamedTable): Document => aliased(node, node.name, node.timeTravel, node.changes),
  SubqueryTable: (node: SubqueryTable): Document => aliased(node, when(node.lateral, "LATERAL"), sql`(${node.query})`),
  ValuesTable: (node: ValuesTable): Document => aliased(node, node.parenthesized ? sql`(${node.values})` : node.values),
  TableFunction: (node: TableFunction): Document =>
    aliased(node, when(node.lateral, "LATERAL"), node.wrapped ? sql`TABLE(${node.call})` : node.call),
  TableLiteral: (node: TableLiteral): Document => aliased(node, sql`TABLE(${node.value})`),
  StagedFiles: (node: StagedFiles): Document =>
    aliased(node, node.location, when(node.options.length, parenthesizedList(node.options))),
  DirectoryTable: (node: DirectoryTable): Document => aliased(node, sql`DIRECTORY(${node.stage})`),
  WrappedTable: (node: WrappedTable): Document =>
    aliased(node, sql`${node.wrapper}(${node.name})`, node.timeTravel, node.changes),
  FlowResult: (node: FlowResult): Document => aliased(node, `$${node.index}`),
  BoundTable: (node: BoundTable): Document => aliased(node, node.variable),
  SemanticViewTable: (node: SemanticViewTable): Document =>
    aliased(node, sql`SEMANTIC_VIEW(${words(node.name, node.clauses)})`),
  ParenthesizedTable: (node: ParenthesizedTable): Document => aliased(node, sql`(${node.table})`),
  Join: printJoin,
  Pivot: printPivot,
  Unpivot: printUnpivot,
  MatchRecognize: printMatchRecognize,
};

function printJoin(node: Join): Document {
  const right = node.right.kind === "Join" ? node.right : undefined;
  // A join on the right without parentheses is read so only when both conditions follow it.
  const rightSide: Document =
    right !== undefined && node.on === undefined && node.using === undefined ? sql`(${right})` : node.right;
  const plain = node.type === "INNER" && !node.directed;
  return words(
    node.left,
    when(node.natural, "NATURAL"),
    when(!plain, node.type),
    when(node.directed, "DIRECTED"),
    "JOIN",
    rightSide,
    when(node.matchCondition, sql`MATCH_CONDITION (${node.matchCondition})`),
    when(node.on, sql`ON ${node.on}`),
    when(node.using, sql`USING ${parenthesizedList(node.using ?? [])}`),
    when(node.readOrder, node.readOrder && sql`${node.readOrder.position} (${node.readOrder.alias})`),
  );
}

function printPivot(node: Pivot): Document {
  const aggregates = node.aggregates.map(({ call, alias }) => words(call, when(alias, sql`AS ${alias}`)));
  const values = Array.isArray(node.values)
    ? commas(node.values.map(({ value, alias }) => words(value, when(alias, sql`AS ${alias}`))))
    : "any" in node.values
      ? words("ANY", when(node.values.orderBy.length, sql`ORDER BY ${commas(node.values.orderBy)}`))
      : node.values;
  const fallback = when(node.defaultOnNull, sql` DEFAULT ON NULL (${node.defaultOnNull})`);
  return aliased(node, node.source, sql`PIVOT (${commas(aggregates)} FOR ${node.column} IN (${values})${fallback})`);
}

function printUnpivot(node: Unpivot): Document {
  const columns = node.columns.map(({ column, alias }) => words(column, when(alias, sql`AS ${alias}`)));
  return aliased(
    node,
    node.source,
    words(
      "UNPIVOT",
      when(node.nulls, `${node.nulls} NULLS`),
      sql`(${node.value} FOR ${node.name} IN ${parenthesizedList(columns)})`,
    ),
  );
}

function printMatchRecognize(node: MatchRecognize): Document {
  const clauses = words(
    when(node.partitionBy.length, sql`PARTITION BY ${commas(node.partitionBy)}`),
    when(node.orderBy.length, sql`ORDER BY ${commas(node.orderBy)}`),
    when(
      node.measures.length,
      sql`MEASURES ${commas(node.measures.map((m) => words(m.semantics, m.expression, sql`AS ${m.alias}`)))}`,
    ),
    node.rowsPerMatch,
    node.emptyMatches,
    when(node.afterMatch, words(`AFTER MATCH SKIP ${node.afterMatch}`, node.afterMatchSymbol)),
    `PATTERN (${node.pattern})`,
    when(
      node.subsets.length,
      sql`SUBSET ${commas(node.subsets.map((s) => sql`${s.name} = ${parenthesizedList(s.symbols)}`))}`,
    ),
    sql`DEFINE ${commas(node.define.map((d) => sql`${d.symbol} AS ${d.condition}`))}`,
  );
  return aliased(node, node.source, sql`MATCH_RECOGNIZE (${clauses})`);
}
