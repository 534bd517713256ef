import type { CallWithProcedure, CommonTableExpression, CreateProcedure, Parameter } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptComment, acceptFlag, isProperty, parseProperty } from "../properties";
import { parseCommonTableExpression } from "../query/query";
import { parseCall } from "./call";
import { type CreateHead, parseCreateStart } from "./createHead";
import { parseRoutineBody } from "./routineBody";
import { parseParameters, parseReturns } from "./routineSignature";

/** What procedures and functions do with NULL. */
export const NULL_HANDLING = ["CALLED ON NULL INPUT", "RETURNS NULL ON NULL INPUT", "STRICT"] as const;

/** A clause that is said once: where it stands again, it is not expected. */
export function once<T>(said: Set<string>, clause: string, accept: () => T): T | undefined {
  if (said.has(clause)) return undefined;
  const accepted = accept();
  if (accepted) said.add(clause);
  return accepted;
}

/** https://docs.snowflake.com/en/sql-reference/sql/create-procedure */
export function parseCreateProcedure(cursor: Cursor, head: CreateHead): CreateProcedure {
  const start = parseCreateStart(cursor, head);
  return parseDefinition(cursor, {
    kind: "CreateProcedure",
    ...start,
    secure: head.modifiers.has("SECURE"),
    ...(head.modifiers.has("TEMPORARY") && { temporary: true }),
    parameters: parseParameters(cursor),
    ...noReturnYet(cursor),
    span: { start: head.start, end: head.start },
  });
}

/** `[COPY GRANTS] RETURNS type [[NOT] NULL]`; the clauses behind it will fill in the rest. */
function noReturnYet(cursor: Cursor): Pick<CreateProcedure, "returns" | "returnsNotNull" | "language" | "properties"> {
  const copyGrants = acceptFlag(cursor, "COPY GRANTS");
  cursor.expect("RETURNS");
  const returns = parseReturns(cursor);
  const returnsNotNull = cursor.acceptSequence("NOT", "NULL");
  if (!returnsNotNull) cursor.accept("NULL");
  return { returns, returnsNotNull, language: "SQL", properties: copyGrants ? [copyGrants] : [] };
}

function parseDefinition(cursor: Cursor, procedure: CreateProcedure): CreateProcedure {
  const said = new Set<string>();
  while (acceptClause(cursor, procedure, said));
  if (cursor.accept("AS")) {
    const { language, returns } = procedure;
    procedure.body = parseRoutineBody(cursor, {
      language,
      routine: "PROCEDURE",
      returnsTable: returns.kind === "ReturnedTable",
    });
  } else if (procedure.language === "SQL" || procedure.language === "JAVASCRIPT") throw cursor.unexpected();
  procedure.span = cursor.span(procedure.span.start);
  return procedure;
}

function acceptClause(cursor: Cursor, procedure: CreateProcedure, said: Set<string>): boolean {
  if (cursor.acceptSequence("EXECUTE", "AS")) procedure.executeAs = parseExecuteAs(cursor);
  else if (once(said, "LANGUAGE", () => cursor.accept("LANGUAGE"))) procedure.language = parseLanguage(cursor);
  else {
    const flag =
      once(said, "nulls", () => acceptFlag(cursor, ...NULL_HANDLING)) ??
      once(said, "volatility", () => acceptFlag(cursor, "VOLATILE", "IMMUTABLE")) ??
      acceptComment(cursor);
    const property = flag ?? (isProperty(cursor) ? parseProperty(cursor) : undefined);
    if (property === undefined) return false;
    procedure.properties.push(property);
    if (cursor.is(",") && cursor.peek(2).keyword === "=") cursor.next();
  }
  return true;
}

export function parseExecuteAs(cursor: Cursor): NonNullable<CreateProcedure["executeAs"]> {
  if (cursor.acceptSequence("RESTRICTED", "CALLER")) return "RESTRICTED CALLER";
  return cursor.expectAnyOf("OWNER", "CALLER");
}

const LANGUAGES = ["SQL", "JAVASCRIPT", "PYTHON", "JAVA", "SCALA"] as const;

/** SQL, JAVASCRIPT, PYTHON, JAVA, SCALA; quoted too. */
export function parseLanguage(cursor: Cursor): string {
  const { token } = cursor;
  if (token.kind === "Word" && cursor.isIdentifier() && !LANGUAGES.some((language) => language === token.keyword))
    throw cursor.brokenRule({ message: `Unknown function language: ${token.keyword}.` }, cursor.spanOf(token));
  return cursor.expectAnyOf(...LANGUAGES);
}

/** `name PROCEDURE (…) RETURNS … AS BEGIN … END`, declared inside a block. The cursor stands at the name. */
export function parseNestedProcedure(cursor: Cursor): CreateProcedure {
  const { start } = cursor;
  const name = cursor.objectName();
  cursor.expect("PROCEDURE");
  return parseDefinition(cursor, {
    ...unstored(),
    name,
    parameters: parseParameters(cursor),
    ...noReturnYet(cursor),
    span: { start, end: start },
  });
}

function unstored(): Pick<CreateProcedure, "kind" | "orReplace" | "orAlter" | "ifNotExists" | "secure"> {
  return { kind: "CreateProcedure", orReplace: false, orAlter: false, ifNotExists: false, secure: false };
}

/** True at `WITH name AS PROCEDURE`. */
export function isCallWithProcedure(cursor: Cursor): boolean {
  return cursor.token.keyword === "WITH" && cursor.peek(2).keyword === "AS" && cursor.peek(3).keyword === "PROCEDURE";
}

/**
 * `WITH name AS PROCEDURE (…) RETURNS … AS '…' [, other AS (query)] CALL name(…) [INTO :v]`.
 * https://docs.snowflake.com/en/sql-reference/sql/call-with
 */
export function parseCallWithProcedure(cursor: Cursor): CallWithProcedure {
  const { start } = cursor;
  cursor.expect("WITH");
  const nameStart = cursor.start;
  const name = cursor.objectName();
  cursor.expectSequence("AS", "PROCEDURE");
  const parameters: Parameter[] = parseParameters(cursor);
  const procedure = parseDefinition(cursor, {
    ...unstored(),
    name,
    parameters,
    ...noReturnYet(cursor),
    span: { start: nameStart, end: nameStart },
  });
  const tables: CommonTableExpression[] = [];
  while (cursor.accept(",")) tables.push(parseCommonTableExpression(cursor));
  const call = parseCall(cursor);
  return {
    kind: "CallWithProcedure",
    procedure,
    ...(tables.length > 0 && { tables }),
    call,
    span: cursor.span(start),
  };
}
