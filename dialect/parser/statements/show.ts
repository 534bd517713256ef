import type { Name, ObjectType, Show, ShowScope, StringLiteral } from "../../ast/index";
import type { Token } from "../../lexer/token";
import type { Cursor } from "../cursor";
import { NOT_A_SHOW_SCOPE } from "../keywords";
import { isBareClass, isClass, isClassName } from "./classes";
import { SHOWN_TYPES, SINGULAR_NAMES, SINGULAR_TYPES } from "./objectTypes";
import { acceptArgumentTypes } from "./routineSignature";

/** Words between the clauses that are neither of them. */
const OPTIONS = ["ROOT ONLY", "WITH DEPENDENTS", "EXCLUDE JOBS", "JOB", "MONITORED"];

/** https://docs.snowflake.com/en/sql-reference/sql/show, …/show-grants, …/show-parameters */
export function parseShow(cursor: Cursor): Show {
  const { start } = cursor;
  cursor.expect("SHOW");
  const terse = cursor.accept("TERSE");
  const shown = acceptShownClass(cursor) ?? SHOWN_TYPES.expect(cursor);
  const objectType = shown === "USER PATS" ? "USER PROGRAMMATIC ACCESS TOKENS" : shown;
  const show: Show = {
    kind: "Show",
    terse,
    objectType,
    history: cursor.accept("HISTORY"),
    options: [],
    span: { start, end: start },
  };
  while (acceptClause(cursor, show));
  if (objectType === "FUTURE GRANTS" && show.in === undefined && show.grants === undefined)
    throw cursor.unexpected(["IN", "TO"]);
  show.span = cursor.span(start);
  return show;
}

/** `SHOW SNOWFLAKE.CORE.BUDGET [INSTANCES]` */
function acceptShownClass(cursor: Cursor): string | undefined {
  if (isBareClass(cursor)) return `${cursor.next().keyword}${cursor.accept("INSTANCES") ? " INSTANCES" : ""}`;
  if (!isClassName(cursor)) return undefined;
  const name = cursor.objectName().parts.map(({ value }) => value);
  return `${name.join(".")}${cursor.accept("INSTANCES") ? " INSTANCES" : ""}`;
}

const ANY_PREPOSITION = ["ON", "TO", "OF", "FOR"];
const PREPOSITIONS: Record<ObjectType, string[]> = { "FUTURE GRANTS": ["TO"], GRANTS: ["ON", "TO", "OF"] };

/** `SHOW GRANTS TO SHARE s IN APPLICATION PACKAGE p` and `SHOW GRANTS IN DCM PROJECT p` are the only places of grants. */
const takesScope = (cursor: Cursor, { objectType, grants }: Show): boolean =>
  objectType !== "GRANTS" || grants !== undefined || cursor.peek().keyword === "DCM";

function acceptClause(cursor: Cursor, show: Show): boolean {
  if (cursor.atStatementEnd) return false;
  if (show.like === undefined && cursor.accept("LIKE")) show.like = parsePattern(cursor);
  else if (show.in === undefined && takesScope(cursor, show) && cursor.accept("IN")) show.in = parseScope(cursor, show);
  else if (show.startsWith === undefined && cursor.acceptSequence("STARTS", "WITH"))
    show.startsWith = parsePattern(cursor);
  else if (show.limit === undefined && cursor.accept("LIMIT")) show.limit = parseLimit(cursor);
  else if (show.objectType === "USERS" && show.options.length === 0 && cursor.is("FROM"))
    show.options.push(parseFrom(cursor));
  else if (cursor.acceptSequence("WITH", "PRIMARY")) show.withPrimary = cursor.name();
  else if (cursor.acceptSequence("WITH", "PRIVILEGES")) show.options.push(`WITH PRIVILEGES ${parsePrivileges(cursor)}`);
  else if (show.objectType === "DELEGATED AUTHORIZATIONS" && (cursor.is("BY") || cursor.is("FROM")))
    show.options.push(parseDelegate(cursor));
  else if (show.objectType === "RELEASE DIRECTIVES" && cursor.acceptSequence("FOR", "RELEASE", "CHANNEL"))
    show.options.push(`FOR RELEASE CHANNEL ${cursor.anyIdentifier().text}`);
  else if (show.grants === undefined && cursor.isAnyOf(PREPOSITIONS[show.objectType] ?? ANY_PREPOSITION))
    show.grants = parseSubject(cursor);
  else if (cursor.acceptSequence("OWNED", "BY", "APPLICATION"))
    show.options.push(`OWNED BY APPLICATION ${cursor.anyIdentifier().text}`);
  else if (cursor.isSequence("IS_ORGANIZATION", "=")) {
    cursor.acceptSequence("IS_ORGANIZATION", "=");
    show.options.push(`IS_ORGANIZATION = ${cursor.expectAnyOf("TRUE", "FALSE")}`);
  } else {
    const option = OPTIONS.find((words) => cursor.acceptSequence(...words.split(" ")));
    if (option === undefined) return false;
    show.options.push(option);
  }
  return true;
}

/** `BY USER u`, `TO SECURITY INTEGRATION i`. https://docs.snowflake.com/en/sql-reference/sql/show-delegated-authorizations */
function parseDelegate(cursor: Cursor): string {
  const { start } = cursor;
  cursor.next();
  SINGULAR_TYPES.expect(cursor);
  cursor.name();
  return cursor.textOf(cursor.span(start));
}

/** `SHOW USERS FROM 'name'` needs no LIMIT. https://docs.snowflake.com/en/sql-reference/sql/show-users */
function parseFrom(cursor: Cursor): string {
  const { start } = cursor;
  cursor.expect("FROM");
  cursor.string();
  return cursor.textOf(cursor.span(start));
}

/** A string, or one that is bound: `LIKE ?`, `LIKE :pattern`. */
function parsePattern(cursor: Cursor): NonNullable<Show["like"]> {
  const { token } = cursor;
  if (token.kind !== "Variable" && token.keyword !== ":" && token.keyword !== "?") return cursor.string();
  return parseBound(cursor);
}

/** A variable or placeholder alone; a path into it (`:q :n`) is none. */
function parseBound(cursor: Cursor): Exclude<NonNullable<Show["like"]>, StringLiteral> {
  const behind = cursor.peek(cursor.is(":") ? 2 : 1);
  const value = cursor.operand();
  if (value.kind === "BindVariable" || value.kind === "SessionVariable" || value.kind === "BindPlaceholder")
    return value;
  throw cursor.unexpected([], behind);
}

function parseLimit(cursor: Cursor): NonNullable<Show["limit"]> {
  const { kind, keyword } = cursor.token;
  if (kind !== "Number" && kind !== "Variable" && keyword !== ":" && keyword !== "?")
    throw cursor.unexpected(["an integer"]);
  const count = kind === "Number" ? cursor.operand() : parseBound(cursor);
  return cursor.accept("FROM") ? { count, from: cursor.string() } : { count };
}

function parsePrivileges(cursor: Cursor): string {
  return cursor.list(() => cursor.anyIdentifier().value).join(", ");
}

/** `IN ACCOUNT | DATABASE [d] | SCHEMA [s] | kind name | name` */
function parseScope(cursor: Cursor, show: Show): ShowScope {
  const { start, token } = cursor;
  const scope: ShowScope = { kind: "ShowScope", span: { start, end: start } };
  const type = isBareName(cursor) ? undefined : acceptScopeType(cursor, show);
  if (type !== undefined) scope.type = type;
  if (show.objectType === "FUTURE GRANTS" && type !== "DATABASE" && type !== "SCHEMA" && type !== "DCM PROJECT")
    throw cursor.unexpected(["DATABASE", "SCHEMA"], token);
  if (type === undefined || !(isNameless(type) && isEndOfScope(cursor))) {
    scope.name = cursor.name();
    if (type === "PROCEDURE" || type === "FUNCTION") {
      const argumentTypes = acceptArgumentTypes(cursor);
      if (argumentTypes !== undefined) scope.argumentTypes = argumentTypes;
    }
    if (cursor.isAnyOf(["VERSION", "RUN"])) scope.part = parsePart(cursor);
  }
  scope.span = cursor.span(start);
  return scope;
}

/** A run may be named by a text. */
function parsePart(cursor: Cursor): string {
  const { keyword } = cursor.next();
  if (keyword === "RUN" && cursor.isString()) return `RUN ${cursor.textOf(cursor.string().span)}`;
  return `${keyword} ${cursor.anyIdentifier().text}`;
}

function acceptScopeType(cursor: Cursor, show: Show): string | undefined {
  if (cursor.is("SESSION") && show.objectType === "PARAMETERS") return cursor.next().keyword;
  return SINGULAR_TYPES.accept(cursor);
}

/** `IN stream` is a schema of that name; words such as DATABASE never are. */
function isBareName(cursor: Cursor): boolean {
  const { keyword } = cursor.token;
  if (keyword === "") return true;
  const next = cursor.peek();
  if (next.keyword === ".") return true;
  if (NOT_A_SHOW_SCOPE.has(keyword) || keyword === "SESSION" || keyword === "TABLE") return false;
  return next.kind === "End" || next.keyword === ";" || isClauseStart(next.keyword);
}

const NAMELESS: ReadonlySet<string> = new Set([
  "ACCOUNT",
  "DATABASE",
  "ORGANIZATION",
  "SCHEMA",
  "SESSION",
  "TABLE",
  "VIEW",
]);

function isNameless(type: string): boolean {
  return NAMELESS.has(type);
}

function isEndOfScope(cursor: Cursor): boolean {
  return cursor.atStatementEnd || cursor.is("->>") || cursor.is(")") || isClauseStart(cursor.token.keyword);
}

function isClauseStart(keyword: string): boolean {
  return (
    keyword === "LIKE" ||
    keyword === "STARTS" ||
    keyword === "LIMIT" ||
    keyword === "ROOT" ||
    keyword === "WITH" ||
    keyword === "->>" ||
    keyword === ")" ||
    keyword === "EXCLUDE"
  );
}

/** `ON kind name`, `TO ROLE r`, `OF SHARE s`, `FOR USER u`. */
function parseSubject(cursor: Cursor): NonNullable<Show["grants"]> {
  const preposition = cursor.expectAnyOf("ON", "TO", "OF", "FOR");
  if (cursor.is("ACCOUNT") || cursor.is("SESSION") || cursor.is("ORGANIZATION")) {
    const next = cursor.peek();
    if (next.kind === "End" || next.kind === "Symbol" || isClauseStart(next.keyword))
      return { preposition, objectType: cursor.next().keyword };
  }
  const next = cursor.peek();
  const { token } = cursor;
  const cutOff = isCutOff(next) && SINGULAR_NAMES.has(token.keyword);
  const named = cutOff || next.kind === "Word" || next.kind === "QuotedIdentifier";
  if (isClass(cursor, "ROLE")) {
    const objectType = `${cursor
      .objectName()
      .parts.map(({ value }) => value)
      .join(".")} ROLE`;
    cursor.expect("ROLE");
    return { preposition, objectType, ...parseRoleName(cursor) };
  }
  const objectType =
    (named ? acceptSubjectType(cursor) : undefined) ?? impliedType(preposition, named && !isClauseStart(next.keyword));
  if (objectType === undefined) throw cursor.unexpected(["a kind of object"]);
  if (preposition === "OF" && !objectType.endsWith("ROLE") && objectType !== "SHARE")
    throw cursor.unexpected(["ROLE", "SHARE"], token);
  const name = parseRoleName(cursor);
  const argumentTypes = acceptArgumentTypes(cursor);
  return { preposition, objectType, ...name, ...(argumentTypes && { argumentTypes }) };
}

/** Behind a kind of object without its name. */
const isCutOff = ({ kind, keyword }: Token): boolean => kind === "End" || [";", ")", "->>"].includes(keyword);

/** `name`, `service!role` */
function parseRoleName(cursor: Cursor): { name: Name; roleOf?: Name } {
  const name = cursor.name();
  return cursor.accept("!") ? { name: cursor.objectName(), roleOf: name } : { name };
}

function acceptSubjectType(cursor: Cursor): string | undefined {
  if (cursor.accept("METRIC")) return "METRIC";
  return SINGULAR_TYPES.accept(cursor);
}

/** `SHOW GRANTS TO r` is about a role, `SHOW GRANTS ON t` about a table or view; before a name stands a kind. */
function impliedType(preposition: string, isKind: boolean): string | undefined {
  if (preposition === "TO" || preposition === "OF") return "ROLE";
  return preposition === "ON" && !isKind ? "TABLE" : undefined;
}
