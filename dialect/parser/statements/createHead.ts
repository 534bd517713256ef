import type { CloneSource, Name, ObjectType } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptTimeTravel } from "../query/timeTravel";
import { mostParts } from "./objectTypes";

/** What stands between CREATE and the name, read before a family takes over. */
export interface CreateHead {
  /** Where CREATE or DEFINE began. */
  start: number;
  orReplace: boolean;
  orAlter: boolean;
  define: boolean;
  /** SECURE, TEMPORARY, TRANSIENT, RECURSIVE … as far as the kind allows them. */
  modifiers: ReadonlySet<string>;
  /** Said already before the kind: `CREATE IF NOT EXISTS SECRET s`. */
  ifNotExists?: boolean;
  objectType: ObjectType;
}

/** The members that every CREATE node begins with; reads `[IF NOT EXISTS] name`. */
export interface CreateStart {
  orReplace: boolean;
  orAlter: boolean;
  ifNotExists: boolean;
  define?: boolean;
  name: Name;
}

export function parseCreateStart(cursor: Cursor, head: CreateHead): CreateStart {
  const ifNotExists = head.ifNotExists === true || acceptIfNotExistsAlone(cursor, head);
  const { orReplace, orAlter } = head;
  const start: CreateStart = {
    orReplace,
    orAlter,
    ifNotExists,
    name: cursor.name(undefined, mostParts(head.objectType)),
  };
  // `CREATE TABLE t IF NOT EXISTS (…)` is taken as well.
  if (!ifNotExists) start.ifNotExists = acceptIfNotExistsAlone(cursor, head);
  if (head.define) start.define = true;
  return start;
}

/** OR ALTER says itself what becomes of an object of the name. OR REPLACE does too, but the grammar has both: the server refuses them. */
function acceptIfNotExistsAlone(cursor: Cursor, { orAlter }: CreateHead): boolean {
  const { start } = cursor;
  if (!acceptIfNotExists(cursor)) return false;
  if (orAlter) throw cursor.incompatible("IF NOT EXISTS", "OR ALTER", cursor.span(start));
  return true;
}

export function acceptIfNotExists(cursor: Cursor): boolean {
  if (!cursor.acceptSequence("IF", "NOT")) return false;
  cursor.expect("EXISTS");
  return true;
}

/** A name `IF` would be followed by no further word, or by one that ends the statement. */
const BEHIND_NAME = ["CASCADE", "RESTRICT", "PURGE", "FORCE", "SET", "UNSET", "RENAME", "ADD", "DROP", "IS"];

export function acceptIfExists(cursor: Cursor): boolean {
  if (cursor.acceptSequence("IF", "EXISTS")) return true;
  const { kind, keyword } = cursor.peek();
  if (!cursor.is("IF") || kind !== "Word" || keyword === "NOT" || BEHIND_NAME.includes(keyword)) return false;
  cursor.next();
  throw cursor.unexpected(["EXISTS"]);
}

/** `CLONE source [AT | BEFORE (…)]` */
export function acceptClone(cursor: Cursor): CloneSource | undefined {
  if (!cursor.is("CLONE")) return undefined;
  const { start } = cursor;
  cursor.next();
  const clone: CloneSource = { kind: "CloneSource", source: cursor.name(), span: { start, end: start } };
  const timeTravel = acceptTimeTravel(cursor);
  if (timeTravel !== undefined) clone.timeTravel = timeTravel;
  clone.span = cursor.span(start);
  return clone;
}
