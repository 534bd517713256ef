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
      ...scopeAndSubject(node),
      when(node.startsWith, sql`STARTS WITH ${node.startsWith}`),
      node.limit && words("LIMIT", node.limit.count, when(node.limit.from, sql`FROM ${node.limit.from}`)),
      words(...node.options),
      when(node.withPrimary, sql`WITH PRIMARY ${node.withPrimary}`),
    ),
  ShowScope: (node: ShowScope): Document =>
    words(node.type, node.name && signature(node.name, node.argumentTypes), node.part),
  Describe: (node: Describe): Document =>
    words(
      "DESCRIBE",
      node.objectType,
      node.name && signature(node.name, node.argumentTypes),
      when(node.application, sql`IN APPLICATION ${node.application}`),
      node.result,
      ...node.properties,
    ),
};

/** `IN view FOR METRIC m`, but `TO SHARE s IN APPLICATION PACKAGE p`. */
function scopeAndSubject({ in: scope, grants }: Show): Document[] {
  const within = when(scope, sql`IN ${scope}`);
  if (grants === undefined) return [within];
  const { preposition, objectType, name, roleOf, argumentTypes } = grants;
  const subject = words(
    preposition,
    objectType,
    name && [when(roleOf, sql`${roleOf}!`), signature(name, argumentTypes)],
  );
  return preposition === "FOR" ? [within, subject] : [subject, within];
}
