import { compilationError, incompatibleTypes, unsupportedFeature } from "../../errors";
import {
  type DataType,
  isSemiStructured,
  physicalType,
  type StructuredElement,
  sqlName,
  VARIANT,
} from "../../types/dataType";
import { type Bound, bound } from "../bound";
import type { Settings } from "../settings";
import { lambdaName, once, quote, raise, UNDEFINED } from "../sql";
import { cast } from "./cast";
import { toVariant } from "./variant";

const mismatch = (as = "JSON"): string =>
  raise("220000", "22000", "Typed object schema mismatch in conversion", "''", "", as);

/** A piece of stored JSON as an element of a structured type, stored again; SQL NULL for NULL. */
function element(json: string, { type, notNull }: StructuredElement, settings: Settings): string {
  const present = `nullif(${json}, ${UNDEFINED})`;
  const converted = isSemiStructured(type) || type.kind === "VARCHAR" ? undefined : scalar(present, type, settings);
  const value = converted ?? cast(bound(present, VARIANT), type, settings);
  const stored = isSemiStructured(type) ? value.sql : toVariant(value, settings);
  return notNull ? once(stored, (x) => `CASE WHEN ${x} IS NULL THEN ${mismatch()} ELSE ${x} END`) : stored;
}

/** What does not convert does not fit the type around it. */
const scalar = (json: string, type: DataType, settings: Settings): Bound =>
  bound(
    once(json, (x) => {
      const converted = cast(bound(x, VARIANT), type, settings, "try").sql;
      return `CASE WHEN ${x}::VARCHAR <> 'null' THEN coalesce(${converted}, ${mismatch(physicalType(type))}) END`;
    }),
    type,
    true,
  );

/** What messages call a type that does not become a structured one. */
function familyName(type: DataType): string {
  if (type.kind === "OBJECT") return type.map ? "MAP" : type.fields ? "STRUCTURED_OBJECT" : "OBJECT";
  if (type.kind === "ARRAY") return type.element ? "STRUCTURED_ARRAY" : "ARRAY";
  const names: Record<string, string> = { VARCHAR: "TEXT", NUMBER: "FIXED", FLOAT: "REAL" };
  return names[type.kind] ?? type.kind;
}

export type FieldChange = "RENAME FIELDS" | "ADD FIELDS";

/**
 * A structured OBJECT whose fields get other names, one after the other, or further fields, which are NULL.
 * Source: https://docs.snowflake.com/en/sql-reference/data-types-structured (Renaming and adding keys)
 */
export function castFields(value: Bound, target: DataType, settings: Settings, change: FieldChange): Bound {
  const fields = target.kind === "OBJECT" ? target.fields : undefined;
  const given = value.type.kind === "OBJECT" ? value.type.fields : undefined;
  if (!fields || !given)
    throw compilationError(
      "001065",
      "22023",
      `Function CAST ${change} cannot be used with arguments of types ${sqlName(value.type)} and ${sqlName(target)}`,
    );
  const names = new Set(fields.map(({ name }) => name));
  const fits = change === "RENAME FIELDS" ? fields.length === given.length : given.every(({ name }) => names.has(name));
  if (!fits) throw incompatibleTypes(familyName(value.type), familyName(target));
  const sources = fields.map(({ name }, i) => (change === "RENAME FIELDS" ? (given[i]?.name ?? name) : name));
  return bound(
    once(value.sql, (x) => `CASE WHEN ${x} IS NOT NULL THEN ${members(x, fields, sources, settings)} END`),
    target,
    true,
  );
}

type Fields = NonNullable<(DataType & { kind: "OBJECT" })["fields"]>;

/** An OBJECT of the fields, each from the member of that name. */
function members(x: string, fields: Fields, sources: readonly string[], settings: Settings): string {
  const built = fields
    .map((field, i) => ({ field, source: sources[i] as string }))
    .sort((a, b) => (a.field.name < b.field.name ? -1 : 1))
    .map(({ field, source }) => {
      const found = `sf_get(${x}, ${quote(JSON.stringify(source))}::JSON)`;
      const held = `coalesce((${element(found, field, settings)})::VARCHAR, 'null')`;
      return `${quote(`${JSON.stringify(field.name)}:`)} || ${held}`;
    });
  return `('{' || ${built.join(" || ',' || ")} || '}')::JSON`;
}

/**
 * A semi-structured or structured value as a structured one: every element is cast, an OBJECT must have exactly the keys of
 * its type. Source: https://docs.snowflake.com/en/sql-reference/data-types-structured#converting-structured-and-semi-structured-types
 */
export function castStructured(value: Bound, target: DataType, settings: Settings): string {
  const fits = value.type.kind === "VARIANT" || value.type.kind === target.kind;
  if (!fits && target.kind === "OBJECT") throw incompatibleTypes(familyName(value.type), familyName(target));
  if (!fits)
    throw compilationError(
      "001065",
      "22023",
      `Function CAST cannot be used with arguments of types ${sqlName(value.type)} and ${sqlName(target)}`,
    );
  return once(value.sql, (x) => {
    const built = build(x, target, settings);
    const kind = target.kind === "ARRAY" ? "ARRAY" : "OBJECT";
    return `CASE WHEN ${x} IS NULL OR ${x}::VARCHAR = 'null' THEN NULL WHEN json_type(${x}) <> '${kind}' THEN ${mismatch()} ELSE ${built} END`;
  });
}

function build(x: string, target: DataType, settings: Settings): string {
  if (target.kind === "ARRAY" && target.element) {
    const { element: of } = target;
    return `to_json(list_transform(json_extract(${x}, '$[*]'), lambda e: coalesce(${element("e", of, settings)}, ${UNDEFINED})))`;
  }
  if (target.kind === "OBJECT" && target.map) {
    const { key, value } = target.map;
    // A map of maps: what stands for the inner one names the key of the outer one.
    const k = lambdaName(x);
    const name = `to_json((${cast(bound(k, { kind: "VARCHAR", length: 1000 }), key, settings).sql})::VARCHAR)::VARCHAR`;
    const held = `coalesce((${element(`sf_get(${x}, to_json(${k}))`, value, settings)})::VARCHAR, 'null')`;
    return `variant_normalize((('{' || array_to_string(list_transform(json_keys(${x}), lambda ${k}: ${name} || ':' || ${held}), ',') || '}')::JSON)::VARIANT)::JSON`;
  }
  if (target.kind === "OBJECT" && target.fields) {
    const names = target.fields.map(({ name }) => name);
    if (names.length === 0) return `CASE WHEN len(json_keys(${x})) = 0 THEN ${x} ELSE ${mismatch()} END`;
    const keys = `[${[...names].sort().map(quote).join(", ")}]`;
    return `CASE WHEN list_sort(json_keys(${x})) = ${keys} THEN ${members(x, target.fields, names, settings)} ELSE ${mismatch()} END`;
  }
  throw unsupportedFeature(`cast to ${sqlName(target)}`);
}

/** An element of a structured value, in its own type. `step` is a key or a position. */
export function structuredStep(
  value: Bound,
  step: { key: string } | { index: number } | { dynamic: Bound },
  settings: Settings,
): Bound {
  const { type } = value;
  const typed = (sql: string, of: DataType): Bound =>
    cast(bound(`nullif(${sql}, ${UNDEFINED})`, VARIANT), of, settings);
  if (type.kind === "ARRAY" && type.element) {
    if ("index" in step && step.index >= 0)
      return typed(`json_extract(${value.sql}, '$[${Math.trunc(step.index)}]')`, type.element.type);
    if ("dynamic" in step && step.dynamic.type.kind === "NUMBER")
      return typed(`sf_get(${value.sql}, to_json((${step.dynamic.sql})::BIGINT))`, type.element.type);
  }
  if (type.kind === "OBJECT" && "key" in step) {
    const of = type.map ? type.map.value.type : type.fields?.find(({ name }) => name === step.key)?.type;
    if (of) return typed(`sf_get(${value.sql}, ${quote(JSON.stringify(step.key))}::JSON)`, of);
  }
  if (type.kind === "OBJECT" && type.map && "index" in step && type.map.key.kind === "NUMBER")
    return typed(`sf_get(${value.sql}, ${quote(JSON.stringify(String(step.index)))}::JSON)`, type.map.value.type);
  const place = "key" in step ? step.key : "index" in step ? String(step.index) : "an expression";
  throw unsupportedFeature(`element ${place} of ${sqlName(type)}`);
}
