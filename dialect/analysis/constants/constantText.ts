import type { Argument, DataType, FunctionCall } from "../../ast/index";
import { TEXT_FUNCTIONS } from "./textFunctions";

/** The text of a variable that is known before run time; session variables are asked for with their `$`, all in upper case. */
export type ConstantOf = (variable: string) => string | undefined;

/** The value of a text expression that is fixed before run time: literals, known variables, and what functions of text make of them. */
export function constantText(expression: Argument, constantOf: ConstantOf = () => undefined): string | undefined {
  switch (expression.kind) {
    case "StringLiteral":
      return expression.value;
    case "NumberLiteral":
      return canonicalNumber(expression.text);
    case "Unary":
      return expression.operator === "-" && expression.operand.kind === "NumberLiteral"
        ? canonicalNumber(`-${expression.operand.text}`)
        : undefined;
    case "Parenthesized":
      return constantText(expression.expression, constantOf);
    case "Cast":
      return isText(expression.type)
        ? unchangedBy(expression.type, constantText(expression.expression, constantOf))
        : undefined;
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

const isText = ({ name }: DataType): boolean => /^N?(VARCHAR|STRING|TEXT|CHAR)/.test(name);

/** `007` and `1e2` become other texts than were written. */
const canonicalNumber = (text: string): string | undefined =>
  /^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d+)$/.test(text) ? text : undefined;

const INTEGERS = /^(NUMBER|DECIMAL|NUMERIC|INT|INTEGER|BIGINT|SMALLINT|TINYINT|BYTEINT)$/;

/**
 * The text if a value of the type has it as well: it is not too long, and a whole number where one is wanted. Undefined for
 * other types, which write their values in ways of their own.
 */
export function unchangedBy(type: DataType, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [length, scale] = type.parameters;
  if (INTEGERS.test(type.name))
    return length === undefined && !scale && /^(0|-?[1-9]\d*)$/.test(text) ? text : undefined;
  // CHAR without a length is one character. https://docs.snowflake.com/en/sql-reference/data-types-text
  const longest = length ?? (/^N?CHAR(ACTER)?$/.test(type.name) ? 1 : Number.POSITIVE_INFINITY);
  return isText(type) && [...text].length <= longest ? text : undefined;
}

function called({ name, args }: FunctionCall, constantOf: ConstantOf): string | undefined {
  const [own, ...others] = name.parts;
  if (own === undefined || others.length > 0) return undefined;
  // A text that is known is not NULL.
  if (/^(COALESCE|NVL|IFNULL)$/.test(own.value)) return args[0] && constantText(args[0], constantOf);
  if (own.value === "NVL2" && args.length === 3 && constantText(args[0]!, constantOf) !== undefined)
    return constantText(args[1]!, constantOf);
  if (own.value === "ARRAY_TO_STRING") {
    const [array, separator] = args;
    const elements = array && texts(elementsOf(array), constantOf);
    const between = separator && constantText(separator, constantOf);
    return between === undefined ? undefined : elements?.join(between);
  }
  const known = TEXT_FUNCTIONS.get(own.value);
  const given = known && texts(args, constantOf);
  return given && known(given);
}

/** Of an array that is written out. */
function elementsOf(array: Argument): readonly Argument[] | undefined {
  if (array.kind === "ArrayLiteral") return array.elements;
  return array.kind === "FunctionCall" &&
    array.name.parts.length === 1 &&
    array.name.parts[0]!.value === "ARRAY_CONSTRUCT"
    ? array.args
    : undefined;
}

function texts(parts: readonly Argument[] | undefined, constantOf: ConstantOf): string[] | undefined {
  const known = parts?.map((part) => constantText(part, constantOf));
  return known?.every((text) => text !== undefined) ? known : undefined;
}
