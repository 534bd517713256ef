import type { Name, ObjectType, Unmodelled } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptIfExists, acceptIfNotExists } from "./createHead";

export interface UnmodelledHead {
  start: number;
  verb: string;
  objectType?: ObjectType;
  orReplace?: boolean;
  /** Some kinds have no name of their own or a path instead. */
  nameless?: boolean;
  makesTable?: (words: ReadonlySet<string>) => boolean;
  /** Reads what stands behind the name, where it is not stepped over. */
  rest?: (cursor: Cursor) => void;
}

/**
 * A statement that Snowflake documents and that has no tree: its kind and name are read, the rest is text up to the end of
 * the statement, with parentheses in balance.
 */
export function parseUnmodelled(cursor: Cursor, head: UnmodelledHead): Unmodelled {
  const ifExists = acceptIfExists(cursor) || acceptIfNotExists(cursor);
  const isName = cursor.isIdentifier() && !head.nameless;
  const name: Name | undefined = isName ? cursor.name() : undefined;
  if (!isName && !head.nameless && cursor.atStatementEnd) throw cursor.unexpected(["an identifier"]);
  head.rest?.(cursor);
  const words = head.rest === undefined ? skipRest(cursor) : new Set<string>();
  const span = cursor.span(head.start);
  const { verb, objectType, orReplace } = head;
  return {
    kind: "Unmodelled",
    verb,
    ...(objectType && { objectType }),
    ...(name && { name }),
    ...(orReplace && { orReplace }),
    ...(ifExists && { ifExists }),
    makesTable: head.makesTable?.(words) ?? false,
    text: cursor.textOf(span),
    span,
  };
}

/** Steps over the rest of a statement and answers with its words. */
export function skipRest(cursor: Cursor): Set<string> {
  const words = new Set<string>();
  let depth = 0;
  for (;;) {
    if (cursor.atEnd) {
      if (depth > 0) throw cursor.unexpected([")"]);
      return words;
    }
    const { keyword, kind } = cursor.token;
    if (depth === 0 && (keyword === ";" || keyword === "->>")) return words;
    if (keyword === "(") depth++;
    else if (keyword === ")" && --depth < 0) throw cursor.unexpected();
    if (kind === "Word") words.add(keyword);
    cursor.next();
  }
}
