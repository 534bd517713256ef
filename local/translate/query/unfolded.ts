import { BREAK, type Expression, type FunctionCall, visit } from "../../../dialect/index";
import { compilationError, type SnowflakeError } from "../../errors";
import { decimalFromText } from "../../udf/numeric/decimal";
import type { Binder } from "../binder";

/** Functions of doubles: constants given to them are printed as such. */
const OF_DOUBLES = new Set(
  `SQRT EXP LN LOG POWER POW SIN COS TAN COT ASIN ACOS ATAN ATAN2 SINH COSH TANH ASINH ACOSH ATANH SQUARE CBRT HAVERSINE`.split(
    " ",
  ),
);

const OTHERS = new Set(
  `ROUND CEIL TRUNC TRUNCATE SIGN FACTORIAL BITAND BITXOR BITNOT BITSHIFTLEFT HASH WIDTH_BUCKET MD5 SHA2 COMPRESS`.split(
    " ",
  ),
);

/** What most values of large statements are: nothing is looked for in them. */
const AT_HAND: ReadonlySet<Expression["kind"]> = new Set([
  "StringLiteral",
  "NumberLiteral",
  "BooleanLiteral",
  "NullLiteral",
  "DefaultValue",
]);

const nameOf = (call: FunctionCall): string => (call.name.parts.at(-1)?.value ?? "").toUpperCase();

/**
 * Refuses a value of VALUES that the compiler does not evaluate: a division or one of the functions above, anywhere in it.
 * Values that read a name or a variable are left alone: what they hold is not known here.
 * Source: https://docs.snowflake.com/en/sql-reference/constructs/values (expr); which ones they are was seen on accounts.
 */
export function checkFolded(binder: Binder, value: Expression): void {
  if (AT_HAND.has(value.kind)) return;
  let isUnfolded = false;
  let readsNames = false;
  const readsName = (): typeof BREAK => {
    readsNames = true;
    return BREAK;
  };
  visit(value, {
    ColumnReference: readsName,
    BindVariable: readsName,
    BindPlaceholder: readsName,
    SessionVariable: readsName,
    Query: readsName,
    Binary: ({ operator }) => {
      isUnfolded ||= operator === "/";
    },
    FunctionCall: (call) => {
      isUnfolded ||= OF_DOUBLES.has(nameOf(call)) || OTHERS.has(nameOf(call));
    },
  });
  if (isUnfolded && !readsNames) throw invalidInValues(printed(binder, value, false) ?? binder.source(value.span));
}

export const invalidInValues = (expression: string): SnowflakeError =>
  compilationError("002014", "22000", `Invalid expression [${expression}] in VALUES clause`);

/** As the plan has it, with whole numbers as doubles where the plan has doubles; nothing where that is not known. */
function printed(binder: Binder, node: Expression, asDouble: boolean): string | undefined {
  switch (node.kind) {
    case "Parenthesized":
      return printed(binder, node.expression, asDouble);
    case "StringLiteral":
      return asDouble ? undefined : binder.source(node.span);
    case "NumberLiteral":
      return number(node.text, asDouble);
    case "Unary": {
      const operand = printed(binder, node.operand, asDouble);
      if (node.operator !== "-" || operand === undefined) return undefined;
      return node.operand.kind === "NumberLiteral" ? `-${operand}` : `NEGATE(${operand})`;
    }
    case "Binary": {
      if (!["+", "-", "*", "/"].includes(node.operator)) return undefined;
      const ofDoubles = binder.expression(node).type.kind === "FLOAT";
      const sides = [node.left, node.right].map((side) => operand(binder, side, ofDoubles));
      return sides.includes(undefined) ? undefined : sides.join(` ${node.operator} `);
    }
    case "FunctionCall": {
      const name = nameOf(node);
      if (!OF_DOUBLES.has(name) && !OTHERS.has(name)) return undefined;
      const args = node.args.map((arg) => printed(binder, arg as Expression, OF_DOUBLES.has(name)));
      return args.includes(undefined) ? undefined : `${name}(${args.join(", ")})`;
    }
    default:
      return undefined;
  }
}

function number(text: string, asDouble: boolean): string | undefined {
  const plain = decimalFromText(text) ?? undefined;
  return asDouble && plain && !plain.includes(".") ? `${plain}.0` : plain;
}

function operand(binder: Binder, node: Expression, asDouble: boolean): string | undefined {
  const text = printed(binder, node, asDouble);
  const inner = node.kind === "Parenthesized" ? node.expression : node;
  return text !== undefined && (inner.kind === "Binary" || inner.kind === "FunctionCall") ? `(${text})` : text;
}
