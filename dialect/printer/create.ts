import type { CloneSource, CreateModifiers, PolicyClause, TagAssignment } from "../ast/index";
import { type Document, parenthesizedList, sql, when, words } from "./document";

/** `CREATE [OR REPLACE] words [IF NOT EXISTS] name` */
export function createHead(node: CreateModifiers, ...kind: Document[]): Document {
  const verb = node.define
    ? "DEFINE"
    : words("CREATE", when(node.orReplace, "OR REPLACE"), when(node.orAlter, "OR ALTER"));
  return words(verb, ...kind, when(node.ifNotExists, "IF NOT EXISTS"), node.name);
}

/** Policies and tags behind an object. */
export function governance(node: { policies?: PolicyClause[]; tags: TagAssignment[] }): Document {
  return words(words(...(node.policies ?? [])), when(node.tags.length, tagList(node.tags)));
}

export function tagList(tags: TagAssignment[]): Document {
  return sql`TAG ${parenthesizedList(tags)}`;
}

export const createPrinters = {
  CloneSource: (node: CloneSource): Document => words("CLONE", node.source, node.timeTravel),
};
