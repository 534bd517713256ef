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

/** The clauses that have their place, by their first words: behind one of them, or behind a property, come only later ones. */
const PLACES: Readonly<Record<string, number>> = {
  LANGUAGE: 1,
  CALLED: 2,
  RETURNS: 2,
  STRICT: 2,
  VOLATILE: 3,
  IMMUTABLE: 3,
  MEMOIZABLE: 4,
};
const AMONG_PROPERTIES = 5;
const AT_THE_END = 6;

/** How far the clauses of a routine have come. */
export class ClauseOrder {
  private reached = 0;

  /** Refuses a clause that is out of its place where it no longer reads as a property: behind its first word. */
  check(cursor: Cursor): void {
    const { keyword } = cursor.token;
    const place = PLACES[keyword];
    if (place === undefined || cursor.peek().keyword === "=") return;
    if (place > this.reached) this.reached = place;
    else {
      if (keyword !== "IMMUTABLE" || this.reached !== AMONG_PROPERTIES) cursor.next();
      throw cursor.unexpected(["="]);
    }
  }

  property(): void {
    this.reached = AMONG_PROPERTIES;
  }

  end(): void {
    this.reached = AT_THE_END;
  }

  get isEnded(): boolean {
    return this.reached === AT_THE_END;
  }
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
  const order = new ClauseOrder();
  while (!order.isEnded && acceptClause(cursor, procedure, order));
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

function acceptClause(cursor: Cursor, procedure: CreateProcedure, order: ClauseOrder): boolean {
  order.check(cursor);
  if (cursor.acceptSequence("EXECUTE", "AS")) {
    procedure.executeAs = parseExecuteAs(cursor);
    order.end();
  } else if (cursor.accept("LANGUAGE")) procedure.language = parseLanguage(cursor);
  else {
    const flag = acceptFlag(cursor, ...NULL_HANDLING) ?? acceptFlag(cursor, "VOLATILE", "IMMUTABLE");
    const property = flag ?? acceptComment(cursor) ?? (isProperty(cursor) ? parseProperty(cursor) : undefined);
    if (property === undefined) return false;
    if (!flag) order.property();
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
    throw cursor.brokenRule({ message: `Unknown function language: ${token.value}.` }, cursor.spanOf(token));
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
