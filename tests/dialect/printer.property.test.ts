import assert from "node:assert/strict";
import fc from "fast-check";
import type {
  Expression,
  Identifier,
  OrderItem,
  Query,
  QueryBody,
  Select,
  SelectItem,
  Span,
  TableReference,
} from "../../dialect/index";
import { parseExpression, parseQuery, print } from "../../dialect/index";
import { withoutSpans } from "./tree";

const span: Span = { start: 0, end: 0 };

const identifier: fc.Arbitrary<Identifier> = fc.oneof(
  fc
    .constantFrom("a", "Bc", "limit_", "date", "value", "x$1", "été")
    .map((text) => ({ kind: "Identifier" as const, text, value: text.toUpperCase(), quoted: false, span })),
  fc
    .string({ minLength: 1, maxLength: 8, unit: "binary" })
    .map((text) => ({ kind: "Identifier" as const, text, value: text, quoted: true, span })),
);

const literal: fc.Arbitrary<Expression> = fc.oneof(
  fc
    .string({ maxLength: 10, unit: "binary" })
    .map((value) => ({ kind: "StringLiteral" as const, value, quoting: "single" as const, span })),
  fc
    .constantFrom("0", "1", "1.5", ".5", "1e10", "123456789012345678901234567890")
    .map((text) => ({ kind: "NumberLiteral" as const, text, span })),
  fc.boolean().map((value) => ({ kind: "BooleanLiteral" as const, value, span })),
  fc.constant({ kind: "NullLiteral" as const, span }),
  fc.constantFrom("1 day", "2 hours, 3 minutes").map((value) => ({ kind: "IntervalLiteral" as const, value, span })),
);

const column: fc.Arbitrary<Expression> = fc
  .array(identifier, { minLength: 1, maxLength: 3 })
  .filter((parts) => parts.length === 1 || parts.at(-1)?.value !== "NEXTVAL")
  .map((parts) => ({ kind: "ColumnReference" as const, parts, span }));

const BINARY = ["OR", "AND", "=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "||"] as const;
const type = fc
  .constantFrom("INT", "VARCHAR", "VARIANT")
  .map((name) => ({ kind: "DataType" as const, name, parameters: [], span }));

const { expression, query } = fc.letrec<{
  expression: Expression;
  query: Query;
  table: TableReference;
  order: OrderItem;
}>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthIdentifier: "tree" },
    literal,
    column,
    fc.record({
      kind: fc.constant("Binary" as const),
      operator: fc.constantFrom(...BINARY),
      left: tie("expression"),
      right: tie("expression"),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("Unary" as const),
      operator: fc.constantFrom("NOT" as const, "-" as const, "+" as const),
      operand: tie("expression"),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("Cast" as const),
      syntax: fc.constantFrom("::" as const, "CAST" as const, "TRY_CAST" as const),
      expression: tie("expression"),
      type,
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("Between" as const),
      negated: fc.boolean(),
      operand: tie("expression"),
      low: tie("expression"),
      high: tie("expression"),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("In" as const),
      negated: fc.boolean(),
      operand: tie("expression"),
      list: fc.array(tie("expression"), { minLength: 1, maxLength: 3 }),
      operatorSpan: fc.constant(span),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("In" as const),
      negated: fc.boolean(),
      operand: tie("expression"),
      query: tie("query"),
      operatorSpan: fc.constant(span),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("IsNull" as const),
      negated: fc.boolean(),
      operand: tie("expression"),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("IsDistinctFrom" as const),
      negated: fc.boolean(),
      left: tie("expression"),
      right: tie("expression"),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("Like" as const),
      operator: fc.constantFrom("LIKE" as const, "RLIKE" as const),
      negated: fc.boolean(),
      operand: tie("expression"),
      patterns: fc.tuple(tie("expression")),
      span: fc.constant(span),
    }),
    fc.record({ kind: fc.constant("SubqueryExpression" as const), query: tie("query"), span: fc.constant(span) }),
    fc.record({ kind: fc.constant("Exists" as const), query: tie("query"), span: fc.constant(span) }),
    fc.record({
      kind: fc.constant("FieldAccess" as const),
      base: tie("expression"),
      operator: fc.constant(":" as const),
      key: identifier,
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("IndexAccess" as const),
      base: tie("expression"),
      index: tie("expression"),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("ArrayLiteral" as const),
      elements: fc.array(tie("expression"), { maxLength: 3 }),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("FunctionCall" as const),
      name: identifier.map((part) => ({ kind: "ObjectName" as const, parts: [part], span })),
      parenthesized: fc.constant(true),
      distinct: fc.constant(false),
      args: fc.array(tie("expression"), { maxLength: 3 }),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("Case" as const),
      whens: fc.array(
        fc.record({
          kind: fc.constant("CaseWhen" as const),
          condition: tie("expression"),
          result: tie("expression"),
          span: fc.constant(span),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      otherwise: tie("expression"),
      span: fc.constant(span),
    }),
  ) as fc.Arbitrary<Expression>,
  order: fc.record({
    kind: fc.constant("OrderItem" as const),
    expression: tie("expression"),
    direction: fc.constantFrom("ASC" as const, "DESC" as const),
    span: fc.constant(span),
  }),
  table: fc.oneof(
    { maxDepth: 4, depthIdentifier: "tree" },
    fc.record({
      kind: fc.constant("NamedTable" as const),
      name: fc
        .array(identifier, { minLength: 1, maxLength: 3 })
        .map((parts) => ({ kind: "ObjectName" as const, parts, span })),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("SubqueryTable" as const),
      lateral: fc.boolean(),
      query: tie("query"),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant("Join" as const),
      type: fc.constantFrom("INNER" as const, "LEFT" as const, "FULL" as const),
      natural: fc.constant(false),
      directed: fc.constant(false),
      left: tie("table"),
      right: tie("table").filter(({ kind }) => kind !== "Join"),
      on: tie("expression"),
      span: fc.constant(span),
    }),
  ) as fc.Arbitrary<TableReference>,
  query: fc
    .record(
      {
        items: fc.array(tie("expression"), { minLength: 1, maxLength: 3 }),
        from: fc.array(tie("table"), { maxLength: 2 }),
        where: tie("expression"),
        order: fc.array(tie("order"), { minLength: 1, maxLength: 2 }),
        union: fc.boolean(),
      },
      { requiredKeys: ["items", "from"] },
    )
    .map(({ items, from, where, order, union }): Query => {
      const select: Select = {
        kind: "Select",
        items: items.map((item): SelectItem => ({ kind: "SelectItem", expression: item, span })),
        from,
        ...(where && { where }),
        span,
      };
      const body: QueryBody = union
        ? {
            kind: "SetOperation",
            operator: "UNION",
            all: true,
            byName: false,
            operatorSpan: span,
            left: select,
            right: select,
            span,
          }
        : select;
      return { kind: "Query", body, ...(order && { orderBy: { kind: "OrderBy" as const, items: order, span } }), span };
    }),
}));

/** Parentheses that the printer had to add are no difference. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  if (typeof value !== "object" || value === null) return value;
  const node = value as Record<string, unknown>;
  if (node.kind === "Parenthesized") return meaning(node.expression);
  return Object.fromEntries(Object.entries(withoutSpans(node) as object).map(([key, part]) => [key, meaning(part)]));
}

describe("printing any tree and reading it again", () => {
  it("gives the same expression", () => {
    fc.assert(
      fc.property(expression, (tree) => {
        assert.deepEqual(meaning(parseExpression(print(tree))), meaning(tree));
      }),
      { numRuns: 1500 },
    );
  });
  it("gives the same query", () => {
    fc.assert(
      fc.property(query, (tree) => {
        assert.deepEqual(meaning(parseQuery(print(tree))), meaning(tree));
      }),
      { numRuns: 400 },
    );
  });
});
