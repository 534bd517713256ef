import {
  type Argument,
  type ColumnReference,
  type Expression,
  type FunctionCall,
  type Identifier,
  type Node,
  parseExpression,
  type Span,
  visit,
} from "../../../../dialect/index";

/** Names under which expressions in MATCH_RECOGNIZE find what belongs to the search; no column is called like this. */
export const ROW = {
  partition: "MR$PARTITION",
  /** Order of the rows in all partitions. */
  place: "MR$PLACE",
  match: "MR$MATCH",
  sequence: "MR$SEQUENCE",
  symbol: "MR$SYMBOL",
} as const;

const identifier = (name: string, span: Span): Identifier => ({
  kind: "Identifier",
  text: name,
  value: name,
  quoted: true,
  span,
});

export const reference = (name: string, span: Span): ColumnReference => ({
  kind: "ColumnReference",
  parts: [identifier(name, span)],
  span,
});

/** The name of a call to a function that has no qualifier. */
export const calledName = (node: FunctionCall): string | undefined =>
  node.name.parts.length === 1 ? node.name.parts[0]?.value : undefined;

export const renamed = (node: FunctionCall, name: string): FunctionCall => ({
  ...node,
  name: { ...node.name, parts: [identifier(name, node.span)] },
});

/** An expression from text, as if it stood where `span` is. */
export function template(text: string, span: Span): Expression {
  const expression = parseExpression(text);
  visit(expression, {
    enter: (node: Node) => {
      node.span = span;
    },
  });
  return expression;
}

/** `value` where the row has a symbol (or this one), else NULL. */
export function whereSymbol(symbol: string | undefined, value: Expression): Expression {
  const { span } = value;
  const test = `"${ROW.symbol}" ${symbol === undefined ? "IS NOT NULL" : `= '${symbol.replaceAll("'", "''")}'`}`;
  const condition = template(test, span);
  return { kind: "Case", whens: [{ kind: "CaseWhen", condition, result: value, span }], span };
}

export const isExpression = (arg: Argument): arg is Expression =>
  !["Star", "NamedArgument", "TableArgument", "SpreadElement", "StageReference", "Lambda"].includes(arg.kind);
