import type { Expression, Name, ObjectName } from "../../dialect/index";
import { DialectError } from "../../dialect/index";
import { parseObjectName } from "../../dialect/parser/parser";
import { bindVariableNotSet, invalidIdentifier, sessionVariableDoesNotExist, unsupportedFeature } from "../errors";
import type { ExecutionContext } from "../execution/context";

/** The parts of a name as stored, outermost first. `IDENTIFIER(…)` is looked up in variables and binds. */
export function nameParts(context: ExecutionContext, name: Name): string[] {
  if (name.kind === "ObjectName") return name.parts.map((p) => p.value);
  const said = nameOfText(identifierText(context, name.argument));
  return [...said.parts, ...name.rest].map((p) => p.value);
}

/** The name that a text holds: `db.s."x"`. Errors: 000904. */
export function nameOfText(text: string): ObjectName {
  try {
    const name = parseObjectName(text);
    if (name.kind === "ObjectName") return name;
  } catch (error) {
    if (!(error instanceof DialectError)) throw error;
  }
  throw invalidIdentifier(text);
}

function identifierText(context: ExecutionContext, argument: Expression): string {
  const textOf = (value: unknown, name: string): string => {
    if (typeof value !== "string") throw bindVariableNotSet(name);
    return value;
  };
  switch (argument.kind) {
    case "StringLiteral":
      return argument.value;
    case "SessionVariable": {
      const variable = context.session.variables.get(argument.name.value);
      if (!variable) throw sessionVariableDoesNotExist(argument.name.value);
      return textOf(variable.value, `$${argument.name.value}`);
    }
    case "BindVariable": {
      const index = /^\d+$/.test(argument.name.value) ? Number(argument.name.value) : 0;
      const value = index > 0 ? context.binds.values[index - 1] : context.variables?.get(argument.name.value);
      return textOf(value?.value, `:${argument.name.value}`);
    }
    case "BindPlaceholder":
      return textOf(context.binds.values[argument.index]?.value, "?");
    case "ColumnReference": {
      if (argument.parts.length === 1) {
        const variable = context.variables?.get(argument.parts[0]?.value ?? "");
        if (variable) return textOf(variable.value, argument.parts[0]?.value ?? "");
      }
      return argument.parts.map((p) => (p.quoted ? `"${p.text.replaceAll('"', '""')}"` : p.text)).join(".");
    }
    default:
      throw unsupportedFeature(`IDENTIFIER(${argument.kind})`);
  }
}
