import { BIGINT, BOOLEAN, type DuckDBListValue, LIST, VARCHAR } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import { MAX_LOB_SIZE } from "../../types/dataType";
import { type EngineFunction, JSON_TYPE, lobTooLarge } from "../scalarFunction";
import { fromCanonical, toCanonical } from "./canonical";
import { keyOf, variantKey } from "./compare";
import { variantText } from "./functions";
import { type JsonNode, NumberNode, ObjectNode, Undefined } from "./node";

const itemsOf = (stored: string): JsonNode[] => fromCanonical(stored) as JsonNode[];
/** Elements that an ARRAY may have at most, each taking two bytes at least. */
const LONGEST = 8_388_608;
const isMissing = (node: JsonNode): boolean => node === null || node instanceof Undefined;
const stored = (nodes: JsonNode[]): string => toCanonical(nodes);

/** Elements of `left` without one for each equal element of `right`. */
function difference(left: JsonNode[], right: JsonNode[]): JsonNode[] {
  const spare = counts(right);
  return left.filter((node) => !take(spare, keyOf(node)));
}

function intersection(left: JsonNode[], right: JsonNode[]): JsonNode[] {
  const spare = counts(right);
  return left.filter((node) => take(spare, keyOf(node)));
}

function counts(nodes: JsonNode[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const key of nodes.map(keyOf)) found.set(key, (found.get(key) ?? 0) + 1);
  return found;
}

function take(spare: Map<string, number>, key: string): boolean {
  const left = spare.get(key) ?? 0;
  if (left > 0) spare.set(key, left - 1);
  return left > 0;
}

function distinct(nodes: JsonNode[]): JsonNode[] {
  const seen = new Set<string>();
  return nodes.filter((node) => {
    const key = keyOf(node);
    return !seen.has(key) && seen.add(key);
  });
}

function sorted(nodes: JsonNode[], ascending: boolean, nullsFirst: boolean): JsonNode[] {
  const missing = nodes.filter((node) => node instanceof Undefined);
  const present = nodes.filter((node) => !(node instanceof Undefined)).map((node) => ({ node, key: keyOf(node) }));
  const sign = ascending ? 1 : -1;
  present.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -sign : sign));
  const values = present.map(({ node }) => node);
  return nullsFirst ? [...missing, ...values] : [...values, ...missing];
}

function insertAt(nodes: JsonNode[], position: number, value: JsonNode): JsonNode[] {
  const at = position < 0 ? nodes.length + position : position;
  if (at < 0) throw new SnowflakeError("100219", "22023", `Array index out of range: ${position}`);
  if (at > LONGEST) throw lobTooLarge(at);
  const filled = [...nodes];
  while (filled.length < at) filled.push(Undefined.value);
  filled.splice(at, 0, value);
  return filled;
}

function extreme(nodes: JsonNode[], sign: 1 | -1): string | null {
  // A JSON null is a value, above all others; NULL is none.
  if (sign > 0 && nodes.includes(null)) return toCanonical(null);
  let best: { node: JsonNode; key: string } | undefined;
  for (const node of nodes) {
    if (isMissing(node)) continue;
    const key = keyOf(node);
    if (!best || (sign > 0 ? key > best.key : key < best.key)) best = { node, key };
  }
  if (best) return toCanonical(best.node);
  // Nothing but nulls: the JSON null if there is one.
  return nodes.includes(null) ? toCanonical(null) : null;
}

function joined(nodes: JsonNode[], separator: string): string {
  return nodes.map((node) => (isMissing(node) ? "" : (variantText(toCanonical(node)) ?? ""))).join(separator);
}

function toObject(keys: JsonNode[], values: JsonNode[]): string {
  if (keys.length !== values.length)
    throw new SnowflakeError(
      "100343",
      "22023",
      `Key array and value array had unequal lengths in ARRAYS_TO_OBJECT: ${keys.length}, ${values.length}`,
    );
  const entries = new Map<string, JsonNode>();
  for (const [i, key] of keys.entries()) {
    const value = values[i] as JsonNode;
    if (isMissing(key)) continue;
    // A missing value is kept as JSON null, as in the page's example.
    entries.set(variantText(toCanonical(key)) as string, value instanceof Undefined ? null : value);
  }
  return toCanonical(new ObjectNode(entries));
}

/** A JSON text is converted to nodes and back; the SQL around them has seen to NULL. */
/** Each value as often as in that array which has it most often. */
function union(arrays: JsonNode[][]): JsonNode[] {
  const most = new Map<string, { node: JsonNode; count: number }>();
  for (const array of arrays) {
    const found = counts(array.filter((node) => !isMissing(node)));
    for (const node of array) {
      const count = found.get(keyOf(node)) ?? 0;
      const known = most.get(keyOf(node));
      if (count > (known?.count ?? 0)) most.set(keyOf(node), { node: known?.node ?? node, count });
    }
  }
  return [...most.values()].flatMap(({ node, count }) => Array<JsonNode>(count).fill(node));
}

/** Objects `{"$1": …, "$2": …}` of the elements at the same place. */
function zip(arrays: JsonNode[][]): JsonNode[] {
  const length = Math.max(...arrays.map((array) => array.length));
  if (length === 0) return [new ObjectNode(new Map())];
  return Array.from({ length }, (_, i) => {
    const entries = arrays.map((array, n): [string, JsonNode] => {
      const node = array[i];
      return [`$${n + 1}`, node === undefined || node instanceof Undefined ? null : node];
    });
    return new ObjectNode(new Map(entries));
  });
}

const lists = (values: DuckDBListValue): JsonNode[][] => (values.items as string[]).map(itemsOf);

export const arrayEngineFunctions: EngineFunction[] = [
  {
    name: "sf_array_union",
    parameters: [LIST(JSON_TYPE)],
    returns: JSON_TYPE,
    compute: (values: DuckDBListValue) => stored(union(lists(values))),
  },
  {
    name: "sf_arrays_zip",
    parameters: [LIST(JSON_TYPE)],
    returns: JSON_TYPE,
    compute: (values: DuckDBListValue) => (values.items.includes(null) ? null : stored(zip(lists(values)))),
  },
  {
    name: "sf_array_contains",
    parameters: [JSON_TYPE, JSON_TYPE],
    returns: BOOLEAN,
    compute: (value: string, array: string) => {
      const wanted = variantKey(value);
      return itemsOf(array).some((node) => !(node instanceof Undefined) && keyOf(node) === wanted);
    },
  },
  {
    name: "sf_array_position",
    parameters: [JSON_TYPE, JSON_TYPE],
    returns: BIGINT,
    compute: (value: string, array: string) => {
      const node = fromCanonical(value);
      const wanted = keyOf(node);
      const at = itemsOf(array).findIndex((item) =>
        node instanceof Undefined ? item instanceof Undefined : !(item instanceof Undefined) && keyOf(item) === wanted,
      );
      return at < 0 ? null : BigInt(at);
    },
  },
  {
    name: "sf_array_remove",
    parameters: [JSON_TYPE, JSON_TYPE],
    returns: JSON_TYPE,
    compute: (array: string, value: string) => {
      const wanted = variantKey(value);
      return stored(itemsOf(array).filter((node) => node instanceof Undefined || keyOf(node) !== wanted));
    },
  },
  {
    name: "sf_array_insert",
    parameters: [JSON_TYPE, BIGINT, JSON_TYPE],
    returns: JSON_TYPE,
    compute: (array: string, position: bigint, value: string) =>
      stored(insertAt(itemsOf(array), Number(position), fromCanonical(value))),
  },
  {
    name: "sf_array_repeat",
    parameters: [JSON_TYPE, BIGINT],
    returns: JSON_TYPE,
    compute: (value: string, count: bigint) => {
      if (count <= 0n) return "[]";
      const size = count * BigInt(value.length + 1) + 1n;
      if (size > MAX_LOB_SIZE) throw lobTooLarge(size);
      return `[${`${value},`.repeat(Number(count)).slice(0, -1)}]`;
    },
  },
  {
    name: "sf_array_remove_at",
    parameters: [JSON_TYPE, BIGINT],
    returns: JSON_TYPE,
    compute: (array: string, position: bigint) => {
      const items = itemsOf(array);
      const at = position < 0n ? items.length + Number(position) : Number(position);
      return stored(items.filter((_, i) => i !== at));
    },
  },
  {
    name: "sf_array_slice",
    parameters: [JSON_TYPE, BIGINT, BIGINT],
    returns: JSON_TYPE,
    compute: (array: string, from: bigint, to: bigint) => stored(itemsOf(array).slice(Number(from), Number(to))),
  },
  {
    name: "sf_array_sort",
    parameters: [JSON_TYPE, BOOLEAN, BOOLEAN],
    returns: JSON_TYPE,
    compute: (array: string, ascending: boolean, nullsFirst: boolean) =>
      stored(sorted(itemsOf(array), ascending, nullsFirst)),
  },
  {
    name: "sf_array_join",
    parameters: [JSON_TYPE, VARCHAR],
    returns: VARCHAR,
    compute: (array: string, separator: string) => joined(itemsOf(array), separator),
  },
  {
    name: "sf_array_flatten",
    parameters: [JSON_TYPE],
    returns: JSON_TYPE,
    compute: (array: string) => {
      const items = itemsOf(array);
      if (items.some((node) => node instanceof Undefined)) return null;
      const bad = items.find((node) => !Array.isArray(node));
      if (bad !== undefined)
        throw new SnowflakeError(
          "100107",
          "22000",
          "Not an array: 'Input argument to ARRAY_FLATTEN is not an array of arrays'",
        );
      return stored(items.flat(1) as JsonNode[]);
    },
  },
  {
    name: "sf_array_range",
    parameters: [BIGINT, BIGINT, BIGINT],
    returns: JSON_TYPE,
    compute: (from: bigint, to: bigint, step: bigint) => {
      if (step === 0n) throw new SnowflakeError("100340", "22023", "Invalid step value 0 in ARRAY_GENERATE_RANGE");
      const count = (to - from) / step;
      if (count > LONGEST) throw lobTooLarge(count);
      const items: JsonNode[] = [];
      for (let at = from; step > 0n ? at < to : at > to; at += step) items.push(new NumberNode(String(at)));
      return stored(items);
    },
  },
  ...(
    [
      ["sf_array_distinct", (items) => stored(distinct(items))],
      ["sf_array_compact", (items) => stored(items.filter((node) => !isMissing(node)))],
      ["sf_array_reverse", (items) => stored([...items].reverse())],
      ["sf_array_min", (items) => extreme(items, -1)],
      ["sf_array_max", (items) => extreme(items, 1)],
    ] as [string, (items: JsonNode[]) => string | null][]
  ).map(
    ([name, compute]): EngineFunction => ({
      name,
      parameters: [JSON_TYPE],
      returns: JSON_TYPE,
      compute: (array: string) => compute(itemsOf(array)),
    }),
  ),
  ...(
    [
      ["sf_array_cat", (a, b) => stored([...a, ...b])],
      ["sf_array_except", (a, b) => stored(difference(a, b))],
      ["sf_array_intersection", (a, b) => stored(intersection(a, b))],
      ["sf_arrays_to_object", (a, b) => toObject(a, b)],
    ] as [string, (a: JsonNode[], b: JsonNode[]) => string][]
  ).map(
    ([name, compute]): EngineFunction => ({
      name,
      parameters: [JSON_TYPE, JSON_TYPE],
      returns: JSON_TYPE,
      compute: (a: string, b: string) => compute(itemsOf(a), itemsOf(b)),
    }),
  ),
];
