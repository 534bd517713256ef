import type { Show, ShowScope } from "../../ast/index";
import type { Cursor } from "../cursor";
import { NOT_A_SHOW_SCOPE } from "../keywords";
import { SHOWN_TYPES, SINGULAR_TYPES } from "./objectTypes";
import { acceptArgumentTypes } from "./routineSignature";

/** Words between the clauses that are neither of them. */
const OPTIONS = ["ROOT ONLY", "WITH DEPENDENTS", "EXCLUDE JOBS", "JOB", "MONITORED", "OWNED BY APPLICATION"];

/** https://docs.snowflake.com/en/sql-reference/sql/show, …/show-grants, …/show-parameters */
export function parseShow(cursor: Cursor): Show {
  const { start } = cursor;
  cursor.expect("SHOW");
  const terse = cursor.accept("TERSE");
  const objectType = SHOWN_TYPES.expect(cursor);
  const show: Show = {
    kind: "Show",
    terse,
    objectType,
    history: cursor.accept("HISTORY"),
    options: [],
    span: { start, end: start },
  };
  while (acceptClause(cursor, show));
  show.span = cursor.span(start);
  return show;
}

function acceptClause(cursor: Cursor, show: Show): boolean {
  if (cursor.atStatementEnd) return false;
  if (show.like === undefined && cursor.accept("LIKE")) show.like = cursor.string();
  else if (show.in === undefined && cursor.accept("IN")) show.in = parseScope(cursor, show);
  else if (show.startsWith === undefined && cursor.acceptSequence("STARTS", "WITH")) show.startsWith = cursor.string();
  else if (show.limit === undefined && cursor.accept("LIMIT")) show.limit = parseLimit(cursor);
  else if (cursor.acceptSequence("WITH", "PRIMARY")) show.withPrimary = cursor.name();
  else if (cursor.acceptSequence("WITH", "PRIVILEGES")) show.options.push(`WITH PRIVILEGES ${parsePrivileges(cursor)}`);
  else if (show.grants === undefined && cursor.isAnyOf(["ON", "TO", "OF", "FOR"])) show.grants = parseSubject(cursor);
  else {
    const option = OPTIONS.find((words) => cursor.acceptSequence(...words.split(" ")));
    if (option === undefined) return false;
    show.options.push(option);
  }
  return true;
}

function parseLimit(cursor: Cursor): NonNullable<Show["limit"]> {
  const { kind, keyword } = cursor.token;
  if (kind !== "Number" && kind !== "Variable" && keyword !== ":" && keyword !== "?")
    throw cursor.unexpected(["an integer"]);
  const count = cursor.operand();
  return cursor.accept("FROM") ? { count, from: cursor.string() } : { count };
}

function parsePrivileges(cursor: Cursor): string {
  return cursor.list(() => cursor.anyIdentifier().value).join(", ");
}

/** `IN ACCOUNT | DATABASE [d] | SCHEMA [s] | kind name | name` */
function parseScope(cursor: Cursor, show: Show): ShowScope {
  const { start } = cursor;
  const scope: ShowScope = { kind: "ShowScope", span: { start, end: start } };
  const type = isBareName(cursor) ? undefined : acceptScopeType(cursor, show);
  if (type !== undefined) scope.type = type;
  if (type === undefined || !(isNameless(type) && isEndOfScope(cursor))) {
    scope.name = cursor.name();
    if (type === "PROCEDURE" || type === "FUNCTION") {
      const argumentTypes = acceptArgumentTypes(cursor);
      if (argumentTypes !== undefined) scope.argumentTypes = argumentTypes;
    }
    // `IN MODEL m VERSION v`, `IN EXPERIMENT e RUN r`
    if (cursor.isAnyOf(["VERSION", "RUN"]))
      show.options.push(`${cursor.next().keyword} ${cursor.anyIdentifier().text}`);
  }
  scope.span = cursor.span(start);
  return scope;
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
  const named = next.kind === "Word" || next.kind === "QuotedIdentifier";
  const objectType = (named ? acceptSubjectType(cursor) : undefined) ?? impliedType(preposition);
  if (objectType === undefined) throw cursor.unexpected(["a kind of object"]);
  let name = cursor.name();
  if (cursor.accept("!")) name = cursor.objectName();
  const argumentTypes = acceptArgumentTypes(cursor);
  return { preposition, objectType, name, ...(argumentTypes && { argumentTypes }) };
}

function acceptSubjectType(cursor: Cursor): string | undefined {
  if (cursor.accept("METRIC")) return "METRIC";
  return SINGULAR_TYPES.accept(cursor);
}

/** `SHOW GRANTS TO r` is about a role. */
function impliedType(preposition: string): string | undefined {
  return preposition === "TO" || preposition === "OF" ? "ROLE" : undefined;
}
