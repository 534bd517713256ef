import type { Argument } from "../../ast/index";

/** The text of a variable that is known before run time; session variables are asked for with their `$`, all in upper case. */
export type ConstantOf = (variable: string) => string | undefined;

/** The value of a text expression that is fixed before run time: literals, their concatenation, known variables. */
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
      return expression.operator === "||" ? joined([expression.left, expression.right], constantOf) : undefined;
    case "FunctionCall":
      return expression.name.parts.length === 1 && expression.name.parts[0]?.value === "CONCAT"
        ? joined(expression.args, constantOf)
        : undefined;
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

const isText = (type: string): boolean => /^(VARCHAR|STRING|TEXT|CHAR)/.test(type);

function joined(parts: readonly Argument[], constantOf: ConstantOf): string | undefined {
  const texts = parts.map((part) => constantText(part, constantOf));
  return texts.every((text) => text !== undefined) ? texts.join("") : undefined;
}
