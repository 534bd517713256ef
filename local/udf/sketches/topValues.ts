import { type DuckDBListValue, INTEGER, LIST } from "@duckdb/node-api";
import { fromCanonical, toCanonical } from "../json/canonical";
import { keyOf } from "../json/compare";
import { type JsonNode, NumberNode, ObjectNode } from "../json/node";
import { type EngineFunction, JSON_TYPE } from "../scalarFunction";
import { stateOf } from "./state";

interface Counted {
  node: JsonNode;
  count: number;
}

const pairs = (counted: readonly Counted[]): JsonNode[] =>
  counted.map(({ node, count }) => [node, new NumberNode(String(count))]);

/** Values with their numbers, the most frequent first and equally frequent ones as they came. */
function merged(values: Iterable<Counted>): Counted[] {
  const found = new Map<string, Counted>();
  for (const { node, count } of values) {
    const key = keyOf(node);
    const known = found.get(key);
    if (known) known.count += count;
    else found.set(key, { node, count });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

function unpack(stored: string): Counted[] {
  return stateOf(fromCanonical(stored)).flatMap((pair) =>
    Array.isArray(pair) && pair[1] instanceof NumberNode
      ? [{ node: pair[0] as JsonNode, count: Number(pair[1].text) }]
      : [],
  );
}

const counters = (stored: string): number => {
  const node = fromCanonical(stored);
  const given = node instanceof ObjectNode ? node.entries.get("counters") : undefined;
  return given instanceof NumberNode ? Number(given.text) : 0;
};

const pack = (counted: readonly Counted[], most: number): string =>
  toCanonical(
    new ObjectNode(
      new Map<string, JsonNode>([
        ["counters", new NumberNode(String(most))],
        ["state", pairs(counted.slice(0, most))],
        ["type", "approx_top_k"],
      ]),
    ),
  );

const nodes = (values: DuckDBListValue): Counted[] =>
  (values.items as string[]).map((value) => ({ node: fromCanonical(value), count: 1 }));

/** Source: https://docs.snowflake.com/en/user-guide/querying-approximate-frequent-values */
export const topValueFunctions: EngineFunction[] = [
  {
    name: "sf_top_k",
    parameters: [LIST(JSON_TYPE), INTEGER],
    returns: JSON_TYPE,
    compute: (values: DuckDBListValue, wanted: number) => toCanonical(pairs(merged(nodes(values)).slice(0, wanted))),
  },
  {
    name: "sf_top_k_state",
    parameters: [LIST(JSON_TYPE), INTEGER],
    returns: JSON_TYPE,
    compute: (values: DuckDBListValue, most: number) => pack(merged(nodes(values)), most),
  },
  {
    // Without a number of counters as many as the largest state has.
    name: "sf_top_k_combine",
    parameters: [LIST(JSON_TYPE), INTEGER],
    returns: JSON_TYPE,
    compute: (states: DuckDBListValue, most: number) => {
      const all = states.items as string[];
      return pack(merged(all.flatMap(unpack)), most || Math.max(0, ...all.map(counters)));
    },
  },
  {
    name: "sf_top_k_estimate",
    parameters: [JSON_TYPE, INTEGER],
    returns: JSON_TYPE,
    compute: (state: string, wanted: number) => toCanonical(pairs(merged(unpack(state)).slice(0, wanted))),
  },
];
