import type {
  CreateSemanticView,
  Identifier,
  SemanticRelationship,
  SemanticTable,
  SemanticVariable,
  VerifiedQuery,
} from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseDataType } from "../dataTypes";
import { acceptGovernance } from "../governance";
import { acceptClause, acceptComment, acceptFlag, isProperty, parseProperty } from "../properties";
import { textInside } from "../textInside";
import { type CreateHead, parseCreateStart } from "./createHead";
import { acceptDescription, parseSemanticExpression } from "./semanticExpression";

/** https://docs.snowflake.com/en/sql-reference/sql/create-semantic-view */
export function parseCreateSemanticView(cursor: Cursor, head: CreateHead): CreateSemanticView {
  const view: CreateSemanticView = {
    kind: "CreateSemanticView",
    ...parseCreateStart(cursor, head),
    tables: [],
    relationships: [],
    variables: [],
    facts: [],
    dimensions: [],
    metrics: [],
    properties: [],
    verifiedQueries: [],
    tags: [],
    span: { start: head.start, end: head.start },
  };
  cursor.expect("TABLES");
  view.tables = cursor.parenthesizedList(() => parseTable(cursor));
  // The clauses have an order.
  if (cursor.accept("RELATIONSHIPS")) view.relationships = cursor.parenthesizedList(() => parseRelationship(cursor));
  // https://docs.snowflake.com/en/user-guide/views-semantic/variables
  if (cursor.accept("VARIABLES")) view.variables = cursor.parenthesizedList(() => parseVariable(cursor));
  if (cursor.accept("FACTS")) view.facts = parseExpressions(cursor, "FACTS");
  if (cursor.accept("DIMENSIONS")) view.dimensions = parseExpressions(cursor, "DIMENSIONS");
  if (cursor.accept("METRICS")) view.metrics = parseExpressions(cursor, "METRICS");
  if (view.dimensions.length + view.metrics.length === 0) throw cursor.unexpected(["DIMENSIONS", "METRICS"]);
  while (acceptClauseBehind(cursor, view));
  view.span = cursor.span(head.start);
  return view;
}

type Kind = "FACTS" | "DIMENSIONS" | "METRICS";

const parseExpressions = (cursor: Cursor, kind: Kind) =>
  cursor.parenthesizedList(() => parseSemanticExpression(cursor, kind));

function acceptClauseBehind(cursor: Cursor, view: CreateSemanticView): boolean {
  if (cursor.atStatementEnd) return false;
  if (cursor.accept("AI_VERIFIED_QUERIES")) {
    view.verifiedQueries = cursor.parenthesizedList(() => parseVerifiedQuery(cursor));
    return true;
  }
  if (cursor.isSequence("MATERIALIZATIONS", "(")) {
    cursor.next();
    view.materializations = cursor.parenthesized(() => textInside(cursor));
    return true;
  }
  const property =
    acceptFlag(cursor, "COPY GRANTS") ??
    acceptComment(cursor) ??
    (isProperty(cursor)
      ? parseProperty(cursor)
      : acceptClause(cursor, ["AI_SQL_GENERATION", "AI_QUESTION_CATEGORIZATION", "WITH EXTENSION"]));
  if (property === undefined) return acceptGovernance(cursor, view);
  view.properties.push(property);
  return true;
}

const columns = (cursor: Cursor): Identifier[] => cursor.parenthesizedList(() => cursor.identifier());

function parseTable(cursor: Cursor): SemanticTable {
  const { start } = cursor;
  const alias = cursor.peek().keyword === "AS" ? cursor.identifier() : undefined;
  if (alias !== undefined) cursor.next();
  const table: SemanticTable = {
    kind: "SemanticTable",
    ...(alias && { alias }),
    // https://docs.snowflake.com/en/user-guide/views-semantic/inline-view
    source: alias !== undefined && cursor.is("(") ? cursor.parenthesized(() => cursor.query()) : cursor.name(),
    unique: [],
    tags: [],
    span: { start, end: start },
  };
  if (cursor.acceptSequence("PRIMARY", "KEY")) table.primaryKey = columns(cursor);
  while (cursor.accept("UNIQUE")) table.unique.push(columns(cursor));
  if (cursor.accept("CONSTRAINT")) table.distinctRange = parseDistinctRange(cursor);
  while (acceptDescription(cursor, table));
  table.span = cursor.span(start);
  return table;
}

function parseDistinctRange(cursor: Cursor): NonNullable<SemanticTable["distinctRange"]> {
  const constraint = cursor.isSequence("DISTINCT", "RANGE") ? undefined : cursor.identifier();
  cursor.expectSequence("DISTINCT", "RANGE");
  return { ...(constraint && { constraint }), ...parseBetween(cursor) };
}

function parseBetween(cursor: Cursor): { from: Identifier; to: Identifier } {
  cursor.expect("BETWEEN");
  const from = cursor.identifier();
  cursor.expect("AND");
  const to = cursor.identifier();
  cursor.expect("EXCLUSIVE");
  return { from, to };
}

/** `name [type] [{DEFAULT | :=} expression] [COMMENT '…']` */
function parseVariable(cursor: Cursor): SemanticVariable {
  const { start } = cursor;
  const variable: SemanticVariable = {
    kind: "SemanticVariable",
    name: cursor.identifier(),
    span: { start, end: start },
  };
  if (!cursor.isAnyOf(["DEFAULT", ":=", "COMMENT", ",", ")"])) variable.dataType = parseDataType(cursor);
  if (cursor.acceptAnyOf("DEFAULT", ":=") !== undefined) variable.default = cursor.expression();
  if (cursor.accept("COMMENT")) {
    cursor.accept("=");
    variable.comment = cursor.string();
  }
  variable.span = cursor.span(start);
  return variable;
}

function parseRelationship(cursor: Cursor): SemanticRelationship {
  const { start } = cursor;
  const name = cursor.peek().keyword === "AS" ? cursor.identifier() : undefined;
  if (name !== undefined) cursor.next();
  const table = cursor.identifier();
  const keys = columns(cursor);
  cursor.expect("REFERENCES");
  const relationship: SemanticRelationship = {
    kind: "SemanticRelationship",
    ...(name && { name }),
    table,
    columns: keys,
    references: cursor.identifier(),
    referenced: [],
    span: { start, end: start },
  };
  if (cursor.is("(")) cursor.parenthesized(() => parseReferenced(cursor, relationship));
  relationship.span = cursor.span(start);
  return relationship;
}

/** The range stands behind the columns. */
function parseReferenced(cursor: Cursor, relationship: SemanticRelationship): void {
  do {
    if (cursor.is("BETWEEN") && cursor.peek().kind !== "Symbol") {
      relationship.between = parseBetween(cursor);
      return;
    }
    const asof = cursor.is("ASOF") && cursor.peek().kind !== "Symbol";
    if (asof) cursor.next();
    relationship.referenced.push({ column: cursor.identifier(), asof });
  } while (cursor.accept(","));
}

function parseVerifiedQuery(cursor: Cursor): VerifiedQuery {
  const { start } = cursor;
  const name = cursor.identifier();
  cursor.expect("AS");
  const properties: VerifiedQuery["properties"] = [];
  cursor.parenthesized(() => {
    for (;;) {
      const property = acceptClause(cursor, ["QUESTION", "VERIFIED_AT", "ONBOARDING_QUESTION", "VERIFIED_BY", "SQL"]);
      if (property === undefined) break;
      properties.push(property);
    }
  });
  for (const needed of ["QUESTION", "SQL"])
    if (!properties.some((property) => property.name === needed)) throw cursor.unexpected([needed]);
  return { kind: "VerifiedQuery", name, properties, span: cursor.span(start) };
}
