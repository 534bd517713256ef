import type { Expression, Lambda } from "../../dialect/index";
import { unsupportedFeature } from "../errors";
import { type Bound, bound, isNullLiteral } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { fromVariant, toVariant } from "../translate/conversion/variant";
import { resolveType } from "../translate/dataTypes";
import { condition } from "../translate/expressions/predicates";
import { SUBQUERY, UNDEFINED } from "../translate/sql";
import { ARRAY, type DataType, physicalType, sameType, VARIANT } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";

const second = { raw: (i: number) => i === 1 };
const third = { raw: (i: number) => i === 2 };

function lambdaOf(call: Call, i: number, count: number): Lambda {
  const node = call.node.args[i] as Expression | Lambda;
  if (node.kind !== "Lambda") call.fail();
  const lambda = node as Lambda;
  if (lambda.parameters.length !== count)
    throw call.error(
      "002140",
      "42601",
      `Lambda of ${call.name} expects ${count} argument(s), got ${lambda.parameters.length}`,
    );
  return lambda;
}

/** The body with the parameters standing for the given values; names of columns stay reachable. */
function body(call: Call, lambda: Lambda, values: readonly Bound[]): Bound {
  const { scope } = call.binder;
  const before = new Map(scope.lambdas);
  lambda.parameters.forEach((parameter, i) => {
    scope.lambdas.set(parameter.name.value, values[i] as Bound);
  });
  try {
    const value = call.binder.expression(lambda.body);
    if (SUBQUERY.test(value.sql)) throw unsupportedFeature(`subquery in the lambda of ${call.name}`);
    return value;
  } finally {
    scope.lambdas.clear();
    for (const [name, value] of before) scope.lambdas.set(name, value);
  }
}

/** An element (stored JSON named `sql`) as the parameter's written type, VARIANT without one; missing elements are NULL. */
function element(call: Call, lambda: Lambda, i: number, sql: string): Bound {
  const written = lambda.parameters[i]?.type;
  const present = `nullif(${sql}, ${UNDEFINED})`;
  if (!written) return bound(present, VARIANT, true);
  const type = resolveType(written, call.settings.timestampTypeMapping);
  return cast(bound(present, VARIANT, true), type, call.settings);
}

const elements = (array: string): string => `json_extract(${array}, '$[*]')`;

/** Each element on its own; `build` makes the list of results from the list of elements. */
function mapped(call: Call, build: (items: string, item: string, value: Bound) => string): Bound {
  const lambda = lambdaOf(call, 1, 1);
  if (isNullLiteral(call.arg(0))) return bound("NULL::JSON", ARRAY, true);
  const array = call.stored(0, "ARRAY");
  const item = call.binder.shared.fresh("e");
  const value = body(call, lambda, [element(call, lambda, 0, item)]);
  return call.result(`to_json(${build(elements(array), item, value)})`, ARRAY, call.arg(0).nullable);
}

const filter = scalar(
  2,
  2,
  (call) =>
    mapped(call, (items, item, value) => `list_filter(${items}, lambda ${item}: ${condition(call.binder, value).sql})`),
  second,
);

const transform = scalar(
  2,
  2,
  (call) =>
    mapped(
      call,
      (items, item, value) =>
        `list_transform(${items}, lambda ${item}: coalesce(${toVariant(value, call.settings)}, ${UNDEFINED}))`,
    ),
  second,
);

/** The accumulator has the type that its first value and the results of the lambda share. */
function accumulatorType(call: Call, lambda: Lambda, initial: Bound, item: Bound, accumulator: string): DataType {
  const written = lambda.parameters[0]?.type;
  if (written) return resolveType(written, call.settings.timestampTypeMapping);
  let type = initial.type;
  for (let round = 0; round < 3; round++) {
    const result = body(call, lambda, [bound(accumulator, type, true), item]);
    const next = wider(type, result.type);
    if (sameType(next, type)) return type;
    type = next;
  }
  return type;
}

function wider(a: DataType, b: DataType): DataType {
  if (b.kind === "NULL") return a;
  if (a.kind === "NULL") return b;
  if (a.kind === "NUMBER" && b.kind === "NUMBER")
    return { kind: "NUMBER", precision: 38, scale: Math.max(a.scale, b.scale) };
  if (a.kind === "VARCHAR" && b.kind === "VARCHAR")
    return { kind: "VARCHAR", length: Math.max(a.length, b.length, 16_777_216) };
  if (a.kind === "NUMBER" && b.kind === "FLOAT") return b;
  if (a.kind === b.kind || (a.kind === "FLOAT" && b.kind === "NUMBER")) return a;
  if (b.kind === "VARIANT" || a.kind === "VARIANT") return VARIANT;
  throw unsupportedFeature(`REDUCE from ${a.kind} to ${b.kind}`);
}

/** Source: …/functions/reduce */
function reduce(call: Call): Bound {
  const lambda = lambdaOf(call, 2, 2);
  const initial = call.arg(1);
  const [accumulator, item] = [call.binder.shared.fresh("s"), call.binder.shared.fresh("e")];
  const value = element(call, lambda, 1, item);
  const type = accumulatorType(call, lambda, initial, value, accumulator);
  if (isNullLiteral(call.arg(0)) || isNullLiteral(initial)) return bound(`NULL::${physicalType(type)}`, type, true);
  // The engine folds lists of one type: the accumulator travels as VARIANT in front of the elements.
  const stored = fromStored(call, accumulator, type);
  const result = body(call, lambda, [bound(stored, type, true), value]);
  const packed = toVariant(cast(result, type, call.settings), call.settings);
  const start = toVariant(cast(initial, type, call.settings), call.settings);
  const items = `list_concat([${start}], ${elements(call.stored(0, "ARRAY"))})`;
  const folded = `list_reduce(${items}, lambda ${accumulator}, ${item}: ${packed})`;
  const sql = `CASE WHEN ${call.stored(0, "ARRAY")} IS NOT NULL THEN ${fromStored(call, folded, type)} END`;
  return bound(sql, type, true);
}

const fromStored = (call: Call, sql: string, type: DataType): string =>
  type.kind === "VARIANT"
    ? sql
    : type.kind === "ARRAY" || type.kind === "OBJECT"
      ? sql
      : type.kind === "VARCHAR"
        ? cast(bound(sql, VARIANT, true), type, call.settings).sql
        : fromVariant(sql, type, false, call.settings);

/** Source: https://docs.snowflake.com/en/user-guide/querying-semistructured (higher-order functions) */
export const lambdaFunctions: FunctionTable = {
  FILTER: filter,
  TRANSFORM: transform,
  REDUCE: scalar(3, 3, reduce, third),
};
