import type { Expression, Node, Query, Statement } from "../ast/index";

/** Text with nodes still to be printed in it; `undefined` and `false` print nothing. */
export type Document = string | Node | readonly Document[] | undefined | false;

/** `` sql`a ${node} b` `` */
export function sql(strings: TemplateStringsArray, ...values: Document[]): Document {
  const parts: Document[] = [];
  strings.forEach((text, i) => {
    if (text !== "") parts.push(text);
    if (i < values.length) parts.push(values[i]);
  });
  return parts;
}

/** Items parted by commas. */
export function commas(items: readonly Document[]): Document {
  return items.flatMap((item, i) => (i === 0 ? [item] : [", ", item]));
}

export function parenthesizedList(items: readonly Document[]): Document {
  return sql`(${commas(items)})`;
}

/** Items that print something, parted by blanks. */
export function words(...items: Document[]): Document {
  const shown = items.filter(
    (item) => item !== undefined && item !== false && item !== "" && !(Array.isArray(item) && item.length === 0),
  );
  return shown.flatMap((item, i) => (i === 0 ? [item] : [" ", item]));
}

/** `document` if the condition holds, else nothing. */
export function when(condition: unknown, document: Document): Document {
  return condition ? document : undefined;
}

/** Parentheses around what has none of its own. */
export function inParentheses(node: Expression | Query | Statement): Document {
  const own =
    node.kind === "Parenthesized" ||
    (node.kind === "Query" && node.body.kind === "ParenthesizedQuery" && !node.with && !node.orderBy && !node.limit);
  return own ? node : ["(", node, ")"];
}

/** A string literal in single quotes. */
export function quote(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
