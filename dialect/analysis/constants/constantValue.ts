import type { Argument, Binary, Case, Cast, Expression, Unary } from "../../ast/index";
import { calledConstant } from "./calls";
import {
  asJson,
  asText,
  booleanConstant,
  type Constant,
  type ConstantOf,
  type Evaluate,
  equal,
  NULL,
  numberConstant,
  textConstant,
  truth,
  variantConstant,
} from "./constant";
import { arrayOf, elementAt, objectOf } from "./paths";
import { isText, unchangedBy } from "./typedText";

/** Chains of other operators than `||` that are longer are not followed. */
const MOST_LEVELS = 1000;

/** The value of an expression where it is known before run time. */
export function constantValue(expression: Argument, constantOf: ConstantOf, level = 0): Constant | undefined {
  if (level > MOST_LEVELS) return undefined;
  const evaluate: Evaluate = (part) => part && constantValue(part, constantOf, level + 1);
  switch (expression.kind) {
    case "StringLiteral":
      return textConstant(expression.value);
    case "NumberLiteral":
      return numberConstant(expression.text);
    case "BooleanLiteral":
      return booleanConstant(expression.value);
    case "NullLiteral":
      return NULL;
    case "BindVariable":
      return variable(constantOf(expression.name.value));
    case "SessionVariable":
      return variable(constantOf(`$${expression.name.value}`));
    case "ColumnReference":
      return expression.parts.length === 1 ? variable(constantOf(expression.parts[0]!.value)) : undefined;
    case "Parenthesized":
    case "Collate":
      return evaluate(expression.expression);
    case "Unary":
      return unary(expression, evaluate);
    case "Cast":
      return cast(expression, evaluate);
    case "Binary":
      return binary(expression, evaluate);
    case "Case":
      return chosen(expression, evaluate);
    case "IsNull": {
      const operand = evaluate(expression.operand);
      return operand && booleanConstant((operand.type === "null") !== expression.negated);
    }
    case "ArrayLiteral":
      return variantConstant(arrayOf(expression.elements, evaluate));
    case "ObjectLiteral":
      return variantConstant(
        objectOf(
          expression.entries.flatMap((entry) =>
            entry.kind === "ObjectEntry" ? [entry.key, entry.value] : [undefined],
          ),
          evaluate,
        ),
      );
    case "FieldAccess":
      return elementAt(evaluate(expression.base), expression.key.text);
    case "IndexAccess":
      return elementAt(evaluate(expression.base), asJson(evaluate(expression.index)));
    case "FunctionCall":
      return calledConstant(expression, evaluate);
    default:
      return undefined;
  }
}

const variable = (text: string | undefined): Constant | undefined =>
  text === undefined ? undefined : { type: "variable", text };

function unary({ operator, operand }: Unary, evaluate: Evaluate): Constant | undefined {
  const value = evaluate(operand);
  if (operator === "NOT") return value?.type === "boolean" ? booleanConstant(!value.value) : undefined;
  return operator === "-" && value?.type === "number" ? numberConstant(`-${value.text}`) : undefined;
}

function cast({ type, expression }: Cast, evaluate: Evaluate): Constant | undefined {
  const value = evaluate(expression);
  if (value === undefined || value.type === "null") return value;
  if (type.name === "VARIANT") return variantConstant(asJson(value));
  return isText(type) ? textConstant(unchangedBy(type, asText(value))) : undefined;
}

function binary(expression: Binary, evaluate: Evaluate): Constant | undefined {
  const { operator } = expression;
  if (operator === "||") return joined(expression, evaluate);
  const [left, right] = [evaluate(expression.left), evaluate(expression.right)];
  if (operator === "AND" || operator === "OR") return connected([left, right], operator === "OR");
  if (left === undefined || right === undefined) return undefined;
  if (left.type === "null" || right.type === "null") return NULL;
  if (operator === "=") return booleanConstant(equal(left, right));
  if (operator === "<>") {
    const same = equal(left, right);
    return booleanConstant(same === undefined ? undefined : !same);
  }
  return left.type === "number" && right.type === "number" ? computed(operator, left.text, right.text) : undefined;
}

/** One side decides alone: FALSE AND whatever is FALSE, TRUE OR whatever is TRUE. */
function connected(sides: (Constant | undefined)[], deciding: boolean): Constant | undefined {
  const values = sides.map((side) => (side?.type === "boolean" ? side.value : undefined));
  if (values.includes(deciding)) return booleanConstant(deciding);
  return values.includes(undefined) ? undefined : booleanConstant(!deciding);
}

/** Of whole numbers; a fraction has a scale of its own. */
function computed(operator: Binary["operator"], left: string, right: string): Constant | undefined {
  const [a, b] = [Number(left), Number(right)];
  switch (operator) {
    case "<":
      return booleanConstant(a < b);
    case "<=":
      return booleanConstant(a <= b);
    case ">":
      return booleanConstant(a > b);
    case ">=":
      return booleanConstant(a >= b);
  }
  const result = operator === "+" ? a + b : operator === "-" ? a - b : operator === "*" ? a * b : Number.NaN;
  return [a, b, result].every(Number.isSafeInteger) ? numberConstant(String(result)) : undefined;
}

/** A chain of `||`, however long it is. */
function joined(chain: Binary, evaluate: Evaluate): Constant | undefined {
  const parts: (string | undefined)[] = [];
  let first: Expression = chain;
  for (; first.kind === "Binary" && first.operator === "||"; first = first.left)
    parts.push(asText(evaluate(first.right)));
  parts.push(asText(evaluate(first)));
  return parts.includes(undefined) ? undefined : textConstant(parts.reverse().join(""));
}

function chosen({ operand, whens, otherwise }: Case, evaluate: Evaluate): Constant | undefined {
  const searched = operand && evaluate(operand);
  if (operand !== undefined && searched === undefined) return undefined;
  for (const { condition, result } of whens) {
    const value = evaluate(condition);
    const holds = value && (searched ? equal(searched, value) : truth(value));
    if (holds === undefined) return undefined;
    if (holds) return evaluate(result);
  }
  return otherwise ? evaluate(otherwise) : NULL;
}
