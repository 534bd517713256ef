import {
  type Argument,
  type Expression,
  type FunctionCall,
  parseExpression,
  type SpreadElement,
} from "../../../dialect/index";
import { quoteText } from "../../ddlText/quote";
import { unsupportedFeature } from "../../errors";
import { fromCanonical } from "../../udf/json/canonical";
import { type JsonNode, NumberNode, TaggedNode, Undefined } from "../../udf/json/node";
import type { Binder } from "../binder";

type Item = Argument | Expression | SpreadElement;

/**
 * `** [1, 2]` as its elements. What is spread must be an ARRAY constant or a script's variable of one.
 * Source: https://docs.snowflake.com/en/sql-reference/operators-expansion
 */
export function spreadOut<T extends Item>(binder: Binder, items: readonly T[]): Exclude<T, SpreadElement>[] {
  return items.flatMap((item: Item) => {
    if (item.kind !== "SpreadElement") return [item as Exclude<T, SpreadElement>];
    return elements(binder, item.expression) as Exclude<T, SpreadElement>[];
  });
}

/** ARRAY_CONSTRUCT, which is an array that is written out. */
const isConstructor = (node: Expression): node is FunctionCall =>
  node.kind === "FunctionCall" && node.name.parts.length === 1 && node.name.parts[0]?.value === "ARRAY_CONSTRUCT";

function elements(binder: Binder, node: Expression): Expression[] {
  if (node.kind === "Parenthesized") return elements(binder, node.expression);
  if (isConstructor(node)) return spreadOut(binder, node.args as Expression[]);
  if (node.kind === "ArrayLiteral") return spreadOut(binder, node.elements);
  const given = node.kind === "BindVariable" ? binder.context.variables?.get(node.name.value) : undefined;
  const value =
    given?.type.kind === "ARRAY" && typeof given.value === "string" ? fromCanonical(given.value) : undefined;
  if (!Array.isArray(value)) throw unsupportedFeature("spread operator (**)");
  return value.map((element) => {
    const text = constantText(element);
    if (text === undefined) throw unsupportedFeature("spread operator (**)");
    return parseExpression(text);
  });
}

/** A value inside an ARRAY as it would be written; undefined for what the operator does not take. */
function constantText(node: JsonNode): string | undefined {
  if (node === null || node instanceof Undefined) return "NULL";
  if (typeof node === "boolean") return String(node);
  if (typeof node === "string") return quoteText(node);
  if (node instanceof NumberNode) return node.text;
  return node instanceof TaggedNode ? `${quoteText(node.text)}::${TYPES[node.tag]}` : undefined;
}

const TYPES: Record<TaggedNode["tag"], string> = {
  D: "FLOAT",
  d: "DATE",
  t: "TIME",
  n: "TIMESTAMP_NTZ",
  l: "TIMESTAMP_LTZ",
  z: "TIMESTAMP_TZ",
  b: "BINARY",
};

/** The same call with its constant arrays spread out. */
export function withSpreadArguments(binder: Binder, node: FunctionCall): FunctionCall {
  if (!node.args.some((arg) => arg.kind === "SpreadElement")) return node;
  return { ...node, args: spreadOut(binder, node.args) };
}
