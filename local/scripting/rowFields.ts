import type { Expression, Identifier } from "../../dialect/index";
import type { Value, Variables } from "../execution/value";
import type { Scope } from "./scope";

/**
 * `r.c` of a row variable is written like a column. Before such an expression is evaluated the reference is replaced by a
 * variable of that value; everything else stays as it is.
 */
export function withRowFields<T extends Expression>(
  expression: T,
  scope: Scope,
): { expression: T; variables: Variables } {
  const fields = new Map<string, Value>();
  const replaced = replace(expression, scope, fields) as T;
  return {
    expression: replaced,
    variables: fields.size === 0 ? scope : { get: (name) => fields.get(name) ?? scope.get(name) },
  };
}

function replace(node: unknown, scope: Scope, fields: Map<string, Value>): unknown {
  if (Array.isArray(node)) return node.map((item) => replace(item, scope, fields));
  if (typeof node !== "object" || node === null) return node;
  const reference = node as Expression;
  if (reference.kind === "ColumnReference" && reference.parts.length === 2) {
    const [row, column] = reference.parts as unknown as [Identifier, Identifier];
    const value = scope.field(row.value, column.value);
    if (value) {
      const name = `${row.value}.${column.value}`;
      fields.set(name, value);
      return {
        kind: "BindVariable",
        span: reference.span,
        name: { kind: "Identifier", span: reference.span, text: name, value: name, quoted: true },
      };
    }
  }
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === "span" ? value : replace(value, scope, fields)]),
  );
}
