import type { CreateFunction } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptGovernance } from "../governance";
import { acceptComment, acceptFlag, acceptClause as acceptWordClause, isProperty, parseProperty } from "../properties";
import { type CreateHead, parseCreateStart } from "./createHead";
import { ClauseOrder, NULL_HANDLING, parseLanguage } from "./procedure";
import { parseRoutineBody } from "./routineBody";
import { parseParameters, parseReturns } from "./routineSignature";

/**
 * User-defined functions in every language, external, service and data metric functions.
 * https://docs.snowflake.com/en/sql-reference/sql/create-function, …/create-external-function, …/create-function-spcs,
 * …/create-data-metric-function, …/create-ai-function
 */
export function parseCreateFunction(cursor: Cursor, head: CreateHead): CreateFunction {
  const start = parseCreateStart(cursor, head);
  const parameters = parseParameters(cursor);
  const copyGrants = acceptFlag(cursor, "COPY GRANTS");
  cursor.expect("RETURNS");
  const ai = head.objectType === "AI FUNCTION";
  if (ai && cursor.is("TABLE")) throw cursor.unexpected();
  const fn: CreateFunction = {
    kind: "CreateFunction",
    ...start,
    secure: head.modifiers.has("SECURE"),
    temporary: head.modifiers.has("TEMPORARY"),
    aggregate: head.modifiers.has("AGGREGATE"),
    external: head.objectType === "EXTERNAL FUNCTION",
    dataMetric: head.objectType === "DATA METRIC FUNCTION",
    ...(ai && { ai }),
    parameters,
    returns: parseReturns(cursor),
    returnsNotNull: false,
    language: "SQL",
    policies: [],
    tags: [],
    properties: copyGrants ? [copyGrants] : [],
    span: { start: head.start, end: head.start },
  };
  if (ai) return parseAiFunction(cursor, fn);
  const order = new ClauseOrder();
  while (acceptClause(cursor, fn, order));
  if (cursor.accept("AS")) fn.body = parseBody(cursor, fn);
  else if (!mayLackBody(fn)) throw cursor.unexpected();
  fn.span = cursor.span(head.start);
  return fn;
}

/** One scalar expression in SQL, or what an experiment has found to be the best. */
function parseAiFunction(cursor: Cursor, fn: CreateFunction): CreateFunction {
  for (;;) {
    if (cursor.is("WITH") && cursor.peek().keyword === "COMMENT") cursor.next();
    const comment = cursor.is("COMMENT") && isProperty(cursor) ? parseProperty(cursor) : undefined;
    const property = comment ?? acceptWordClause(cursor, ["FROM EXPERIMENT", "RUN"], () => cursor.name());
    if (!property) break;
    fn.properties.push(property);
  }
  const ofRun = fn.properties.some(({ name }) => name === "RUN");
  if (!ofRun) {
    cursor.expect("AS");
    if (cursor.token.kind !== "String") throw cursor.unexpected(["a string"]);
    fn.body = parseRoutineBody(cursor, { language: "SQL", routine: "FUNCTION", returnsTable: false });
  }
  fn.span = cursor.span(fn.span.start);
  return fn;
}

function acceptClause(cursor: Cursor, fn: CreateFunction, order: ClauseOrder): boolean {
  order.check(cursor);
  if (cursor.acceptSequence("NOT", "NULL")) fn.returnsNotNull = true;
  else if (cursor.accept("NULL")) fn.returnsNotNull = false;
  else if (cursor.accept("LANGUAGE")) fn.language = parseLanguage(cursor);
  else {
    const volatility = cursor.acceptAnyOf("VOLATILE", "IMMUTABLE", "MEMOIZABLE");
    if (volatility !== undefined) {
      fn.volatility = volatility;
      return true;
    }
    const flag = acceptFlag(cursor, ...NULL_HANDLING);
    const property =
      flag ??
      acceptComment(cursor) ??
      (isProperty(cursor) ? parseProperty(cursor) : acceptWordClause(cursor, ["ON BACKEND"]));
    if (property === undefined) return acceptGovernance(cursor, fn);
    if (!flag) order.property();
    fn.properties.push(property);
    if (cursor.is(",") && cursor.peek(2).keyword === "=") cursor.next();
  }
  return true;
}

/** External and service functions name an address behind AS, which is no SQL. */
function parseBody(cursor: Cursor, fn: CreateFunction): CreateFunction["body"] {
  const isAddress = fn.external || fn.properties.some(({ name }) => name === "SERVICE");
  const returnsTable = fn.returns.kind === "ReturnedTable";
  const language = isAddress ? "NONE" : fn.language;
  return parseRoutineBody(cursor, { language, routine: "FUNCTION", returnsTable });
}

function mayLackBody(fn: CreateFunction): boolean {
  const isService = fn.properties.some(({ name }) => name === "SERVICE");
  return isService || fn.language === "JAVA" || fn.language === "PYTHON" || fn.language === "SCALA";
}
