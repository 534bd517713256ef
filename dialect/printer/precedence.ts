import type { Expression } from "../ast/index";

export const ANY = 0;
export const OR = 1;
export const AND = 2;
export const NOT = 3;
export const COMPARISON = 4;
export const NULL_TEST = 5;
export const ADDITIVE = 6;
export const MULTIPLICATIVE = 7;
export const UNARY = 8;
export const POSTFIX = 9;

/** How tightly the outermost operator of an expression binds; the counterpart of parser/expressions/operators. */
export function precedenceOf(expression: Expression): number {
  switch (expression.kind) {
    case "Lambda":
      return ANY;
    case "Binary":
      switch (expression.operator) {
        case "OR":
          return OR;
        case "AND":
          return AND;
        case "+":
        case "-":
        case "||":
          return ADDITIVE;
        case "*":
        case "/":
        case "%":
          return MULTIPLICATIVE;
        default:
          return COMPARISON;
      }
    case "Unary":
      return expression.operator === "NOT" ? NOT : UNARY;
    case "Exists":
      return NOT;
    case "Between":
    case "In":
    case "Like":
    case "IsDistinctFrom":
    case "QuantifiedComparison":
      return COMPARISON;
    case "IsNull":
      return NULL_TEST;
    default:
      return POSTFIX;
  }
}
