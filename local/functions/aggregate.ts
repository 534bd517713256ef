import type { FunctionCall } from "../../dialect/index";
import { invalidArgumentTypes, unsupportedArgumentType, unsupportedFeature } from "../errors";
import { type Bound, bound, constantNumber } from "../translate/bound";
import { collationOf } from "../translate/collation";
import { asText, cast } from "../translate/conversion/cast";
import { fitted } from "../translate/conversion/interval";
import { divide } from "../translate/expressions/arithmetic";
import { comparable, hasKey, sortable } from "../translate/expressions/comparison";
import { planText } from "../translate/planText";
import { once, raise, UNDEFINED } from "../translate/sql";
import {
  ARRAY,
  BOOLEAN,
  type DataType,
  DECFLOAT,
  FLOAT,
  MAX_PRECISION,
  number,
  physicalType,
  sqlName,
  VARIANT,
  varchar,
} from "../types/dataType";
import { INTERVAL_DIGITS } from "../types/interval";
import { aggregate, type Call, COUNT_TYPE, type FunctionTable } from "./call";
import { measured, noDistinct } from "./statistics";

type NumberType = DataType & { kind: "NUMBER" };

/** The SQL values are ordered and counted by. */
const ordered = (value: Bound): string => comparable(value.sql, value.type);

function extreme(call: Call, fn: "min" | "max"): Bound {
  const value = call.arg(0);
  if (value.type.kind === "OBJECT" || value.type.kind === "ARRAY")
    throw unsupportedArgumentType(call.name, sqlName(value.type));
  if (value.type.kind === "VARIANT" || value.type.kind === "VECTOR")
    return call.result(
      call.aggregate(`arg_${fn}`, `${value.sql}, ${sortable(value.sql, value.type)}`, {
        orderBy: "",
        distinct: false,
      }),
      value.type,
      true,
    );
  if (!hasKey(value.type)) return call.result(call.aggregate(fn, value.sql, { orderBy: "" }), value.type, true);
  return call.result(
    call.aggregate(`arg_${fn}`, `${value.sql}, ${ordered(value)}`, { orderBy: "", distinct: false }),
    value.type,
    true,
  );
}

/** The values of the first rows in the order of the second argument, as an ARRAY; NULL when there is none. */
function severalBy(call: Call, fn: "arg_min" | "arg_max"): Bound {
  noDistinct(call);
  const count = constantNumber(call.arg(2));
  if (count === undefined || count < 1 || count > 1000)
    throw call.error(
      "001015",
      "22023",
      `Invalid number of values for ${call.name}; expected a constant from 1 to 1000`,
    );
  const key = ordered(call.arg(1));
  const list = call.aggregate("list", `coalesce(${call.variant(0)}, ${UNDEFINED})`, {
    filter: `${key} IS NOT NULL`,
    orderBy: `${key} ${fn === "arg_min" ? "ASC" : "DESC"}`,
  });
  return call.result(`to_json((${list})[1:${count}])`, ARRAY, true);
}

/** MIN_BY and MAX_BY; rows whose ordering value is NULL do not count. Source: …/functions/min_by */
function extremeBy(call: Call, fn: "arg_min" | "arg_max"): Bound {
  if (call.count > 2) return severalBy(call, fn);
  // The _null variants keep a NULL result when it belongs to the chosen row.
  return call.result(
    call.aggregate(`${fn}_null`, `${call.arg(0).sql}, ${ordered(call.arg(1))}`),
    call.arg(0).type,
    true,
  );
}

/** From which power of ten on values count for {@link wraps}. Of smaller ones, more than a thousand billion rows would be needed. */
const LARGE = 25;

/** `10^power` as a constant of the type. */
const powerOfTen = (power: number, type: NumberType): string =>
  `${power < 0 ? `0.${"0".repeat(-power - 1)}1` : `1${"0".repeat(power)}`}::DECIMAL(38,${type.scale})`;

/**
 * Whether the engine's sum is that of another number: it adds up the parts that its threads have summed without looking for an
 * overflow, and what is too large by 2^128 looks like a sum. As doubles, large values tell these apart.
 */
function wraps(call: Call, { sql, type }: { sql: string; type: NumberType }): string {
  const isLarge = (value: string) => `abs(${value}) > ${powerOfTen(LARGE - type.scale, type)}`;
  const sum = call.clauses.distinct
    ? `list_sum(list_transform(${call.aggregate(
        "list",
        once(sql, (x) => `CASE WHEN ${isLarge(x)} THEN ${x} END`),
      )}, lambda item: item::DOUBLE))`
    : call.aggregate(
        "sum",
        once(sql, (x) => `CASE WHEN ${isLarge(x)} THEN ${x}::DOUBLE END`),
      );
  return `coalesce(abs(${sum}) > 1.7e${38 - type.scale}, FALSE)`;
}

/** The engine's sum of numbers, or Snowflake's error where it needs more than 38 digits. */
function sumOf(call: Call, value: { sql: string; type: NumberType }): string {
  const sum = call.aggregate("sum", value.sql);
  const { precision, scale } = value.type;
  if (precision + 12 < MAX_PRECISION) return sum;
  // The engine's own limit is a little higher.
  const limit = `${"9".repeat(38 - scale)}${scale > 0 ? `.${"9".repeat(scale)}` : ""}::DECIMAL(38,${scale})`;
  const type = physicalType(number(MAX_PRECISION, scale));
  const tooLarge = raise("100058", "22000", "Value overflow in a SUM aggregate", "''", "", type);
  // What is kept of a group between refreshes is its sum alone.
  const isOther = call.binder.shared.capture ? "" : ` OR ${wraps(call, value)}`;
  return once(sum, (x) => `CASE WHEN abs(${x}) > ${limit}${isOther} THEN ${tooLarge} ELSE ${x} END`);
}

/** SUM or AVG of exact values, rounded once; no row gives NULL. Source: …/sql-reference/data-types-numeric */
function ofDecfloats(call: Call, fn: "sum" | "average"): Bound {
  const { sql } = call.arg(0);
  const list = call.aggregate("list", sql, { filter: `${sql} IS NOT NULL` });
  return call.result(`sf_decfloat_${fn}(${list})`, DECFLOAT, true);
}

/** Twelve more digits than the values, up to 38; a sum that needs more is an error. Source: …/functions/sum */
export function total(call: Call): Bound {
  const { type: given, sql: values } = call.arg(0);
  if (given.kind === "DECFLOAT") return ofDecfloats(call, "sum");
  if (given.kind === "INTERVAL") {
    const result = { ...given, precision: INTERVAL_DIGITS };
    return call.result(fitted(call.aggregate("sum", values), result), result, true);
  }
  const { sql, type } = measured(call);
  if (type.kind !== "NUMBER") return call.result(call.aggregate("sum", sql), FLOAT, true);
  const result = number(Math.min(type.precision + 12, MAX_PRECISION), type.scale);
  return call.result(`(${sumOf(call, { sql, type })})::${physicalType(result)}`, result, true);
}

/**
 * Six more decimal places than the values; three over a window, cut there, as in the page's examples, unless its frame is that
 * of a bare ORDER BY. Source: …/functions/avg
 */
function average(call: Call): Bound {
  if (call.arg(0).type.kind === "DECFLOAT") return ofDecfloats(call, "average");
  const value = measured(call, 0, () => {
    // Alone it is a sum by a count, and the sum is what complains.
    if (call.clauses.distinct || call.node.over) return call.fail();
    throw invalidArgumentTypes("SUM", `(${sqlName(call.arg(0).type)})`, call.position());
  });
  if (value.type.kind === "FLOAT") return call.result(call.aggregate("avg", value.sql), FLOAT, true);
  const { precision, scale } = value.type as NumberType;
  const window = call.node.over;
  const isCut = call.clauses.over !== "" && !(window?.orderBy?.length && window.frame === undefined);
  const more = isCut ? 3 : 6;
  const wide = Math.max(scale, Math.min(scale + more, 12));
  const type: NumberType = { kind: "NUMBER", precision: Math.min(precision + 12 - scale + wide, 38), scale: wide };
  // No row gives NULL: the count is NULL then, not zero.
  const count = `nullif(${call.aggregate("count", value.sql)}, 0)::DECIMAL(18,0)`;
  const total: NumberType = { kind: "NUMBER", precision: 38, scale };
  const counted: NumberType = { kind: "NUMBER", precision: 18, scale: 0 };
  const sum = sumOf(call, { sql: value.sql, type: value.type as NumberType });
  return call.result(divide(sum, total, count, counted, type, isCut ? "cut" : "round"), type, true);
}

/** JSON null does not count. Source: …/functions/count, its example with a VARIANT */
const counted = (value: Bound): string =>
  value.type.kind === "VARIANT" ? `nullif(${value.sql}, 'null'::JSON)` : ordered(value);

/** COUNT(*) */
const isOfRows = ({ args: [star], distinct }: FunctionCall): boolean =>
  star?.kind === "Star" && !star.qualifier && !star.ilike && !star.exclude && !distinct;

/**
 * The different values, in the order of WITHIN GROUP, as a list of the engine. Values are different where they compare so: texts by
 * their collation, moments by the instant. Source: …/functions/listagg, …/functions/array_agg
 */
function different(call: Call): string {
  const value = call.arg(0);
  const key = sortable(value.sql, value.type);
  const items = call.node.withinGroup ?? [];
  items.forEach((item) => {
    if (sortable(call.binder.expression(item.expression).sql, value.type) === key) return;
    const written = planText(call.binder, item.expression);
    throw call.error("002212", "42601", `[${written}] is not a valid order by expression`);
  });
  const direction = items[0]?.direction ?? "ASC";
  const filter = `${value.sql} IS NOT NULL`;
  if (key === value.sql) {
    const orderBy = items.length > 0 ? `${value.sql} ${direction}` : "";
    return call.aggregate("list", value.sql, { filter, orderBy });
  }
  const pairs = call.aggregate("list", `struct_pack(k := ${key}, v := ${value.sql})`, { filter, orderBy: "" });
  const sorted = `list_sort(${pairs}, '${direction}')`;
  return once(
    sorted,
    (l) => `list_transform(list_filter(${l}, lambda p, i: i = 1 OR p.k <> ${l}[i - 1].k), lambda p: p.v)`,
  );
}

/** Source: …/functions/listagg */
function listed(call: Call): Bound {
  const separator = call.has(1) ? call.text(1) : "''";
  if (call.has(1) && !call.arg(1).literal) throw unsupportedFeature("LISTAGG with a delimiter that is no constant");
  const value = call.arg(0);
  const joined = call.text(0);
  const text = call.clauses.distinct
    ? `array_to_string(list_transform(${different(call)}, lambda item: ${asText(bound("item", value.type, false), call.settings)}), ${separator})`
    : call.aggregate("string_agg", `${joined}, ${separator}`);
  return call.result(`coalesce(${text}, '')`, varchar(undefined, collationOf(value.type)), false);
}

/** The values in the order of WITHIN GROUP, without NULL. Source: …/functions/array_agg */
function collected(call: Call): Bound {
  const argument = call.arg(0);
  const item = cast(bound("item", argument.type, false), VARIANT, call.settings).sql;
  const list = call.clauses.distinct
    ? `list_transform(${different(call)}, lambda item: ${item})`
    : call.aggregate("list", call.variant(0), { filter: `${argument.sql} IS NOT NULL` });
  return call.result(`coalesce(to_json(${list}), '[]'::JSON)`, ARRAY, false);
}

/** Rows, or rows in which no argument is NULL. Source: …/functions/count */
function count(call: Call): Bound {
  if (isOfRows(call.node)) return call.result(call.aggregate("count", "*", { distinct: false }), COUNT_TYPE, false);
  const values = call.args.map(counted);
  if (values.length === 1) return call.result(call.aggregate("count", values[0] as string), COUNT_TYPE, false);
  const complete = values.map((value) => `${value} IS NOT NULL`).join(" AND ");
  return call.result(
    call.aggregate(
      "count",
      `CASE WHEN ${complete} THEN struct_pack(${values.map((value, i) => `k${i} := ${value}`).join(", ")}) END`,
    ),
    COUNT_TYPE,
    false,
  );
}

const ofTruths = (fn: "bool_and" | "bool_or") =>
  aggregate(1, 1, (call) => {
    noDistinct(call);
    return call.result(call.aggregate(fn, call.truth(0)), BOOLEAN, true);
  });

export const aggregateFunctions: FunctionTable = {
  COUNT: aggregate(1, Number.POSITIVE_INFINITY, count, { readsStars: isOfRows }),
  COUNT_IF: aggregate(1, 1, (call) => {
    noDistinct(call);
    const { type } = call.arg(0);
    // It counts by way of IFF, which takes nothing else for a condition and says so.
    if (type.kind !== "BOOLEAN" && type.kind !== "NULL")
      throw invalidArgumentTypes("IFF", `(${sqlName(type)}, NUMBER(1,0), NUMBER(1,0))`, call.position());
    // … and sums what that gives, one digit.
    const sum = number(13, 0);
    return call.result(`coalesce(${call.aggregate("count_if", call.bool(0))}, 0)::${physicalType(sum)}`, sum, false);
  }),
  AVG: aggregate(1, 1, average),
  SUM: aggregate(1, 1, total),
  MIN: aggregate(1, 1, (call) => extreme(call, "min")),
  MAX: aggregate(1, 1, (call) => extreme(call, "max")),
  MIN_BY: aggregate(2, 3, (call) => extremeBy(call, "arg_min")),
  MAX_BY: aggregate(2, 3, (call) => extremeBy(call, "arg_max")),
  ANY_VALUE: aggregate(1, 1, (call) =>
    call.result(call.aggregate("any_value", call.arg(0).sql), call.arg(0).type, true),
  ),
  BOOLAND_AGG: ofTruths("bool_and"),
  BOOLOR_AGG: ofTruths("bool_or"),
  LISTAGG: aggregate(1, 2, listed, { withinGroup: true }),
  ARRAY_AGG: aggregate(1, 1, collected, { withinGroup: true }),
  ARRAYAGG: aggregate(1, 1, collected, { withinGroup: true }),
};
