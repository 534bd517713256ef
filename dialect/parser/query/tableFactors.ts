import type {
  Argument,
  Name,
  NamedTable,
  StageReference,
  TableFunction,
  TableLiteral,
  TableReference,
} from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseArgument } from "../expressions/calls";
import { NOT_A_TABLE } from "../keywords";
import { parseLocation } from "../stages";
import { continuesQuery, isQueryStart } from "./queryStart";
import { parseSemanticView } from "./semanticView";
import { parseTableAlias } from "./tableAlias";
import { parseChangesAndTimeTravel } from "./timeTravel";
import { parseValues } from "./values";

type ParseReference = (cursor: Cursor) => TableReference;

/** One table without alias and joins: a name, a query, a table function, staged files … */
export function parseTableFactor(cursor: Cursor, parseReference: ParseReference): TableReference {
  const { token, start } = cursor;
  switch (token.kind) {
    case "Stage":
    case "String":
      return parseStagedFiles(cursor);
    case "Positional": {
      cursor.next();
      return { kind: "FlowResult", index: Number(token.value), span: cursor.spanOf(token) };
    }
    default:
  }
  switch (token.keyword) {
    case "(":
      return parseParenthesis(cursor, parseReference);
    case "VALUES":
      return { kind: "ValuesTable", parenthesized: false, values: parseValues(cursor), span: cursor.span(start) };
    case "LATERAL":
      if (cursor.peek().keyword === ".") break;
      return parseLateral(cursor);
    case "TABLE":
      if (cursor.peek().keyword === "(") return parseTableOf(cursor, false);
      break;
    case ":": {
      cursor.next();
      const variable = { kind: "BindVariable" as const, name: cursor.identifier(), span: cursor.span(start) };
      return { kind: "BoundTable", variable, span: cursor.span(start) };
    }
    case "DIRECTORY":
      if (cursor.peek().keyword !== "(") break;
      cursor.next();
      return {
        kind: "DirectoryTable",
        stage: cursor.parenthesized(() => parseDirectoryStage(cursor)),
        span: cursor.span(start),
      };
    case "SEMANTIC_VIEW":
      if (cursor.peek().keyword !== "(") break;
      return parseSemanticView(cursor);
    case "ERROR_TABLE":
    case "DYNAMIC_TABLE_REFRESH_BOUNDARY": {
      if (cursor.peek().keyword !== "(") break;
      cursor.next();
      const name = cursor.parenthesized(() => parseTableName(cursor));
      const points = token.keyword === "ERROR_TABLE" ? {} : parseChangesAndTimeTravel(cursor);
      return { kind: "WrappedTable", wrapper: token.keyword, name, ...points, span: cursor.span(start) };
    }
    default:
  }
  const name = parseTableName(cursor);
  const table: NamedTable = {
    kind: "NamedTable",
    name,
    ...parseChangesAndTimeTravel(cursor),
    span: { start, end: start },
  };
  table.span = cursor.span(start);
  return table;
}

const parseTableName = (cursor: Cursor): Name => cursor.name(cursor.peek().keyword === "." ? undefined : NOT_A_TABLE);

/** A query, VALUES, or a join in parentheses: which one shows only behind any further parentheses. */
function parseParenthesis(cursor: Cursor, parseReference: ParseReference): TableReference {
  const { start } = cursor;
  cursor.expect("(");
  if (isQueryStart(cursor)) {
    const query = cursor.query();
    cursor.expect(")");
    return { kind: "SubqueryTable", lateral: false, query, span: cursor.span(start) };
  }
  if (cursor.is("VALUES")) {
    const values = parseValues(cursor);
    if (continuesQuery(cursor)) {
      const query = cursor.queryAfter(values);
      cursor.expect(")");
      return { kind: "SubqueryTable", lateral: false, query, span: cursor.span(start) };
    }
    const alias = parseTableAlias(cursor);
    if (alias !== undefined) {
      const table: TableReference = {
        kind: "ValuesTable",
        parenthesized: false,
        values,
        alias,
        span: cursor.span(values.span.start),
      };
      cursor.expect(")");
      return { kind: "ParenthesizedTable", table, span: cursor.span(start) };
    }
    cursor.expect(")");
    return { kind: "ValuesTable", parenthesized: true, values, span: cursor.span(start) };
  }
  const table = parseReference(cursor);
  if (
    table.kind === "SubqueryTable" &&
    table.alias === undefined &&
    table.sample === undefined &&
    continuesQuery(cursor)
  ) {
    const query = cursor.queryAfter({ kind: "ParenthesizedQuery", query: table.query, span: table.span });
    cursor.expect(")");
    return { kind: "SubqueryTable", lateral: false, query, span: cursor.span(start) };
  }
  cursor.expect(")");
  return { kind: "ParenthesizedTable", table, span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/constructs/join-lateral */
function parseLateral(cursor: Cursor): TableReference {
  const { start } = cursor;
  cursor.expect("LATERAL");
  if (cursor.accept("(")) {
    const query = cursor.query();
    cursor.expect(")");
    return { kind: "SubqueryTable", lateral: true, query, span: cursor.span(start) };
  }
  if (cursor.is("TABLE") && cursor.peek().keyword === "(") return parseTableOf(cursor, true);
  const call = cursor.expression();
  if (call.kind !== "FunctionCall" && call.kind !== "MethodCall") throw cursor.unexpected(["a table function"]);
  return { kind: "TableFunction", lateral: true, wrapped: false, call, span: cursor.span(start) };
}

/** `TABLE(f(…))`, `TABLE('name')`, `TABLE($variable)`, `TABLE(resultset)`. https://docs.snowflake.com/en/sql-reference/literals-table */
function parseTableOf(cursor: Cursor, lateral: boolean): TableFunction | TableLiteral {
  const { start } = cursor;
  cursor.expect("TABLE");
  const value = cursor.parenthesized(() => cursor.expression());
  const span = cursor.span(start);
  if (value.kind === "FunctionCall" || value.kind === "MethodCall")
    return { kind: "TableFunction", lateral, wrapped: true, call: value, span };
  return { kind: "TableLiteral", value, span };
}

/** `@stage` or `'@stage'` */
function parseDirectoryStage(cursor: Cursor): StageReference {
  const { token } = cursor;
  const location = parseLocation(cursor);
  if (location.kind !== "StageReference") throw cursor.unexpected(["a stage"], token);
  return location;
}

/** `FILE_FORMAT => …`, `PATTERN => …` */
function parseOption(cursor: Cursor): Argument {
  if (cursor.peek().keyword !== "=>")
    throw cursor.unexpected(["=>"], cursor.isIdentifier() ? cursor.peek() : cursor.token);
  return parseArgument(cursor);
}

/** https://docs.snowflake.com/en/user-guide/querying-stage */
function parseStagedFiles(cursor: Cursor): TableReference {
  const { start, token } = cursor;
  // A string is a stage or a place outside of Snowflake, never the name of a table.
  if (token.kind === "String" && !/^@|:\/\//.test(token.value)) throw cursor.unexpected(["a table"]);
  const location = parseLocation(cursor);
  const options: Argument[] = cursor.is("(") ? cursor.parenthesizedList(() => parseOption(cursor)) : [];
  return { kind: "StagedFiles", location, options, span: cursor.span(start) };
}
