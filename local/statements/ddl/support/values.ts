import type { Expression, PropertyValue } from "../../../../dialect/index";
import { compilationError, invalidValue, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { Value } from "../../../execution/value";
import { nameParts } from "../../../names/parts";

export type Scalar = string | number | boolean | null;

/** A value that must be known before anything runs: a literal, a variable or a bind. */
export function scalarOf(context: ExecutionContext, value: PropertyValue): Scalar {
  switch (value.kind) {
    case "StringLiteral":
      return value.value;
    case "NumberLiteral":
      return Number(value.text);
    case "BooleanLiteral":
      return value.value;
    case "NullLiteral":
      return null;
    case "Keyword":
      return value.value;
    case "ObjectName":
    case "IdentifierFunction":
      return nameParts(context, value).join(".");
    case "ColumnReference":
      return value.parts.map((part) => part.value).join(".");
    case "StageReference":
      return value.text;
    case "Unary": {
      const operand = scalarOf(context, value.operand);
      if (value.operator === "-" && typeof operand === "number") return -operand;
      break;
    }
    case "SessionVariable":
      return fromValue(context.session.variables.get(value.name.value), `$${value.name.value}`);
    case "BindVariable": {
      const index = /^\d+$/.test(value.name.value) ? Number(value.name.value) : 0;
      const bound = index > 0 ? context.binds.values[index - 1] : context.variables?.get(value.name.value);
      return fromValue(bound, `:${value.name.value}`);
    }
    case "BindPlaceholder":
      return fromValue(context.binds.values[value.index], "?");
  }
  throw unsupportedFeature(`expression ${value.kind} as the value of a property`);
}

function fromValue(bound: Value | undefined, name: string): Scalar {
  if (!bound) throw compilationError("002049", "42601", `Bind variable ${name} not set.`);
  const { value } = bound;
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  return String(value);
}

/** The text of an expression that must be a string, such as a comment. */
export function textOf(context: ExecutionContext, expression: Expression, property: string): string {
  const value = scalarOf(context, expression);
  if (typeof value === "string") return value;
  throw invalidValue(String(value), property);
}
