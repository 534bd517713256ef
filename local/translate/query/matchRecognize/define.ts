import type { Expression, FunctionCall, WindowSpecification } from "../../../../dialect/index";
import { compilationError, unsupportedFeature } from "../../../errors";
import { functionEntry } from "../../../functions/index";
import { rewrite } from "../../rewrite";
import { calledName, isExpression, ROW, reference, renamed } from "./nodes";

const refused = (what: string) => unsupportedFeature(`${what} in DEFINE of MATCH_RECOGNIZE`);

/** Functions that see the whole partition without a word of it. */
const NAVIGATION = new Set(["LAG", "LEAD", "NEXT", "FIRST_VALUE", "LAST_VALUE"]);
const NOT_HERE = new Set(["PREV", "FIRST", "MATCH_NUMBER", "MATCH_SEQUENCE_NUMBER", "CLASSIFIER"]);

/**
 * A condition of DEFINE as an expression over the rows of the partition: none of those that Snowflake allows depends on how the match
 * has gone so far. Source: https://docs.snowflake.com/en/sql-reference/constructs/match_recognize, limitations on window functions
 */
export function definition(condition: Expression, symbols: ReadonlySet<string>): Expression {
  return rewrite(condition, (node) => {
    if (node.kind === "ColumnReference" && node.parts.length === 2 && symbols.has(node.parts[0]?.value ?? ""))
      throw refused(`symbol predicate ${node.parts.map((part) => part.value).join(".")}`);
    if (node.kind !== "FunctionCall") return undefined;
    const name = calledName(node) ?? "";
    if (NOT_HERE.has(name)) throw refused(`function ${name}`);
    // The frame of LAST ends at the current row.
    const [argument] = node.args;
    if (name === "LAST" && !node.over && node.args.length === 1 && argument && isExpression(argument))
      return { kind: "Parenthesized", expression: definition(argument, symbols), span: node.span };
    const isWindow = ["aggregate", "window"].includes(functionEntry(name)?.kind ?? "");
    if (!NAVIGATION.has(name) && !isWindow) return undefined;
    const args = node.args.map((arg) => (isExpression(arg) ? definition(arg, symbols) : arg));
    const called = name === "NEXT" ? renamed(node, "LEAD") : node;
    return { ...called, args, over: overPartition(node, name) };
  });
}

function overPartition(node: FunctionCall, name: string): WindowSpecification {
  const { over, span } = node;
  if (over && (over.partitionBy.length > 0 || over.orderBy.length > 0))
    throw refused(`PARTITION BY or ORDER BY in OVER of ${name}`);
  if (!NAVIGATION.has(name) && !over?.frame)
    throw compilationError(
      "002303",
      "42601",
      `Window function [${name}] requires a frame, OVER (ROWS BETWEEN …), in DEFINE of MATCH_RECOGNIZE`,
    );
  return {
    kind: "WindowSpecification",
    partitionBy: [reference(ROW.partition, span)],
    orderBy: [{ kind: "OrderItem", expression: reference(ROW.place, span), span }],
    ...(over?.frame ? { frame: over.frame } : {}),
    span,
  };
}
