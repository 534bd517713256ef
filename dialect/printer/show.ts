import type { Describe, Show, ShowScope } from "../ast/index";
import { type Document, sql, when, words } from "./document";
import { signature } from "./objects";

export const showPrinters = {
  Show: (node: Show): Document =>
    words(
      "SHOW",
      when(node.terse, "TERSE"),
      node.objectType,
      when(node.history, "HISTORY"),
      when(node.like, sql`LIKE ${node.like}`),
      when(node.in, sql`IN ${node.in}`),
      node.grants &&
        words(
          node.grants.preposition,
          node.grants.objectType,
          node.grants.name && signature(node.grants.name, node.grants.argumentTypes),
        ),
      when(node.startsWith, sql`STARTS WITH ${node.startsWith}`),
      node.limit && words("LIMIT", node.limit.count, when(node.limit.from, sql`FROM ${node.limit.from}`)),
      words(...node.options),
      when(node.withPrimary, sql`WITH PRIMARY ${node.withPrimary}`),
    ),
  ShowScope: (node: ShowScope): Document => words(node.type, node.name && signature(node.name, node.argumentTypes)),
  Describe: (node: Describe): Document =>
    words(
      "DESCRIBE",
      node.objectType,
      node.name && signature(node.name, node.argumentTypes),
      node.result,
      ...node.properties,
    ),
};
