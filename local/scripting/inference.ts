import { type Node, type ScriptValue, type VariableDeclaration, visit } from "../../dialect/index";
import type { SnowflakeError } from "../errors";
import { notInferred } from "./check";

/** What has the type VARIANT whatever its arguments are. */
const VARIANT_FUNCTIONS = /^(PARSE_JSON|TRY_PARSE_JSON|TO_VARIANT|GET|GET_PATH|GET_IGNORE_CASE)$/;

/**
 * The complaint about a declaration without a type whose initializer gives it none: one that reads a variable with a colon
 * anywhere but alone or beneath a cast, and one of the type VARIANT. `isVariant` knows the variables that are declared so.
 */
export function withoutType(
  declaration: VariableDeclaration,
  value: ScriptValue,
  text: string,
  isVariant: (name: string) => boolean,
): SnowflakeError | undefined {
  if (value.kind === "Parenthesized") return withoutType(declaration, value.expression, text, isVariant);
  const isRead = value.kind !== "BindVariable" && value.kind !== "Cast" && !isCall(value);
  const isUntyped = (isRead && readsBind(value)) || givesVariant(value, isVariant);
  return isUntyped ? notInferred(declaration.name, text, declaration.span) : undefined;
}

const isCall = (value: ScriptValue): boolean => value.kind === "StatementValue" && value.statement.kind !== "Query";

function readsBind(value: Node): boolean {
  let found = false;
  visit(value, {
    BindVariable: () => {
      found = true;
    },
  });
  return found;
}

function givesVariant(value: ScriptValue, isVariant: (name: string) => boolean): boolean {
  switch (value.kind) {
    case "BindVariable":
      return isVariant(value.name.value);
    case "ColumnReference":
      return value.parts.length === 1 && isVariant(value.parts[0]?.value ?? "");
    case "FieldAccess":
    case "IndexAccess":
      return true;
    case "Cast":
      return value.type.name === "VARIANT";
    case "FunctionCall":
      return value.name.parts.length === 1 && VARIANT_FUNCTIONS.test(value.name.parts[0]?.value ?? "");
    default:
      return false;
  }
}
