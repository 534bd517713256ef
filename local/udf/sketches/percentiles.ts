import { DOUBLE, type DuckDBListValue, LIST } from "@duckdb/node-api";
import { fromCanonical, toCanonical } from "../json/canonical";
import { doubleText, type JsonNode, NumberNode, ObjectNode, TaggedNode } from "../json/node";
import { type EngineFunction, JSON_TYPE } from "../scalarFunction";
import { stateOf } from "./state";

interface Centroid {
  mean: number;
  weight: number;
}

/** So many values are kept as they are; more are drawn together, less so at both ends. */
const MOST = 4096;
const COMPRESSION = 1000;

function compressed(sorted: Centroid[]): Centroid[] {
  if (sorted.length <= MOST) return sorted;
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  const kept: Centroid[] = [];
  let before = 0;
  for (const { mean, weight } of sorted) {
    const last = kept.at(-1);
    const share = last ? (before - last.weight / 2) / total : 0;
    const room = Math.max(1, (4 * total * share * (1 - share)) / COMPRESSION);
    before += weight;
    if (last && last.weight + weight <= room) {
      last.weight += weight;
      last.mean += ((mean - last.mean) * weight) / last.weight;
    } else kept.push({ mean, weight });
  }
  return kept;
}

const double = (value: number): JsonNode => new TaggedNode("D", doubleText(value));

const numberOf = (node: JsonNode | undefined): number =>
  node instanceof NumberNode || (node instanceof TaggedNode && node.tag === "D") ? Number(node.text) : Number.NaN;

function pack(centroids: Centroid[]): string {
  const sorted = compressed([...centroids].sort((a, b) => a.mean - b.mean));
  const state = sorted.flatMap(({ mean, weight }) => [double(mean), double(weight)]);
  return toCanonical(
    new ObjectNode(
      new Map<string, JsonNode>([
        ["state", state],
        ["type", "tdigest"],
        ["version", new NumberNode("1")],
      ]),
    ),
  );
}

function unpack(stored: string): Centroid[] {
  const state = stateOf(fromCanonical(stored));
  return Array.from({ length: Math.floor(state.length / 2) }, (_, i) => ({
    mean: numberOf(state[2 * i]),
    weight: numberOf(state[2 * i + 1]),
  }));
}

/** Halfway from the value at that share to the next one, as APPROX_PERCENTILE gives it; null without any. */
function estimate(centroids: Centroid[], share: number): number | null {
  const sorted = [...centroids].sort((a, b) => a.mean - b.mean);
  const means = sorted.map(({ mean }) => mean);
  const last = means.length - 1;
  if (last < 1) return means[0] ?? null;
  const wanted = share * sorted.reduce((sum, { weight }) => sum + weight, 0);
  let [at, reached] = [0, (sorted[0] as Centroid).weight];
  while (at < last && reached < wanted) reached += (sorted[++at] as Centroid).weight;
  const value = (i: number) => means[i] as number;
  const next = at < last ? value(at + 1) : 2 * value(last) - value(last - 1);
  return (value(at) + next) / 2;
}

/** Source: https://docs.snowflake.com/en/user-guide/querying-approximate-percentile-values */
export const percentileStateFunctions: EngineFunction[] = [
  {
    name: "sf_percentile_state",
    parameters: [LIST(DOUBLE)],
    returns: JSON_TYPE,
    compute: (values: DuckDBListValue) => pack((values.items as number[]).map((mean) => ({ mean, weight: 1 }))),
  },
  {
    name: "sf_percentile_combine",
    parameters: [LIST(JSON_TYPE)],
    returns: JSON_TYPE,
    compute: (states: DuckDBListValue) => pack((states.items as string[]).flatMap(unpack)),
  },
  {
    name: "sf_percentile_estimate",
    parameters: [JSON_TYPE, DOUBLE],
    returns: DOUBLE,
    compute: (state: string, share: number) => estimate(unpack(state), share),
  },
];
