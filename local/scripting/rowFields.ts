import type { Expression, Identifier } from "../../dialect/index";
import type { Value, Variables } from "../execution/value";
import { varchar } from "../types/dataType";
import type { Scope } from "./scope";

/**
 * `r.c` of a row variable is written like a column, and SYSTEM$GET_RESULTSET_STATUS takes a RESULTSET, which is no value. Before
 * an expression is evaluated both are replaced by a variable of their value; everything else stays as it is.
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
  const status = statusOf(reference, scope);
  if (status !== undefined) {
    const name = `STATUS ${fields.size}`;
    fields.set(name, { type: varchar(), value: status });
    return variable(reference, name);
  }
  if (reference.kind === "ColumnReference" && reference.parts.length === 2) {
    const [row, column] = reference.parts as unknown as [Identifier, Identifier];
    const value = scope.field(row.value, column.value);
    if (value) {
      const name = `${row.value}.${column.value}`;
      fields.set(name, value);
      return variable(reference, name);
    }
  }
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === "span" ? value : replace(value, scope, fields)]),
  );
}

const variable = ({ span }: Expression, name: string): Expression => ({
  kind: "BindVariable",
  span,
  name: { kind: "Identifier", span, text: name, value: name, quoted: true },
});

/** Source: https://docs.snowflake.com/en/sql-reference/functions/system_get_resultset_status */
function statusOf(node: Expression, scope: Scope): string | undefined {
  if (node.kind !== "FunctionCall" || node.name.parts.at(-1)?.value !== "SYSTEM$GET_RESULTSET_STATUS") return undefined;
  const [argument] = node.args;
  const slot = argument?.kind === "ColumnReference" ? scope.find(argument.parts[0]?.value ?? "") : undefined;
  return slot?.kind === "resultSet" ? slot.job?.status : undefined;
}
