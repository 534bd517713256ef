import type {
  CreateSemanticView,
  Expression,
  SemanticExpression,
  SemanticRelationship,
  SemanticTable,
  SemanticVariable,
  TagAssignment,
  VerifiedQuery,
} from "../ast/index";
import { createHead, governance, tagList } from "./create";
import { type Document, parenthesizedList, sql, when, words } from "./document";

/** The last clause, as GET_DDL writes it. */
const EXTENSION = "WITH EXTENSION";

export const semanticViewPrinters = {
  CreateSemanticView: (node: CreateSemanticView): Document =>
    words(
      createHead(node, "SEMANTIC VIEW"),
      sql`TABLES ${parenthesizedList(node.tables)}`,
      list("RELATIONSHIPS", node.relationships),
      list("VARIABLES", node.variables),
      list("FACTS", node.facts),
      list("DIMENSIONS", node.dimensions),
      list("METRICS", node.metrics),
      when(node.materializations !== undefined, `MATERIALIZATIONS (${node.materializations})`),
      ...node.properties.filter((property) => property.name !== EXTENSION),
      list("AI_VERIFIED_QUERIES", node.verifiedQueries),
      ...node.properties.filter((property) => property.name === EXTENSION),
      governance(node),
    ),
  SemanticTable: (node: SemanticTable): Document =>
    words(
      when(node.alias, sql`${node.alias} AS`),
      node.source.kind === "Query" ? sql`(${node.source})` : node.source,
      when(node.primaryKey, sql`PRIMARY KEY ${parenthesizedList(node.primaryKey ?? [])}`),
      ...node.unique.map((columns) => sql`UNIQUE ${parenthesizedList(columns)}`),
      node.distinctRange &&
        words("CONSTRAINT", node.distinctRange.constraint, "DISTINCT RANGE", between(node.distinctRange)),
      description(node),
    ),
  SemanticRelationship: (node: SemanticRelationship): Document =>
    words(
      when(node.name, sql`${node.name} AS`),
      node.table,
      parenthesizedList(node.columns),
      "REFERENCES",
      node.references,
      list("", [
        ...node.referenced.map(({ column, asof }) => words(when(asof, "ASOF"), column)),
        ...(node.between ? [between(node.between)] : []),
      ]),
    ),
  SemanticVariable: (node: SemanticVariable): Document =>
    words(
      node.name,
      node.dataType,
      when(node.default, sql`DEFAULT ${node.default}`),
      when(node.comment, sql`COMMENT ${node.comment}`),
    ),
  SemanticExpression: (node: SemanticExpression): Document =>
    words(
      node.visibility,
      node.name,
      when(node.filter, "LABELS = (FILTER)"),
      list("USING", node.using ?? []),
      list("NON ADDITIVE BY", node.nonAdditiveBy ?? []),
      "AS",
      node.expression,
      description(node),
      list("SAMPLE_VALUES", node.samples ?? []),
      when(node.isEnum, "IS_ENUM"),
      node.searchService &&
        words(
          "WITH CORTEX SEARCH SERVICE",
          node.searchService.name,
          when(node.searchService.column, sql`USING ${node.searchService.column}`),
        ),
    ),
  VerifiedQuery: (node: VerifiedQuery): Document => sql`${node.name} AS (${words(...node.properties)})`,
};

const list = (head: string, items: readonly Document[]): Document =>
  when(items.length, words(head, parenthesizedList(items)));

const between = ({ from, to }: { from: Document; to: Document }): Document => sql`BETWEEN ${from} AND ${to} EXCLUSIVE`;

const description = (node: { synonyms?: Expression[]; comment?: Expression; tags: TagAssignment[] }): Document =>
  words(
    when(node.synonyms, sql`WITH SYNONYMS ${parenthesizedList(node.synonyms ?? [])}`),
    when(node.comment, sql`COMMENT = ${node.comment}`),
    when(node.tags.length, tagList(node.tags)),
  );
