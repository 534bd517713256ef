import type { AlterAction, ObjectType, Property } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseTag } from "../governance";
import { acceptFlag, parseProperties } from "../properties";
import { acceptTriggers } from "./resourceMonitor";
import { parseSequenceProperties } from "./sequence";

/** Words of UNSET that are more than one. */
const LONG_NAMES = ["DCM PROJECT"];

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
  cursor.next();
  return parseUnset(cursor, start);
}

function parseSet(cursor: Cursor, objectType: ObjectType, start: number): AlterAction[] | undefined {
  if (cursor.accept("TAG")) {
    const tags = [parseTag(cursor)];
    while (cursor.is(",") && isTagBehindComma(cursor)) {
      cursor.next();
      tags.push(parseTag(cursor));
    }
    return [{ kind: "SetTags", tags, span: cursor.span(start) }];
  }
  const properties: Property[] =
    objectType === "SEQUENCE" ? parseSequenceProperties(cursor) : parseSetProperties(cursor);
  const actions: AlterAction[] = [];
  if (properties.length > 0) actions.push({ kind: "SetProperties", properties, span: cursor.span(start) });
  const triggers = acceptTriggerAction(cursor, cursor.start);
  if (triggers !== undefined) actions.push(...triggers);
  return actions.length > 0 ? actions : undefined;
}

function parseSetProperties(cursor: Cursor): Property[] {
  const secure = acceptFlag(cursor, "SECURE");
  if (secure !== undefined) return [secure];
  const properties = parseProperties(cursor);
  if (cursor.isSequence("COMMENT") && cursor.peek().kind === "String") {
    const { start } = cursor;
    cursor.next();
    properties.push({ kind: "Property", name: "COMMENT", value: cursor.string(), span: cursor.span(start) });
  }
  return properties;
}

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

function parseUnset(cursor: Cursor, start: number): AlterAction[] {
  if (cursor.accept("TAG")) {
    const tags = cursor.list(() => cursor.name());
    return [{ kind: "UnsetTags", tags, span: cursor.span(start) }];
  }
  const names = [parseUnsetName(cursor)];
  while (cursor.accept(",") || isFurtherName(cursor)) names.push(parseUnsetName(cursor));
  return [{ kind: "UnsetProperties", names, span: cursor.span(start) }];
}

function parseUnsetName(cursor: Cursor): string {
  const long = LONG_NAMES.find((words) => cursor.acceptSequence(...words.split(" ")));
  if (long !== undefined) return long;
  if (cursor.accept("CONTACT")) return `CONTACT ${cursor.identifier().value}`;
  if (cursor.token.kind !== "Word") throw cursor.unexpected(["a property"]);
  return cursor.next().keyword;
}

/** Names may be parted by blanks alone. */
function isFurtherName(cursor: Cursor): boolean {
  return cursor.token.kind === "Word" && cursor.isIdentifier();
}
