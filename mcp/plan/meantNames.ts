import { isObject, type Json } from "./findings";
import { PARTS } from "./grammar";
import { nearest } from "./nearest";

/** Words for parts of a plan that models reach for. */
const MEANT_PARTS: Readonly<Record<string, (typeof PARTS)[number]>> = {
  action: "actions",
  events: "actions",
  where: "filters",
  filter: "filters",
  time: "window",
  timeframe: "window",
  period: "window",
  range: "window",
  groupby: "group_by",
  dimensions: "group_by",
  metrics: "measures",
  aggregates: "measures",
  sort: "order_by",
  orderby: "order_by",
  top: "limit",
  join: "relate",
  relations: "relate",
};

/** The same for the keys of the objects that stand in a part. */
const MEANT_KEYS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  filters: {
    field: ["column", "name", "property", "attribute", "key"],
    op: ["operator", "operation", "comparison", "condition"],
    value: ["values", "val"],
  },
  measures: {
    fn: ["function", "func", "agg", "aggregate", "aggregation", "op", "type", "measure", "metric"],
    field: ["column", "of", "property", "attribute", "key"],
    as: ["alias", "name", "label"],
  },
  order_by: { field: ["column", "by", "name", "key", "measure"], direction: ["order", "dir", "sort"] },
  relate: {
    relationship: ["type", "relation", "kind"],
    action: ["other_action", "event", "other", "with", "to"],
    as: ["alias", "name"],
  },
};

/** The part that a key of a plan was meant to be. */
export const meantPart = (key: string): (typeof PARTS)[number] | undefined => {
  const word = key.toLowerCase().replace(/[^a-z]/g, "");
  const known = Object.hasOwn(MEANT_PARTS, word) ? MEANT_PARTS[word] : nearest(key, PARTS);
  return known as (typeof PARTS)[number] | undefined;
};

/** The plan with its parts, and what stands in them, under the names that were meant. */
export function renamed(plan: Json): Json {
  const result: Json = {};
  for (const [key, value] of Object.entries(plan)) {
    const known = (PARTS as readonly string[]).includes(key);
    const meant = known ? key : meantPart(key);
    if (meant && (known || !(meant in plan))) result[meant] = inside(meant, value);
    else Object.defineProperty(result, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return result;
}

function inside(part: string, value: unknown): unknown {
  const words = MEANT_KEYS[part];
  if (words === undefined) return part === "window" ? windowOf(value) : value;
  if (part === "filters" && isObject(value) && isPlainMap(value))
    return Object.entries(value).map(([field, equal]) => ({ field, op: "=", value: equal }));
  const rename = (item: unknown) => (isObject(item) ? keysRenamed(item, words, part) : item);
  return Array.isArray(value) ? value.map(rename) : rename(value);
}

/** `{"actor_id": "u1"}`: each key is a field and must be equal. */
const isPlainMap = (value: Json): boolean => {
  const own = [...Object.keys(MEANT_KEYS.filters ?? {}), ...Object.values(MEANT_KEYS.filters ?? {}).flat()];
  return Object.entries(value).every(
    ([key, one]) => !own.includes(key) && ["string", "number", "boolean"].includes(typeof one),
  );
};

function keysRenamed(item: Json, words: Readonly<Record<string, readonly string[]>>, part: string): Json {
  const taken = new Set(Object.keys(item));
  return Object.fromEntries(
    Object.entries(item).map(([key, value]): [string, unknown] => {
      if (Object.hasOwn(words, key)) return [key, value];
      if (part === "order_by" && /^desc(ending)?$/.test(key) && typeof value === "boolean" && !taken.has("direction"))
        return ["direction", value ? "desc" : "asc"];
      const meant = Object.entries(words).find(([name, others]) => others.includes(key) && !taken.has(name))?.[0];
      if (meant === undefined) return [key, value];
      taken.add(meant);
      return [meant, value];
    }),
  );
}

/** `{"start": …, "end": …}`, and `{"last": "3 days"}` or `{"days": 3}` as the words they are. */
function windowOf(window: unknown): unknown {
  if (!isObject(window) || "from" in window || "to" in window) return window;
  const { start, end, ...rest } = window;
  if (start !== undefined && end !== undefined && Object.keys(rest).length === 0) return { from: start, to: end };
  const [only, ...more] = Object.entries(window);
  if (only === undefined || more.length > 0) return window;
  const [key, value] = only;
  if (typeof value === "number") return `last ${value} ${key}`;
  return typeof value === "string" ? `${key} ${value}` : window;
}
