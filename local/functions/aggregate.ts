import type { Star } from "../../dialect/index";
import { unsupportedFeature } from "../errors";
import { type Bound, bound, constantNumber } from "../translate/bound";
import { collationOf } from "../translate/collation";
import { asText, cast } from "../translate/conversion/cast";
import { asNumeric, divide } from "../translate/expressions/arithmetic";
import { comparable, hasKey } from "../translate/expressions/comparison";
import { expandStar } from "../translate/query/star";
import { UNDEFINED } from "../translate/sql";
import { ARRAY, BOOLEAN, type DataType, FLOAT, number, VARIANT, varchar } from "../types/dataType";
import { aggregate, type Call, COUNT_TYPE, type FunctionTable } from "./call";
import { measured } from "./statistics";

type NumberType = DataType & { kind: "NUMBER" };

/** The SQL values are ordered and counted by. */
const ordered = (value: Bound): string => comparable(value.sql, value.type);

function extreme(call: Call, fn: "min" | "max"): Bound {
  const value = call.arg(0);
  if (["VARIANT", "OBJECT", "ARRAY"].includes(value.type.kind)) call.fail();
  if (!hasKey(value.type)) return call.result(call.aggregate(fn, value.sql, { orderBy: "" }), value.type, true);
  return call.result(
    call.aggregate(`arg_${fn}`, `${value.sql}, ${ordered(value)}`, { orderBy: "", distinct: false }),
    value.type,
    true,
  );
}

/** The values of the first rows in the order of the second argument, as an ARRAY; NULL when there is none. */
function severalBy(call: Call, fn: "arg_min" | "arg_max"): Bound {
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

/** The result of interpolation between NUMBERs has three more decimal places. Source: …/functions/percentile_cont, its example */
function interpolated(call: Call, value: Bound, share: string): Bound {
  const options = { orderBy: "", distinct: false };
  if (value.type.kind === "FLOAT")
    return call.result(call.aggregate("quantile_cont", `${value.sql}, ${share}`, options), FLOAT, true);
  const { precision, scale } = value.type as DataType & { kind: "NUMBER" };
  const wide = Math.min(scale + 3, 37);
  const sql = call.aggregate("quantile_cont", `(${value.sql})::DECIMAL(38,${wide}), ${share}`, options);
  return call.result(`(${sql})::DECIMAL(38,${wide})`, number(Math.min(precision + 3, 38), wide), true);
}

/** PERCENTILE_CONT and PERCENTILE_DISC: the values are those of the only item in WITHIN GROUP. */
function percentile(call: Call, fn: "quantile_cont" | "quantile_disc"): Bound {
  const [item, more] = call.node.withinGroup ?? [];
  if (!item || more)
    throw call.error("002076", "42601", `Function ${call.name} requires WITHIN GROUP (ORDER BY <one expression>)`);
  const share = constantNumber(call.arg(0)) ?? Number(call.arg(0).literal?.text);
  if (!(share >= 0 && share <= 1))
    throw call.error("001015", "22023", `Invalid percentile for ${call.name}; expected a constant between 0.0 and 1.0`);
  const descending = item.direction === "DESC";
  const value = call.binder.expression(item.expression);
  if (fn === "quantile_cont") {
    const numeric = asNumeric(call.binder, value, () => call.fail());
    return interpolated(call, numeric, String(descending ? 1 - share : share));
  }
  // The engine counts a negative share from the other end; the very first from there is the last from here.
  const discrete = descending ? (share === 0 ? 1 : -share) : share;
  if (value.type.kind === "TIMESTAMP_TZ") throw unsupportedFeature("PERCENTILE_DISC of TIMESTAMP_TZ");
  return call.result(
    call.aggregate(fn, `${value.sql}, ${discrete}`, { orderBy: "", distinct: false }),
    value.type,
    true,
  );
}

/** Six more decimal places than the values, three over a window, as in the page's examples. Source: …/functions/avg */
function average(call: Call): Bound {
  const value = measured(call);
  if (value.type.kind === "FLOAT") return call.result(call.aggregate("avg", value.sql), FLOAT, true);
  const { scale } = value.type as NumberType;
  const more = call.clauses.over ? 3 : 6;
  const type: NumberType = { kind: "NUMBER", precision: 38, scale: Math.max(scale, Math.min(scale + more, 12)) };
  // No row gives NULL: the count is NULL then, not zero.
  const count = `nullif(${call.aggregate("count", value.sql)}, 0)::DECIMAL(18,0)`;
  const total: NumberType = { kind: "NUMBER", precision: 38, scale };
  const counted: NumberType = { kind: "NUMBER", precision: 18, scale: 0 };
  return call.result(divide(call.aggregate("sum", value.sql), total, count, counted, type), type, true);
}

/** COUNT(t.*): rows in which no column is NULL. Source: …/functions/count */
function countRows(call: Call, star: Star): Bound {
  if (!star.qualifier && !star.ilike && !star.exclude)
    return call.result(call.aggregate("count", "*", { distinct: false }), COUNT_TYPE, false);
  const values = expandStar(call.binder, star).map(({ value }) => ordered(value));
  const complete = values.map((value) => `${value} IS NOT NULL`).join(" AND ");
  return call.result(call.aggregate("count", `CASE WHEN ${complete} THEN 1 END`), COUNT_TYPE, false);
}

/** LISTAGG; with DISTINCT the values are put in order before they become texts. Source: …/functions/listagg */
function listed(call: Call): Bound {
  const separator = call.has(1) ? call.text(1) : "''";
  if (call.has(1) && !call.arg(1).literal) throw unsupportedFeature("LISTAGG with a delimiter that is no constant");
  const value = call.arg(0);
  const type = varchar(undefined, collationOf(value.type));
  if (!call.clauses.distinct || !call.clauses.orderBy) {
    const text = call.aggregate("string_agg", `${call.text(0)}, ${separator}`);
    return call.result(`coalesce(${text}, '')`, type, false);
  }
  if (!call.clauses.orderBy.startsWith(`${ordered(value)} `)) {
    const [item] = call.node.withinGroup ?? [];
    const written = item ? call.binder.source(item.expression.span).toUpperCase() : "";
    throw call.error("002212", "42601", `[${written}] is not a valid order by expression`);
  }
  const list = call.aggregate("list", value.sql, { filter: `${value.sql} IS NOT NULL` });
  const item = asText(bound("item", value.type, false), call.settings);
  const text = `array_to_string(list_transform(${list}, lambda item: ${item}), ${separator})`;
  return call.result(`coalesce(${text}, '')`, type, false);
}

export const aggregateFunctions: FunctionTable = {
  COUNT: aggregate(1, Number.POSITIVE_INFINITY, (call) => {
    const [star] = call.node.args;
    if (star?.kind === "Star") return countRows(call, star);
    const values = call.args.map(ordered);
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
  }),
  COUNT_IF: aggregate(1, 1, (call) =>
    call.result(`coalesce(${call.aggregate("count_if", call.bool(0))}, 0)::DECIMAL(18,0)`, COUNT_TYPE, false),
  ),
  AVG: aggregate(1, 1, average),
  SUM: aggregate(1, 1, (call) => {
    const value = measured(call);
    if (value.type.kind === "FLOAT") return call.result(call.aggregate("sum", value.sql), FLOAT, true);
    const scale = value.type.kind === "NUMBER" ? value.type.scale : 0;
    return call.result(`(${call.aggregate("sum", value.sql)})::DECIMAL(38,${scale})`, number(38, scale), true);
  }),
  MIN: aggregate(1, 1, (call) => extreme(call, "min")),
  MAX: aggregate(1, 1, (call) => extreme(call, "max")),
  MIN_BY: aggregate(2, 3, (call) => extremeBy(call, "arg_min")),
  MAX_BY: aggregate(2, 3, (call) => extremeBy(call, "arg_max")),
  ANY_VALUE: aggregate(1, 1, (call) =>
    call.result(call.aggregate("any_value", call.arg(0).sql), call.arg(0).type, true),
  ),
  BOOLAND_AGG: aggregate(1, 1, (call) => call.result(call.aggregate("bool_and", call.bool(0)), BOOLEAN, true)),
  BOOLOR_AGG: aggregate(1, 1, (call) => call.result(call.aggregate("bool_or", call.bool(0)), BOOLEAN, true)),
  PERCENTILE_CONT: aggregate(1, 1, (call) => percentile(call, "quantile_cont")),
  PERCENTILE_DISC: aggregate(1, 1, (call) => percentile(call, "quantile_disc")),
  MEDIAN: aggregate(1, 1, (call) => interpolated(call, call.numeric(0), "0.5")),
  LISTAGG: aggregate(1, 2, listed),
  ARRAY_AGG: aggregate(1, 1, (call) => {
    const argument = call.arg(0);
    const filter = `${argument.sql} IS NOT NULL`;
    // DISTINCT can be ordered by its own argument only, so that the values become VARIANT afterwards.
    const isSorted = call.clauses.distinct && call.clauses.orderBy;
    const item = cast(bound("item", argument.type, false), VARIANT, call.settings).sql;
    const listed = isSorted
      ? `list_transform(${call.aggregate("list", argument.sql, { filter })}, lambda item: ${item})`
      : call.aggregate("list", call.variant(0), { filter });
    return call.result(`coalesce(to_json(${listed}), '[]'::JSON)`, ARRAY, false);
  }),
};
