import type { Argument, FunctionCall } from "../../ast/index";
import { TEXT_FUNCTIONS } from "./textFunctions";

/** The text of a variable that is known before run time; session variables are asked for with their `$`, all in upper case. */
export type ConstantOf = (variable: string) => string | undefined;

/** The value of a text expression that is fixed before run time: literals, known variables, and what functions of text make of them. */
export function constantText(expression: Argument, constantOf: ConstantOf = () => undefined): string | undefined {
  switch (expression.kind) {
    case "StringLiteral":
      return expression.value;
    case "NumberLiteral":
      return expression.text;
    case "Parenthesized":
      return constantText(expression.expression, constantOf);
    case "Cast":
      return isText(expression.type.name) ? constantText(expression.expression, constantOf) : undefined;
    case "Binary":
      return expression.operator === "||"
        ? texts([expression.left, expression.right], constantOf)?.join("")
        : undefined;
    case "FunctionCall":
      return called(expression, constantOf);
    case "BindVariable":
      return constantOf(expression.name.value);
    case "SessionVariable":
      return constantOf(`$${expression.name.value}`);
    case "ColumnReference":
      return expression.parts.length === 1 ? constantOf(expression.parts[0]!.value) : undefined;
    default:
      return undefined;
  }
}

const isText = (type: string): boolean => /^N?(VARCHAR|STRING|TEXT|CHAR)/.test(type);

function called({ name, args }: FunctionCall, constantOf: ConstantOf): string | undefined {
  const [own, ...others] = name.parts;
  if (own === undefined || others.length > 0) return undefined;
  // A text that is known is not NULL.
  if (/^(COALESCE|NVL|IFNULL)$/.test(own.value)) return args[0] && constantText(args[0], constantOf);
  if (own.value === "ARRAY_TO_STRING") {
    const [array, separator] = args;
    const elements = array?.kind === "ArrayLiteral" ? texts(array.elements, constantOf) : undefined;
    const between = separator && constantText(separator, constantOf);
    return between === undefined ? undefined : elements?.join(between);
  }
  const known = TEXT_FUNCTIONS.get(own.value);
  const given = known && texts(args, constantOf);
  return given && known(given);
}

function texts(parts: readonly Argument[], constantOf: ConstantOf): string[] | undefined {
  const known = parts.map((part) => constantText(part, constantOf));
  return known.every((text) => text !== undefined) ? known : undefined;
}
