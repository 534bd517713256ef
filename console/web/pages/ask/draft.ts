import { isSafeNumber, LosslessNumber, parse, stringify } from "lossless-json";

/** The grammar of query plans as the form offers it; the warehouse checks it. */
export const WINDOWS = ["last_24h", "last_7d", "last_30d", "last_90d"] as const;

export const FIELDS = [
  "action",
  "actor_id",
  "anonymous_actor_id",
  "object_type",
  "object_id",
  "occurred_at",
  "received_at",
  "hour",
  "day",
  "week",
  "month",
  "source",
  "source_lane",
  "schema_version",
  "revenue_impact",
  "link",
  "event_id",
  "depends_on_event_id",
] as const;

export const OPERATORS = [
  "=",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "not_in",
  "between",
  "contains",
  "starts_with",
  "ends_with",
  "is_null",
  "is_not_null",
] as const;

export const MEASURES = ["count", "count_distinct", "sum", "avg", "min", "max", "median", "p90"] as const;

export const RELATIONSHIPS = [
  "first_ever",
  "last_ever",
  "first_before",
  "last_before",
  "first_after",
  "last_after",
  "first_in_between",
  "last_in_between",
  "aggregate_before",
  "aggregate_in_between",
] as const;

/** What a relationship appends under its name; `seconds` is the time from the event to the other one. */
export const RELATION_FIELDS = [
  "event_id",
  "occurred_at",
  "action",
  "revenue_impact",
  "count",
  "first_at",
  "last_at",
  "seconds",
] as const;

/** What an event and those it is related to share. */
export const MATCHES = ["person", "object"] as const;

export interface FilterDraft {
  field: string;
  op: string;
  /** As it was typed; what it means depends on field and operator. */
  value: string;
}

export interface MeasureDraft {
  fn: string;
  field: string;
  /** Name of its column; empty for the one it has by itself. */
  as: string;
}

export interface RelationDraft {
  relationship: string;
  action: string;
  match: string;
  /** Name of what it appends; empty for the one it has by itself. */
  as: string;
}

export interface OrderDraft {
  column: string;
  isDescending: boolean;
}

/** A plan while it is being made. */
export interface Draft {
  actions: string[];
  window: string;
  from: string;
  to: string;
  filters: FilterDraft[];
  groupBy: string[];
  measures: MeasureDraft[];
  orderBy: OrderDraft[];
  limit: string;
  relate: RelationDraft[];
}

export const EMPTY_DRAFT: Draft = {
  actions: [""],
  window: "last_7d",
  from: "",
  to: "",
  filters: [],
  groupBy: [],
  measures: [],
  orderBy: [],
  limit: "",
  relate: [],
};

/** A query plan as the warehouse takes it. */
export type Plan = Record<string, unknown>;

/** A plan as JSON, with every digit. */
export const planText = (plan: Plan, indent?: number): string => stringify(plan, undefined, indent) as string;

/** The plan in an address; undefined when there is none in it. */
export function planIn(text: string): Plan | undefined {
  try {
    const plan = parse(text, undefined, numberOf);
    return typeof plan === "object" && plan !== null ? (plan as Plan) : undefined;
  } catch {
    return undefined;
  }
}

/** A number that a double cannot hold keeps its digits. */
const numberOf = (digits: string): number | LosslessNumber =>
  isSafeNumber(digits) ? Number(digits) : new LosslessNumber(digits);

/** The plan a draft stands for; what is left open is left out. */
export function planOf(draft: Draft): Plan {
  const plan: Plan = { actions: draft.actions.filter((action) => action !== "") };
  plan.window = draft.window === "custom" ? { from: draft.from, to: draft.to } : draft.window;
  const filters = draft.filters.filter(({ field }) => field !== "").map(filterOf);
  if (filters.length > 0) plan.filters = filters;
  const relate = draft.relate
    .filter(({ action }) => action !== "")
    .map(({ relationship, action, match, as }) => ({
      relationship,
      action,
      ...(match === "person" ? {} : { match }),
      ...(as === "" ? {} : { as }),
    }));
  if (relate.length > 0) plan.relate = relate;
  const groups = draft.groupBy.filter((field) => field !== "");
  if (groups.length > 0) plan.group_by = groups;
  if (draft.measures.length > 0)
    plan.measures = draft.measures.map(({ fn, field, as }) =>
      as !== "" ? { fn, ...(field === "" ? {} : { field }), as } : field === "" ? fn : `${fn}(${field})`,
    );
  const order = draft.orderBy.filter(({ column }) => column !== "");
  if (order.length > 0) plan.order_by = order.map(({ column, isDescending }) => `${isDescending ? "-" : ""}${column}`);
  if (draft.limit !== "") plan.limit = Number(draft.limit);
  return plan;
}

function filterOf({ field, op, value }: FilterDraft): Record<string, unknown> {
  if (op === "is_null" || op === "is_not_null") return { field, op };
  if (op === "in" || op === "not_in" || op === "between")
    return { field, op, value: partsOf(value).map((part) => scalarOf(field, part, true)) };
  return { field, op, value: scalarOf(field, value) };
}

/** A list as it was typed: parted by commas, but for those between quotes; a quote between quotes is written twice. */
const partsOf = (text: string): string[] =>
  [...`${text},`.matchAll(/\s*("(?:[^"]|"")*"(?=\s*,)|[^,]*?)\s*,/g)].map(([, part = ""]) => part);

/**
 * Attributes may hold anything, so `12` is a number and `"12"` a text there, and so is `012`; other fields have one type. In a list
 * every text may stand between quotes.
 */
function scalarOf(field: string, text: string, isPart = false): unknown {
  const isTyped = field === "revenue_impact" || field.startsWith("attributes.");
  if (isPart && /^".*"$/s.test(text)) return text.slice(1, -1).replaceAll('""', '"');
  if (isTyped && /^".*"$/s.test(text)) return text.slice(1, -1);
  if (!isTyped) return text;
  if (text === "true" || text === "false") return text === "true";
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? numberOf(text) : text;
}

/** The name a relationship goes by in other parts of a plan. */
export const relationName = ({ relationship, action, as }: RelationDraft): string =>
  as || `${relationship}_${action.replaceAll(".", "_")}`;

/** Fields other parts may name: those of events, and those each relationship appends. */
export const fieldsOf = ({ relate }: Draft): string[] => [
  ...FIELDS,
  ...relate
    .filter(({ action }) => action !== "")
    .flatMap((relation) => {
      const isAggregate = relation.relationship.startsWith("aggregate");
      const own = isAggregate ? ["count", "first_at", "last_at", "revenue_impact"] : RELATION_FIELDS;
      return own
        .filter((field) => isAggregate || !["count", "first_at", "last_at"].includes(field))
        .map((field) => `${relationName(relation)}.${field}`);
    }),
];

/** The draft of a plan that came with an address, as far as the form can show it. */
export function draftOf(plan: Plan): Draft {
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  const span = typeof plan.window === "object" ? (plan.window as { from?: unknown; to?: unknown } | null) : undefined;
  return {
    ...EMPTY_DRAFT,
    actions: list(plan.actions).map(text),
    window: span ? "custom" : text(plan.window) || EMPTY_DRAFT.window,
    from: text(span?.from),
    to: text(span?.to),
    filters: list(plan.filters).map((item) => filterDraft(item as Plan)),
    groupBy: list(plan.group_by).map(text),
    measures: list(plan.measures).map(measureDraft),
    orderBy: list(plan.order_by).map(orderDraft),
    limit: typeof plan.limit === "number" ? String(plan.limit) : "",
    relate: list(plan.relate).map((item) => ({
      relationship: text((item as Plan)?.relationship),
      action: text((item as Plan)?.action),
      match: text((item as Plan)?.match) || "person",
      as: text((item as Plan)?.as),
    })),
  };
}

function orderDraft(item: unknown): OrderDraft {
  if (typeof item === "object" && item !== null) {
    const { field, direction } = item as Plan;
    return { column: String(field ?? ""), isDescending: direction === "desc" };
  }
  const written = String(item ?? "");
  return {
    column: written.replace(/^-| +(asc|desc)$/gi, ""),
    isDescending: written.startsWith("-") || / desc$/i.test(written),
  };
}

function filterDraft(filter: Plan): FilterDraft {
  const field = String(filter?.field ?? "");
  const isList = Array.isArray(filter?.value);
  const written = (value: unknown): string => {
    if (typeof value !== "string") return String(value ?? "");
    if (!isList) return scalarOf(field, value) === value ? value : `"${value}"`;
    const isPlain = !/[",]|^\s|\s$/.test(value) && scalarOf(field, value, true) === value;
    return isPlain ? value : `"${value.replaceAll('"', '""')}"`;
  };
  const value = isList ? (filter.value as unknown[]).map(written).join(", ") : written(filter?.value);
  return { field, op: String(filter?.op ?? "="), value };
}

function measureDraft(measure: unknown): MeasureDraft {
  if (typeof measure === "object" && measure !== null) {
    const { fn, field, as } = measure as Plan;
    return { fn: String(fn ?? "count"), field: String(field ?? ""), as: String(as ?? "") };
  }
  const [, fn = "count", field = ""] = /^(\w+)(?:\((.+)\))?$/.exec(String(measure)) ?? [];
  return { fn, field, as: "" };
}
