import type { ObjectType } from "../../ast/index";

/** What may stand behind the `=` of a property: kinds such as `int`, or words in upper case; nothing listed takes anything. */
export type ValueKinds = readonly string[];

export interface PropertyTable {
  properties: ReadonlyMap<string, ValueKinds>;
  /** Session parameters may be set as well: of users, tasks and accounts. */
  sessionParameters?: boolean;
  /** Grows faster than its page, or takes the parameters of what lies in it: a name of several words is taken as it is. */
  open?: boolean;
  /** Properties that one of the verbs does not know. */
  only?: { CREATE?: readonly string[]; ALTER?: readonly string[] };
}

export type PropertyTables = Record<ObjectType, PropertyTable>;

/**
 * Reads `NAME NAME:kind NAME:kind|WORD|WORD …`. Kinds: `int`, `nat` (an integer, not
 * negative), `num`, `bool` (quoted, too), `flag` (not quoted), `text` (a string), `str` (a string or a bare
 * word), `name`, `list`, `items` (a list without parentheses), `map`.
 */
export function propertyTable(text: string, options: Omit<PropertyTable, "properties"> = {}): PropertyTable {
  const properties = new Map<string, ValueKinds>();
  for (const entry of text.trim().split(/\s+/)) {
    const [name = "", kinds] = entry.split(":");
    properties.set(name, kinds === undefined ? [] : kinds.split("|"));
  }
  return { properties, ...options };
}

export const RETENTION = "DATA_RETENTION_TIME_IN_DAYS:nat MAX_DATA_EXTENSION_TIME_IN_DAYS:int";
