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

export const MEASURES = ["count", "count_distinct", "sum", "avg", "min", "max"] as const;

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

export interface FilterDraft {
  field: string;
  op: string;
  /** As it was typed; what it means depends on field and operator. */
  value: string;
}

export interface MeasureDraft {
  fn: string;
  field: string;
}

export interface RelationDraft {
  relationship: string;
  action: string;
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
  orderBy: string;
  isDescending: boolean;
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
  orderBy: "",
  isDescending: true,
  limit: "",
  relate: [],
};

/** A query plan as the warehouse takes it. */
export type Plan = Record<string, unknown>;

/** The plan a draft stands for; what is left open is left out. */
export function planOf(draft: Draft): Plan {
  const plan: Plan = { actions: draft.actions.filter((action) => action !== "") };
  plan.window = draft.window === "custom" ? { from: draft.from, to: draft.to } : draft.window;
  const filters = draft.filters.filter(({ field }) => field !== "").map(filterOf);
  if (filters.length > 0) plan.filters = filters;
  const relate = draft.relate.filter(({ action }) => action !== "");
  if (relate.length > 0) plan.relate = relate;
  const groups = draft.groupBy.filter((field) => field !== "");
  if (groups.length > 0) plan.group_by = groups;
  if (draft.measures.length > 0)
    plan.measures = draft.measures.map(({ fn, field }) => (field === "" ? fn : `${fn}(${field})`));
  if (draft.orderBy !== "") plan.order_by = [`${draft.isDescending ? "-" : ""}${draft.orderBy}`];
  if (draft.limit !== "") plan.limit = Number(draft.limit);
  return plan;
}

function filterOf({ field, op, value }: FilterDraft): Record<string, unknown> {
  if (op === "is_null" || op === "is_not_null") return { field, op };
  if (op === "in" || op === "not_in" || op === "between")
    return { field, op, value: value.split(",").map((part) => scalarOf(field, part.trim())) };
  return { field, op, value: scalarOf(field, value) };
}

/** Attributes may hold anything, so `12` is a number and `"12"` a text there; other fields have one type. */
function scalarOf(field: string, text: string): unknown {
  if (field !== "revenue_impact" && !field.startsWith("attributes.")) return text;
  if (/^".*"$/.test(text)) return text.slice(1, -1);
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** The draft of a plan that came with an address, as far as the form can show it. */
export function draftOf(plan: Plan): Draft {
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  const span = plan.window as { from?: unknown; to?: unknown } | string | undefined;
  const [order = ""] = list(plan.order_by).map((item) =>
    typeof item === "string"
      ? item
      : `${(item as Plan)?.direction === "desc" ? "-" : ""}${text((item as Plan)?.field)}`,
  );
  return {
    ...EMPTY_DRAFT,
    actions: list(plan.actions).map(text),
    window: typeof span === "object" ? "custom" : (span ?? "last_7d"),
    from: typeof span === "object" ? text(span.from) : "",
    to: typeof span === "object" ? text(span.to) : "",
    filters: list(plan.filters).map((item) => filterDraft(item as Plan)),
    groupBy: list(plan.group_by).map(text),
    measures: list(plan.measures).map(measureDraft),
    orderBy: order.replace(/^-| +(asc|desc)$/gi, ""),
    isDescending: order.startsWith("-") || / desc$/i.test(order),
    limit: typeof plan.limit === "number" ? String(plan.limit) : "",
    relate: list(plan.relate).map((item) => ({
      relationship: text((item as Plan)?.relationship),
      action: text((item as Plan)?.action),
    })),
  };
}

function filterDraft(filter: Plan): FilterDraft {
  const field = String(filter?.field ?? "");
  const written = (value: unknown): string =>
    typeof value === "string" && field.startsWith("attributes.") && scalarOf(field, value) !== value
      ? `"${value}"`
      : String(value ?? "");
  const value = Array.isArray(filter?.value) ? filter.value.map(written).join(", ") : written(filter?.value);
  return { field, op: String(filter?.op ?? "="), value };
}

function measureDraft(measure: unknown): MeasureDraft {
  if (typeof measure === "object" && measure !== null) {
    const { fn, field } = measure as { fn?: unknown; field?: unknown };
    return { fn: String(fn ?? "count"), field: String(field ?? "") };
  }
  const [, fn = "count", field = ""] = /^(\w+)(?:\((.+)\))?$/.exec(String(measure)) ?? [];
  return { fn, field };
}
