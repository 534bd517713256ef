import type { Expression } from "../../dialect/index";
import { unsupportedFeature } from "../errors";
import type { Binder, Rules } from "./binder";
import { type Bound, bound, nullBound } from "./bound";
import { binaryArithmetic, unary } from "./expressions/arithmetic";
import { functionCall } from "./expressions/calls";
import { castExpression } from "./expressions/casts";
import { columnReference, dynamicColumn, positionalColumn } from "./expressions/columns";
import { between, comparison, isDistinctFrom } from "./expressions/comparison";
import { concatenation } from "./expressions/concatenation";
import { caseExpression } from "./expressions/conditional";
import {
  arrayLiteral, binaryLiteral, booleanLiteral, callOf, numberLiteral, objectLiteral, stringLiteral, typedLiteral,
} from "./expressions/literals"; // biome-ignore format: one list
import { odbcEscape } from "./expressions/odbcEscape";
import { pathAccess } from "./expressions/paths";
import { inList, isNull, like, logical } from "./expressions/predicates";
import { nextValue } from "./expressions/sequences";
import { withSpreadArguments } from "./expressions/spread";
import { exists, quantifiedComparison, scalarSubquery } from "./expressions/subqueries";
import { bindVariable, placeholder, sessionVariable } from "./expressions/values";
import { qualifiedInterval } from "./intervalLiterals";
import { bindQuery } from "./query/query";

type Rule<K extends Expression["kind"]> = (binder: Binder, node: Extract<Expression, { kind: K }>) => Bound;

/** One rule per kind of expression. */
const RULES: { [K in Expression["kind"]]?: Rule<K> } = {
  StringLiteral: stringLiteral,
  NumberLiteral: numberLiteral,
  BooleanLiteral: booleanLiteral,
  NullLiteral: () => nullBound(),
  BinaryLiteral: binaryLiteral,
  IntervalLiteral: (_binder, node) => qualifiedInterval(node),
  TypedLiteral: typedLiteral,
  ArrayLiteral: arrayLiteral,
  ObjectLiteral: objectLiteral,
  ColumnReference: columnReference,
  DynamicColumn: dynamicColumn,
  PositionalColumn: positionalColumn,
  SessionVariable: sessionVariable,
  BindVariable: bindVariable,
  BindPlaceholder: placeholder,
  FunctionCall: (binder, node) => functionCall(binder, withSpreadArguments(binder, node)),
  OdbcEscape: odbcEscape,
  SequenceNextValue: nextValue,
  Cast: castExpression,
  Case: caseExpression,
  Unary: unary,
  Binary: (binder, node) => {
    switch (node.operator) {
      case "AND":
      case "OR":
        return logical(binder, node);
      case "+":
      case "-":
      case "*":
      case "/":
      case "%":
        return binaryArithmetic(binder, node);
      case "||":
        return concatenation(binder, node);
      default:
        return comparison(binder, node);
    }
  },
  Between: between,
  In: inList,
  Like: like,
  IsNull: isNull,
  IsDistinctFrom: isDistinctFrom,
  Exists: exists,
  SubqueryExpression: scalarSubquery,
  QuantifiedComparison: quantifiedComparison,
  Parenthesized: (binder, node) => binder.expression(node.expression),
  Extract: (binder, node) => {
    // Messages repeat the part as it was written.
    const written = /^\w+\s*\(\s*'?(\w+)/.exec(binder.source(node.span))?.[1] ?? node.part;
    return binder.expression(
      callOf(
        node.function,
        [{ kind: "StringLiteral", value: written, quoting: "single", span: node.span }, node.expression],
        node.span,
      ),
    );
  },
  Position: (binder, node) => binder.expression(callOf("POSITION", [node.needle, node.haystack], node.span)),
  FieldAccess: pathAccess,
  IndexAccess: pathAccess,
  Collate: (binder, node) =>
    binder.expression(
      callOf(
        "COLLATE",
        [node.expression, { kind: "StringLiteral", value: node.collation, quoting: "single", span: node.span }],
        node.span,
      ),
    ),
};

function expression(binder: Binder, node: Expression): Bound {
  const rule = RULES[node.kind] as ((binder: Binder, node: Expression) => Bound) | undefined;
  if (!rule) throw unsupportedFeature(binder.source(node.span) || node.kind);
  const { scope } = binder;
  const before = scope.usage.columns.length;
  const value = rule(binder, node);
  if (!scope.groupKeys || scope.insideAggregate || scope.usage.columns.length === before) return value;
  const key = scope.groupKeys.get(value.sql);
  if (key === undefined) return value;
  // The whole expression is a grouping key: its columns are grouped.
  scope.usage.columns.length = before;
  return bound(key, value.type, value.nullable);
}

export const rules: Rules = { expression, query: bindQuery };
