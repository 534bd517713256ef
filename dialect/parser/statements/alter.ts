import type { Alter, AlterAction, AlterSession, Name, ObjectType } from "../../ast/index";
import type { Cursor } from "../cursor";
import { checkProperties } from "../propertyRules/check";
import { isAccessTokenAction } from "./alterAccessToken";
import { parseAlterAction } from "./alterActions";
import { acceptClass } from "./classes";
import { acceptIfExists } from "./createHead";
import { mostParts, SINGULAR_TYPES } from "./objectTypes";
import { expectArgumentTypes } from "./routineSignature";
import { parseAlterSession } from "./session";

/** https://docs.snowflake.com/en/sql-reference/sql/alter */
export function parseAlter(cursor: Cursor): Alter | AlterSession {
  const { start } = cursor;
  cursor.expect("ALTER");
  if (cursor.isSequence("SESSION") && cursor.peek().keyword !== "POLICY") {
    cursor.next();
    return parseAlterSession(cursor, start);
  }
  const objectType = acceptClass(cursor) ?? SINGULAR_TYPES.expect(cursor);
  const alter: Alter = {
    kind: "Alter",
    objectType,
    ifExists: acceptIfExists(cursor),
    actions: [],
    span: { start, end: start },
  };
  const name = parseName(cursor, objectType);
  if (name !== undefined) alter.name = name;
  if (name !== undefined && objectType.startsWith("DYNAMIC") && cursor.accept(","))
    alter.furtherNames = cursor.list(() => cursor.name());
  if (objectType.endsWith("FUNCTION") || objectType === "PROCEDURE")
    alter.argumentTypes = expectArgumentTypes(cursor, objectType);
  alter.actions = parseActions(cursor, objectType);
  // A task takes whatever session parameter there is.
  for (const action of alter.actions)
    if (action.kind === "SetProperties" && objectType !== "TASK")
      checkProperties(cursor, objectType, action.properties, "ALTER");
  alter.span = cursor.span(start);
  return alter;
}

function parseActions(cursor: Cursor, objectType: ObjectType): AlterAction[] {
  const actions: AlterAction[] = [];
  do actions.push(...parseAlterAction(cursor, objectType));
  while (cursor.accept(",") || isFurtherSetOrUnset(cursor));
  return actions;
}

/** `SET a = 1 UNSET b`: the actions of some kinds follow one another without a comma. */
function isFurtherSetOrUnset(cursor: Cursor): boolean {
  return cursor.is("SET") || cursor.is("UNSET");
}

const NAMELESS_ACTIONS: ReadonlySet<string> = new Set(["SET", "UNSET", "SUSPEND", "RESUME", "ABORT", "ADD", "REMOVE"]);

/** What an app says of itself. https://docs.snowflake.com/en/sql-reference/sql/alter-application-set-app-spec */
function isOfItself(keyword: string, next: string): boolean {
  return (keyword === "SET" || keyword === "DROP") && (next === "SPECIFICATION" || next === "CONFIGURATION");
}

/** ACCOUNT and ORGANIZATION have no name as a rule; a warehouse, user, database or schema may be the current one. */
function parseName(cursor: Cursor, objectType: ObjectType): Name | undefined {
  const { keyword } = cursor.token;
  const next = cursor.peek();
  const readName = () => cursor.name(undefined, mostParts(objectType));
  if (objectType === "APPLICATION" && isOfItself(keyword, next.keyword)) return undefined;
  if (objectType === "USER" && (isOwnAction(keyword, next.keyword) || isAccessTokenAction(cursor))) return undefined;
  if (!NAMELESS_ACTIONS.has(keyword) || next.keyword === ".") return readName();
  switch (objectType) {
    case "ACCOUNT":
    case "ORGANIZATION":
      return undefined;
    case "ORGANIZATION ACCOUNT":
    case "DATABASE":
    case "SCHEMA":
      return keyword === "SET" || keyword === "UNSET" ? undefined : readName();
    case "WAREHOUSE":
      return keyword === "SET" ||
        keyword === "UNSET" ||
        next.kind === "End" ||
        next.kind === "Symbol" ||
        next.keyword === "IF" ||
        next.keyword === "ALL"
        ? undefined
        : readName();
    case "USER":
      return keyword === "SET" || keyword === "UNSET" || next.keyword === "KEY" ? undefined : readName();
    default:
      return readName();
  }
}

/** What users do to themselves, without their name. https://docs.snowflake.com/en/sql-reference/sql/alter-user */
const OWN_ACTIONS: Readonly<Record<string, string>> = {
  RESET: "PASSWORD",
  ABORT: "ALL",
  ENROLL: "MFA",
  RENAME: "TO",
};

function isOwnAction(first: string, second: string): boolean {
  if (first === "ADD" || first === "REMOVE" || first === "MODIFY") return second === "MFA" || second === "DELEGATED";
  return OWN_ACTIONS[first] === second;
}
