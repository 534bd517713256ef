import { fieldFix, kindOf } from "./checkFilters";
import { checkList, finding, isObject, type Json, listOf, unknownKeys, wordOf } from "./findings";
import { FIELD_NAMES, MEASURES, RELATION_FIELDS, relationName } from "./grammar";
import { nearest } from "./nearest";
import type { Finding } from "./problem";

const MEASURE_TEXT = /^([a-z0-9_]+)(?:\((.+)\))?$/s;
const MEASURE_CHOICE = MEASURES.map((name) => (name === "count" ? "count" : `${name}(<field>)`));

/** Names that relations append under. */
function relationNames(plan: Json): string[] {
  return listOf(plan, "relate").flatMap((item) => {
    if (!isObject(item)) return [];
    return typeof item.as === "string" ? [item.as] : [relationName(wordOf(item.relationship), wordOf(item.action))];
  });
}

const appendedFields = (plan: Json) =>
  relationNames(plan).flatMap((name) => RELATION_FIELDS.map((field) => `${name}.${field}`));

const fieldChoice = (plan: Json) => [
  ...FIELD_NAMES,
  "attributes.<path>",
  ...(listOf(plan, "relate").length ? appendedFields(plan) : ["<relation>.<field>"]),
];

const isColumn = (plan: Json, field: unknown) =>
  kindOf(field) !== undefined || appendedFields(plan).includes(field as string);

export function checkGroups(plan: Json): Finding[] {
  const seen = new Set<unknown>();
  return [
    ...checkList(plan, "group_by"),
    ...listOf(plan, "group_by").flatMap((field, index) => {
      const at = ["group_by", index];
      if (!isColumn(plan, field))
        return [
          finding(at, "must be the name of a field", {
            found: field,
            allowed: fieldChoice(plan),
            fix: columnFix(plan, field),
          }),
        ];
      if (seen.has(field)) return [finding(at, "stands twice", { found: field, fix: "remove" })];
      seen.add(field);
      return [];
    }),
  ];
}

interface Measure {
  fn: string;
  field: unknown;
  name: string;
}

/** A measure in either spelling; undefined when it is neither. */
function readMeasure(item: unknown): Measure | undefined {
  if (typeof item === "string") {
    const [, fn, field] = MEASURE_TEXT.exec(item) ?? [];
    return fn === undefined ? undefined : { fn, field, name: item };
  }
  if (!isObject(item) || typeof item.fn !== "string") return undefined;
  const { fn, as } = item;
  const field = item.field ?? undefined;
  return { fn, field, name: typeof as === "string" ? as : field === undefined ? fn : `${fn}(${wordOf(field)})` };
}

export function checkMeasures(plan: Json): Finding[] {
  const names = new Set(listOf(plan, "group_by"));
  return [
    ...checkList(plan, "measures"),
    ...listOf(plan, "measures").flatMap((item, index) => {
      const at = ["measures", index];
      const measure = readMeasure(item);
      if (!measure || !(MEASURES as readonly string[]).includes(measure.fn))
        return [finding(at, "must be a measure", { found: item, allowed: MEASURE_CHOICE, fix: measureFix(item) })];
      const found = isObject(item) ? unknownKeys(item, at, ["fn", "field", "as"]) : [];
      const place = isObject(item) ? [...at, "field"] : at;
      if (measure.field === undefined) {
        if (measure.fn !== "count")
          found.push(
            finding(place, `needs a field, such as ${measure.fn}(actor_id)`, {
              found: item,
              allowed: fieldChoice(plan),
              fix:
                measure.fn === "count_distinct" && !isObject(item) ? { value: "count_distinct(actor_id)" } : undefined,
            }),
          );
      } else if (!isColumn(plan, measure.field)) {
        const fix = unknownColumn(plan, item, measure);
        found.push(
          finding(at, "measures an unknown field", {
            found: measure.field,
            allowed: fieldChoice(plan),
            fix: fix === undefined ? "remove" : { value: fix },
          }),
        );
      }
      if (isObject(item) && (item.as ?? undefined) !== undefined && typeof item.as !== "string")
        found.push(finding([...at, "as"], "must be text", { found: item.as, fix: "remove" }));
      if (names.has(measure.name))
        found.push(
          finding(at, `"${measure.name}" names two columns; give it another name with "as"`, {
            found: item,
            fix: "remove",
          }),
        );
      names.add(measure.name);
      return found;
    }),
  ];
}

/** The column that was meant: one that the only relation appends, else a field. */
function columnFix(plan: Json, field: unknown): Finding["fix"] {
  const [name, ...more] = relationNames(plan);
  const last = typeof field === "string" ? (field.split(".").at(-1) as string) : "";
  if (name !== undefined && more.length === 0 && (RELATION_FIELDS as readonly string[]).includes(last))
    return { value: `${name}.${last}` };
  return fieldFix(field);
}

function unknownColumn(plan: Json, item: unknown, { fn, field }: Measure): unknown {
  const [, distinct, of] = /^(distinct\s+)?(.*)$/is.exec(wordOf(field)) ?? [];
  if (fn === "count" && !distinct && (field === "*" || field === "1")) return "count";
  const name = distinct ? of : field;
  const fix = isColumn(plan, name) ? { value: name } : columnFix(plan, name);
  if (!isObject(fix)) return undefined;
  const meant = distinct && fn === "count" ? "count_distinct" : fn;
  return isObject(item) ? { ...item, fn: meant, field: fix.value } : `${meant}(${fix.value})`;
}

const MEANT_MEASURES: Readonly<Record<string, string>> = {
  average: "avg",
  mean: "avg",
  total: "sum",
  unique: "count_distinct",
  distinct: "count_distinct",
  uniques: "count_distinct",
  distinct_count: "count_distinct",
  p50: "median",
  percentile_90: "p90",
  percentile_50: "median",
};

/** `COUNT(*)`, `average(x)`, `countDistinct(x)`, `sum(x) as total`: what was meant. */
function measureFix(item: unknown): Finding["fix"] {
  const given = isObject(item)
    ? { text: `${wordOf(item.fn ?? "")}(${wordOf(item.field ?? "*")})`, as: item.as }
    : namedMeasure(item);
  const [, word = "", distinct, field] =
    /^\s*([A-Za-z0-9_ ]{1,40})\s*(?:\(\s*(distinct\s+)?([^()]{0,200}?)\s*\))?\s*$/i.exec(given.text) ?? [];
  const key = word.trim().toLowerCase();
  const named = Object.hasOwn(MEANT_MEASURES, key) ? MEANT_MEASURES[key] : nearest(word, MEASURES);
  const fn = distinct && named === "count" ? "count_distinct" : named;
  if (fn === undefined) return "remove";
  const hasField = Boolean(field) && field !== "*" && field !== "1";
  if (!hasField && fn !== "count" && fn !== "count_distinct") return "remove";
  const of = hasField ? field : fn === "count" ? undefined : "actor_id";
  if (given.as === undefined || given.as === null) return { value: of === undefined ? fn : `${fn}(${of})` };
  return { value: { fn, ...(of === undefined ? {} : { field: of }), as: given.as } };
}

/** `sum(x) as total` is a measure and its name. */
function namedMeasure(item: unknown): { text: string; as?: unknown } {
  if (typeof item !== "string" || item.length > 300) return { text: "" };
  const [, text, as] = /^(.*?)\s+as\s+"?(\w+)"?\s*$/is.exec(item) ?? [];
  return text === undefined ? { text: spelled(item) } : { text: spelled(text), as };
}

/** `count distinct actor_id`, `unique actors`, `average of attributes.total`, `number of events` in the spelling of a measure. */
function spelled(words: string): string {
  const text = words.trim();
  if (/^(?:number|count) of events$|^events?(?: count)?$/i.test(text)) return "count";
  const [, different] =
    /^(?:(?:count|number)(?: of)? )?(?:distinct|unique|different) ([\w.]{1,200})$/i.exec(text) ?? [];
  if (different !== undefined)
    return `count_distinct(${/^(?:actor|user|person|people)s?$/i.test(different) ? "actor_id" : different})`;
  const [, fn, field] = /^([a-z_]{1,20}\d{0,2}) (?:of )?([\w.]{1,200})$/i.exec(text) ?? [];
  return fn === undefined || /^(?:count|number)$/i.test(fn) ? text : `${fn}(${field})`;
}

/** The columns of the answer, as far as they have names. */
function columns(plan: Json): { names: string[]; isAggregate: boolean } {
  const groups = listOf(plan, "group_by").map(wordOf);
  const measures = listOf(plan, "measures");
  const isAggregate = groups.length + measures.length > 0;
  if (!isAggregate) return { names: FIELD_NAMES, isAggregate };
  const measured = measures.map((item) => readMeasure(item)?.name ?? "");
  return { names: [...groups, ...(measures.length ? measured : ["count"])], isAggregate };
}

const isDirection = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && /^(asc|desc)$/i.test(value));

export function checkOrders(plan: Json): Finding[] {
  const { names, isAggregate } = columns(plan);
  return [
    ...checkList(plan, "order_by"),
    ...listOf(plan, "order_by").flatMap((item, index) => {
      const at = ["order_by", index];
      if (typeof item !== "string" && !isObject(item))
        return [finding(at, "must be the name of a column", { found: item, allowed: names, fix: "remove" })];
      const found = isObject(item) ? unknownKeys(item, at, ["field", "direction"]) : [];
      if (isObject(item) && !isDirection(item.direction))
        found.push(
          finding([...at, "direction"], "must be asc or desc", {
            found: item.direction,
            allowed: ["asc", "desc"],
            fix: { value: /^d/i.test(wordOf(item.direction)) ? "desc" : "asc" },
          }),
        );
      const text = isObject(item) ? item.field : item;
      const name = typeof text === "string" && !isObject(item) ? text.replace(/^-| +(asc|desc|ASC|DESC)$/g, "") : text;
      if (names.includes(name as string) || (!isAggregate && kindOf(name) !== undefined)) return found;
      const known = fieldFix(name);
      const meant =
        typeof name !== "string"
          ? undefined
          : isObject(known) && names.includes(known.value as string)
            ? (known.value as string)
            : nearest(name, names);
      const isDescending = typeof text === "string" && /^-| desc$/i.test(text);
      const fix = meant
        ? { value: isObject(item) ? { ...item, field: meant } : `${isDescending ? "-" : ""}${meant}` }
        : ("remove" as const);
      const allowed = isAggregate ? names : [...names, "attributes.<path>"];
      found.push(
        finding(at, `must be a column of the answer${isAggregate ? ": the names in group_by and measures" : ""}`, {
          found: item,
          allowed,
          fix,
        }),
      );
      return found;
    }),
  ];
}
