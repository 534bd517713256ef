import type { AlterAction, ObjectType, Property } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseTag } from "../governance";
import {
  acceptClause,
  acceptComment,
  acceptFlag,
  acceptLongName,
  isProperty,
  parseProperty,
  parsePropertyValue,
} from "../properties";
import { checkPropertyName } from "../propertyRules/check";
import { duplicateProperty } from "../propertyRules/repeats";
import { acceptTriggers } from "./resourceMonitor";
import { parseSequenceProperties } from "./sequence";

/** Words of UNSET that are more than one. */
const LONG_NAMES = [
  "DCM PROJECT",
  "PRIMARY KEY",
  "EXECUTE AS USER",
  "FROZEN WHERE",
  "IMMUTABLE WHERE",
  "FROZEN",
  "IMMUTABLE",
];

/** What UNSET has without a tree. */
const WORDS_OF_UNSET: Record<ObjectType, readonly [string, ...string[]][]> = {
  APPLICATION: [["CONFIGURATION"], ["REFERENCES"]],
  "APPLICATION PACKAGE": [["RELEASE", "DIRECTIVE"]],
  "EVENT ROUTING TABLE": [["RULE"]],
  ORGANIZATION: [["EVENT", "ROUTING", "TABLE"]],
};

/** `SET TAG …`, `SET a = 1 b = 2`, `SET SECURE`, and the same for UNSET; undefined where SET has words without a tree. */
export function acceptSetOrUnset(cursor: Cursor, objectType: ObjectType): AlterAction[] | undefined {
  const { start } = cursor;
  if (cursor.is("SET")) {
    cursor.next();
    return parseSet(cursor, objectType, start);
  }
  if (!cursor.is("UNSET")) {
    // `ALTER RESOURCE MONITOR m TRIGGERS ON …` without SET, and `NOTIFY_USERS = …` before it.
    return objectType === "RESOURCE MONITOR" ? acceptTriggerAction(cursor, start) : undefined;
  }
  if (WORDS_OF_UNSET[objectType]?.some((words) => cursor.isSequence("UNSET", ...words))) return undefined;
  cursor.next();
  return parseUnset(cursor, objectType, start);
}

function parseSet(cursor: Cursor, objectType: ObjectType, start: number): AlterAction[] | undefined {
  const actions: AlterAction[] = [];
  // `SET APPEND_ONLY = TRUE TAG a = 'x' COMMENT = 'y'` of a stream has its tags in the middle.
  for (let from = start; ; from = cursor.start) {
    const properties: Property[] =
      objectType === "SEQUENCE" ? parseSequenceProperties(cursor) : parseSetProperties(cursor, objectType);
    if (properties.length > 0) actions.push({ kind: "SetProperties", properties, span: cursor.span(from) });
    if (!cursor.is("TAG") || cursor.peek().kind === "Symbol") break;
    actions.push(parseSetTags(cursor, properties.length > 0 ? cursor.start : from));
  }
  const triggers = acceptTriggerAction(cursor, cursor.start);
  if (triggers !== undefined) actions.push(...triggers);
  return actions.length > 0 ? actions : undefined;
}

function parseSetTags(cursor: Cursor, start: number): AlterAction {
  cursor.expect("TAG");
  const tags = [parseTag(cursor)];
  while (cursor.is(",") && isTagBehindComma(cursor)) {
    cursor.next();
    tags.push(parseTag(cursor));
  }
  return { kind: "SetTags", tags, span: cursor.span(start) };
}

function parseSetProperties(cursor: Cursor, objectType: ObjectType): Property[] {
  const properties: Property[] = [];
  for (;;) {
    const property =
      (cursor.peek().keyword === "=" ? undefined : acceptFlag(cursor, "SECURE")) ??
      acceptComment(cursor) ??
      acceptFrozenWhere(cursor) ??
      acceptClause(cursor, ["EXECUTE AS USER"]) ??
      acceptSecondaryRoles(cursor) ??
      (objectType === "POSTGRES INSTANCE" ? acceptApply(cursor) : undefined) ??
      (objectType === "CORTEX SEARCH SERVICE" ? acceptLongName(cursor, ["PRIMARY KEY"]) : undefined) ??
      (isProperty(cursor) ? parseProperty(cursor) : undefined);
    if (property === undefined) return properties;
    properties.push(property);
    if (cursor.is(",") && isSetBehindComma(cursor)) cursor.next();
  }
}

function isSetBehindComma(cursor: Cursor): boolean {
  const next = cursor.peek().keyword;
  const behind = cursor.peek(2).keyword;
  return behind === "=" || (next === "FROZEN" && behind === "WHERE") || (next === "EXECUTE" && behind === "AS");
}

/** `FROZEN WHERE (…)` of a dynamic table, formerly IMMUTABLE WHERE. */
function acceptFrozenWhere(cursor: Cursor): Property | undefined {
  const { start } = cursor;
  if (!cursor.isSequence("FROZEN", "WHERE", "(") && !cursor.isSequence("IMMUTABLE", "WHERE", "(")) return undefined;
  cursor.next();
  cursor.next();
  const value = cursor.expression();
  return { kind: "Property", name: "FROZEN WHERE", value, bare: true, span: cursor.span(start) };
}

/** `USE SECONDARY ROLES ALL | NONE | a, b` behind EXECUTE AS USER. */
function acceptSecondaryRoles(cursor: Cursor): Property | undefined {
  const { start } = cursor;
  if (!cursor.acceptSequence("USE", "SECONDARY", "ROLES")) return undefined;
  const items = cursor.list(() => parsePropertyValue(cursor, "ROLES"));
  const value = { kind: "PropertyList", items, bare: true, span: cursor.span(start) } as const;
  return { kind: "Property", name: "USE SECONDARY ROLES", value, bare: true, span: cursor.span(start) };
}

/** `APPLY IMMEDIATELY | ON 'timestamp'`. https://docs.snowflake.com/en/sql-reference/sql/alter-postgres-instance */
const acceptApply = (cursor: Cursor): Property | undefined =>
  acceptFlag(cursor, "APPLY IMMEDIATELY") ?? acceptClause(cursor, ["APPLY ON"], () => cursor.string());

function acceptTriggerAction(cursor: Cursor, start: number): AlterAction[] | undefined {
  const triggers = acceptTriggers(cursor);
  return triggers && [{ kind: "SetTriggers", triggers, span: cursor.span(start) }];
}

/** `a = …` or `d.s.a = …` */
export function isTagBehindComma(cursor: Cursor): boolean {
  let ahead = 2;
  while (cursor.peek(ahead).keyword === "." && ahead < 6) ahead += 2;
  return cursor.peek(ahead).keyword === "=";
}

function parseUnset(cursor: Cursor, objectType: ObjectType, start: number): AlterAction[] {
  if (cursor.accept("TAG")) {
    const tags = cursor.list(() => cursor.name());
    return [{ kind: "UnsetTags", tags, span: cursor.span(start) }];
  }
  // A stage is only let go of by a project. https://docs.snowflake.com/en/sql-reference/sql/alter-stage, …/alter-file-format
  if (objectType === "FILE FORMAT" || (objectType === "STAGE" && !cursor.isSequence("DCM", "PROJECT")))
    throw cursor.unsupported("UNSET", { start, end: start + "UNSET".length });
  const names: string[] = [];
  do {
    const from = cursor.start;
    const name = parseUnsetName(cursor, objectType);
    if (names.includes(name)) throw cursor.brokenRule(duplicateProperty(name), cursor.span(from));
    names.push(name);
  } while (cursor.accept(",") || isFurtherName(cursor));
  return [{ kind: "UnsetProperties", names, span: cursor.span(start) }];
}

function parseUnsetName(cursor: Cursor, objectType: ObjectType): string {
  const long = LONG_NAMES.find((words) => cursor.acceptSequence(...words.split(" ")));
  if (long !== undefined) return long;
  if (cursor.accept("CONTACT")) return `CONTACT ${cursor.identifier().value}`;
  const { kind, keyword } = cursor.token;
  if (kind !== "Word") throw cursor.unexpected(["a property"]);
  if (cursor.peek().keyword === "POLICY") {
    cursor.next();
    cursor.next();
    return `${keyword} POLICY`;
  }
  // `SECURE` is no property, `RELEASE DIRECTIVE` more than one word.
  if (keyword !== "SECURE" && cursor.peek().kind !== "Word") checkPropertyName(cursor, objectType, keyword);
  return cursor.next().keyword;
}

/** Names may be parted by blanks alone. */
function isFurtherName(cursor: Cursor): boolean {
  return cursor.token.kind === "Word" && cursor.isIdentifier();
}
