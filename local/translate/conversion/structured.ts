import { compilationError, unsupportedFeature } from "../../errors";
import { type DataType, isSemiStructured, type StructuredElement, sqlName, VARIANT } from "../../types/dataType";
import { type Bound, bound } from "../bound";
import type { Settings } from "../settings";
import { once, quote, raise, UNDEFINED } from "../sql";
import { cast } from "./cast";
import { toVariant } from "./variant";

const failed = (x: string, target: DataType): string =>
  raise("100071", "22000", "Failed to cast variant value ", `(${x})::VARCHAR`, ` to ${sqlName(target)}`, "JSON");

/** A piece of stored JSON as an element of a structured type, stored again; SQL NULL for NULL. */
function element(json: string, { type, notNull }: StructuredElement, settings: Settings, whole: DataType): string {
  const present = `nullif(${json}, ${UNDEFINED})`;
  const converted = cast(bound(present, VARIANT), type, settings);
  const stored = isSemiStructured(type) ? converted.sql : toVariant(converted, settings);
  return notNull ? once(stored, (x) => `CASE WHEN ${x} IS NULL THEN ${failed("'null'", whole)} ELSE ${x} END`) : stored;
}

/**
 * A semi-structured or structured value as a structured one: every element is cast, an OBJECT must have exactly the keys of
 * its type. Source: https://docs.snowflake.com/en/sql-reference/data-types-structured#converting-structured-and-semi-structured-types
 */
export function castStructured(value: Bound, target: DataType, settings: Settings): string {
  const fits = value.type.kind === "VARIANT" || value.type.kind === target.kind;
  if (!fits)
    throw compilationError(
      "001065",
      "22023",
      `Function CAST cannot be used with arguments of types ${sqlName(value.type)} and ${sqlName(target)}`,
    );
  return once(value.sql, (x) => {
    const built = build(x, target, settings);
    const kind = target.kind === "ARRAY" ? "ARRAY" : "OBJECT";
    return `CASE WHEN ${x} IS NULL OR ${x}::VARCHAR = 'null' THEN NULL WHEN json_type(${x}) <> '${kind}' THEN ${failed(x, target)} ELSE ${built} END`;
  });
}

function build(x: string, target: DataType, settings: Settings): string {
  if (target.kind === "ARRAY" && target.element) {
    const { element: of } = target;
    return `to_json(list_transform(json_extract(${x}, '$[*]'), lambda e: coalesce(${element("e", of, settings, target)}, ${UNDEFINED})))`;
  }
  if (target.kind === "OBJECT" && target.map) {
    const { key, value } = target.map;
    const name = `to_json((${cast(bound("k", { kind: "VARCHAR", length: 1000 }), key, settings).sql})::VARCHAR)::VARCHAR`;
    const held = `coalesce((${element(`sf_get(${x}, to_json(k))`, value, settings, target)})::VARCHAR, 'null')`;
    return `variant_normalize((('{' || array_to_string(list_transform(json_keys(${x}), lambda k: ${name} || ':' || ${held}), ',') || '}')::JSON)::VARIANT)::JSON`;
  }
  if (target.kind === "OBJECT" && target.fields) {
    const names = target.fields.map(({ name }) => name);
    if (names.length === 0) return `CASE WHEN len(json_keys(${x})) = 0 THEN ${x} ELSE ${failed(x, target)} END`;
    const members = [...target.fields]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((field) => {
        const found = `sf_get(${x}, ${quote(JSON.stringify(field.name))}::JSON)`;
        const held = `coalesce((${element(found, field, settings, target)})::VARCHAR, 'null')`;
        return `${quote(`${JSON.stringify(field.name)}:`)} || ${held}`;
      });
    const keys = `[${[...names].sort().map(quote).join(", ")}]`;
    return `CASE WHEN list_sort(json_keys(${x})) = ${keys} THEN ('{' || ${members.join(" || ',' || ")} || '}')::JSON ELSE ${failed(x, target)} END`;
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
