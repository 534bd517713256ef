import type { Grantee, GrantObject, Privilege } from "../../ast/index";
import type { Cursor } from "../cursor";
import { PLURAL_TYPES, SINGULAR_TYPES, singularOf } from "./objectTypes";
import { acceptArgumentTypes } from "./routineSignature";

const GRANTEES = [
  "ROLE",
  "DATABASE ROLE",
  "APPLICATION ROLE",
  "USER",
  "SHARE IN APPLICATION PACKAGE",
  "SHARE",
  "APPLICATION",
  "LISTING",
] as const satisfies Grantee["type"][];

/** One privilege: words up to a comma, ON, TO or FROM, in upper case; `ALL PRIVILEGES` is `ALL`. */
export function parsePrivilege(cursor: Cursor): Privilege {
  const { start } = cursor;
  if (cursor.accept("ALL")) {
    cursor.accept("PRIVILEGES");
    return { kind: "Privilege", name: "ALL", columns: [], span: cursor.span(start) };
  }
  // `GRANT INHERITED ALL PRIVILEGES ON ALL TABLES IN …`
  if (cursor.acceptSequence("INHERITED", "ALL")) {
    cursor.accept("PRIVILEGES");
    return { kind: "Privilege", name: "INHERITED ALL", columns: [], span: cursor.span(start) };
  }
  const words = [parsePrivilegeWord(cursor)];
  while (isPrivilegeWord(cursor)) words.push(parsePrivilegeWord(cursor));
  const columns = cursor.is("(") ? cursor.parenthesizedList(() => cursor.identifier()) : [];
  return { kind: "Privilege", name: words.join(" "), columns, span: cursor.span(start) };
}

function isPrivilegeWord(cursor: Cursor): boolean {
  const { kind, keyword } = cursor.token;
  return kind === "Word" && keyword !== "ON" && keyword !== "TO" && keyword !== "FROM";
}

/** A word, or the dotted name of a class as in `CREATE SNOWFLAKE.ML.FORECAST`. */
function parsePrivilegeWord(cursor: Cursor): string {
  if (!isPrivilegeWord(cursor)) throw cursor.unexpected(["a privilege"]);
  let word = cursor.next().keyword;
  while (cursor.accept(".")) word += `.${cursor.anyIdentifier().value}`;
  return word;
}

/** Behind ON: ACCOUNT, `ALL | FUTURE tables IN SCHEMA s`, or one object. */
export function parseGrantObject(cursor: Cursor): GrantObject {
  const { start } = cursor;
  if (cursor.is("ACCOUNT") && isGrantee(cursor.peek().keyword)) {
    cursor.next();
    return { kind: "GrantObject", scope: "ACCOUNT", objectType: "ACCOUNT", span: cursor.span(start) };
  }
  const scope = cursor.acceptAnyOf("ALL", "FUTURE");
  if (scope !== undefined) {
    const objectType = singularOf(PLURAL_TYPES.expect(cursor));
    cursor.expect("IN");
    const type = cursor.expectAnyOf("SCHEMA", "DATABASE", "ACCOUNT", "APPLICATION");
    const container: NonNullable<GrantObject["in"]> = { type };
    if (type !== "ACCOUNT") container.name = cursor.name();
    return { kind: "GrantObject", scope, objectType, in: container, span: cursor.span(start) };
  }
  const written = SINGULAR_TYPES.accept(cursor);
  const objectType = written ?? impliedType(cursor);
  const name = cursor.name();
  const argumentTypes = written === undefined ? undefined : acceptArgumentTypes(cursor);
  return {
    kind: "GrantObject",
    scope: "OBJECT",
    objectType,
    name,
    ...(argumentTypes && { argumentTypes }),
    span: cursor.span(start),
  };
}

function isGrantee(keyword: string): boolean {
  return keyword === "TO" || keyword === "FROM";
}

/** `GRANT SELECT ON t`: a table, if nothing is said. */
function impliedType(cursor: Cursor): string {
  const next = cursor.peek().keyword;
  if (!cursor.isIdentifier() || (next !== "." && next !== "TO" && next !== "FROM" && next !== "("))
    throw cursor.unexpected(["a kind of object"]);
  return "TABLE";
}

/** Behind TO or FROM. Without a word the grantee is a role, unless it has to be `typed`; `class ROLE instance!role` names the role of an instance. */
export function parseGrantee(cursor: Cursor, typed = false, partsOfRole = 1): Grantee {
  const { start } = cursor;
  const next = cursor.peek();
  const isCutOff = (next.kind === "End" || next.keyword === ";") && cursor.isAnyOf(["ROLE", "USER", "SHARE"]);
  const hasType = typed || isCutOff || next.kind === "Word" || next.kind === "QuotedIdentifier";
  const type = hasType ? GRANTEES.find((words) => cursor.acceptSequence(...words.split(" "))) : undefined;
  if (!hasType) cursor.isAnyOf(["ROLE", "USER", "SHARE"]);
  if (typed && type === undefined) throw cursor.unexpected();
  // Objects of the account have a name of one part.
  const name = cursor.name(undefined, type === undefined || type === "ROLE" || type === "USER" ? partsOfRole : 2);
  return { kind: "Grantee", type: type ?? "ROLE", name, span: cursor.span(start) };
}
