import { parseInstant } from "../../client/instant";
import { completed } from "./checkWindow";
import { checkList, finding, isObject, type Json, listOf, unknownKeys, wordOf } from "./findings";
import { ATTRIBUTE_PATH, FIELD_NAMES, FIELDS, type FieldKind, MOST, OPERATORS } from "./grammar";
import { nearest } from "./nearest";
import type { Finding } from "./problem";

type Operator = (typeof OPERATORS)[number];

/** Operators as other languages spell them. */
const MEANT: Readonly<Record<string, Operator>> = {
  "==": "=",
  "===": "=",
  eq: "=",
  equals: "=",
  is: "=",
  "<>": "!=",
  ne: "!=",
  neq: "!=",
  not: "!=",
  "is not": "!=",
  isnot: "!=",
  is_not: "!=",
  lt: "<",
  lte: "<=",
  le: "<=",
  gt: ">",
  gte: ">=",
  ge: ">=",
  nin: "not_in",
  "not in": "not_in",
  startswith: "starts_with",
  prefix: "starts_with",
  endswith: "ends_with",
  suffix: "ends_with",
  isnull: "is_null",
  notnull: "is_not_null",
};

const FIELD_CHOICE = [...FIELD_NAMES, "attributes.<path>"];

export function checkFilters(filters: unknown): Finding[] {
  const plan: Json = { filters };
  return [
    ...checkList(plan, "filters"),
    ...listOf(plan, "filters").flatMap((item, index) => checkFilter(item, ["filters", index])),
  ];
}

function checkFilter(item: unknown, at: (string | number)[]): Finding[] {
  if (!isObject(item)) {
    const message = 'must be an object such as {"field": "actor_id", "op": "=", "value": "u1"}';
    return [finding(at, message, { found: item, fix: "remove" })];
  }
  const found = unknownKeys(item, at, ["field", "op", "value"]);
  const kind = kindOf(item.field);
  if (kind === undefined)
    found.push(
      finding([...at, "field"], "must be a field of events", {
        found: item.field,
        allowed: FIELD_CHOICE,
        fix: fieldFix(item.field),
      }),
    );
  const op = typeof item.op === "string" ? item.op.toLowerCase() : item.op;
  if (typeof op !== "string" || !(OPERATORS as readonly string[]).includes(op)) {
    const refused = finding([...at, "op"], "must be an operator", { found: item.op, allowed: OPERATORS });
    if (op === "like" || op === "ilike") found.push({ ...refused, at, fix: fixOfPattern(item) });
    else {
      const meant = typeof op !== "string" ? "=" : Object.hasOwn(MEANT, op) ? MEANT[op] : nearest(op, OPERATORS);
      found.push({ ...refused, fix: meant ? { value: meant } : "remove" });
    }
  } else if (kind !== undefined) found.push(...checkValue(item, op as Operator, kind, [...at, "value"]));
  return found;
}

/** `like 'a%'` in an operator that says the same; a pattern with more in it has none. */
function fixOfPattern(item: Json): Finding["fix"] {
  const [, before, middle, after] = /^(%?)([^%_\\]+)(%?)$/s.exec(wordOf(item.value ?? "")) ?? [];
  if (middle === undefined) return undefined;
  const op = before ? (after ? "contains" : "ends_with") : after ? "starts_with" : "=";
  return { value: { ...item, op, value: middle } };
}

export function kindOf(field: unknown): FieldKind | "any" | undefined {
  if (typeof field !== "string") return undefined;
  if (Object.hasOwn(FIELDS, field)) return FIELDS[field]?.kind;
  return ATTRIBUTE_PATH.test(field) ? "any" : undefined;
}

/** Fields as others call them. */
const MEANT_FIELDS: Readonly<Record<string, string>> = {
  date: "day",
  timestamp: "occurred_at",
  time: "occurred_at",
  created_at: "occurred_at",
  event: "action",
  event_name: "action",
  event_type: "action",
};

/** The field that was meant, else an attribute of that name. */
export function fieldFix(field: unknown): Finding["fix"] {
  if (typeof field !== "string") return "remove";
  const meant = Object.hasOwn(MEANT_FIELDS, field) ? MEANT_FIELDS[field] : nearest(field, FIELD_NAMES);
  if (meant) return { value: meant };
  return /^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+){0,4}$/.test(field) ? { value: `attributes.${field}` } : "remove";
}

const isScalar = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);

function checkValue(item: Json, op: Operator, kind: FieldKind | "any", at: (string | number)[]): Finding[] {
  const value = item.value ?? undefined;
  const nothing = op === "=" ? "is_null" : op === "!=" ? "is_not_null" : undefined;
  if (item.value === null && nothing !== undefined) {
    const message = `null is no value to compare with; ${nothing} says that`;
    const fix = { value: { field: item.field, op: nothing } };
    return [{ ...finding(at, message, { found: null, fix }), at: at.slice(0, -1) }];
  }
  const wrong = (message: string, fix?: Finding["fix"]) => [finding(at, message, { found: item.value, fix })];
  if (op === "is_null" || op === "is_not_null")
    return value === undefined ? [] : wrong(`must be left out with ${op}`, value === true ? "remove" : undefined);
  if (op === "in" || op === "not_in") {
    if (kind === "time") return wrong("cannot be a list for a time; use between");
    if (Array.isArray(value) && value.length >= 1 && value.length <= MOST.inList && value.every(isScalar)) return [];
    const hasNull = Array.isArray(value) && value.includes(null);
    return wrong(
      `must be a list of 1 to ${MOST.inList} values${hasNull ? "; null is none, is_null finds missing ones" : ""}`,
      isScalar(value) ? { value: [value] } : undefined,
    );
  }
  if (op === "between") {
    const isPair = Array.isArray(value) && value.length === 2;
    if (isPair && (kind === "time" ? value.every(isInstant) : value.every(isScalar))) return [];
    const times =
      isPair && kind === "time" ? value.map((one) => (isInstant(one) ? { value: one } : completed(one))) : [];
    const fix =
      times.length === 2 && times.every(isObject)
        ? { value: times.map((time) => (time as { value: unknown }).value) }
        : undefined;
    return wrong(
      kind === "time" ? "must be a list of two ISO 8601 times with an offset" : "must be a list of two values",
      fix,
    );
  }
  if (!isScalar(value)) {
    const fix = Array.isArray(value) && value.length === 1 && isScalar(value[0]) ? { value: value[0] } : undefined;
    return wrong("must be a text, number or boolean; is_null finds missing values, in takes a list", fix);
  }
  if (op === "contains" || op === "starts_with" || op === "ends_with") {
    if (kind !== "text" && kind !== "any") return wrong(`is compared with a ${kind}; ${op} needs a field that is text`);
    return typeof value === "string" ? [] : wrong("must be text", { value: String(value) });
  }
  if (kind === "time")
    return isInstant(value)
      ? []
      : wrong("must be an ISO 8601 time with an offset, such as 2026-03-01T00:00:00Z", completed(value));
  if (kind === "number" && typeof value !== "number")
    return wrong(
      "must be a number",
      Number.isFinite(Number(value)) && value !== "" ? { value: Number(value) } : undefined,
    );
  if (kind === "text" && typeof value !== "string") return wrong("must be text", { value: String(value) });
  return [];
}

const isInstant = (value: unknown): boolean => typeof value === "string" && parseInstant(value) !== undefined;
