import { unsupportedFeature } from "../errors";
import { type Bound, constantNumber } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { loses } from "../translate/conversion/numbers";
import { combine } from "../translate/expressions/arithmetic";
import { comparable } from "../translate/expressions/comparison";
import { once } from "../translate/sql";
import { type DataType, FLOAT, number, physicalType, sqlName } from "../types/dataType";
import { total } from "./aggregate";
import { type Call, COUNT_TYPE, type FunctionTable, windowed } from "./call";
import { measured } from "./statistics";

const WHOLE_PARTITION = "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING";
const UP_TO_HERE = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";

const ranking = (fn: string) =>
  windowed(0, 0, (call) => call.result(`(${fn}()${call.clauses.over})::DECIMAL(18,0)`, COUNT_TYPE, false));

const ignoreNulls = (call: Call): string => (call.node.nullTreatment === "IGNORE NULLS" ? " IGNORE NULLS" : "");

/** LAG and LEAD with a constant or computed distance, and a default that fits the value's own type. */
function shifted(call: Call, fn: "lag" | "lead") {
  const value = call.arg(0);
  const other = call.has(2) ? call.arg(2).type : value.type;
  if (loses(other, value.type))
    throw unsupportedFeature(
      `${call.name} of ${sqlName(value.type)} with a default of ${sqlName(other)} (cast one of them)`,
    );
  const distance = call.has(1) ? `, ${call.int(1)}` : "";
  const fallback = call.has(2) ? `, ${call.to(2, value.type).sql}` : "";
  return call.result(
    `${fn}(${value.sql}${distance}${fallback}${ignoreNulls(call)})${call.clauses.over}`,
    value.type,
    true,
  );
}

const positioned = (fn: string) =>
  windowed(
    1,
    1,
    (call) => {
      const value = call.arg(0);
      return call.result(`${fn}(${value.sql}${ignoreNulls(call)})${call.clauses.over}`, value.type, true);
    },
    { frame: WHOLE_PARTITION },
  );

/** The value, or where there is none that of the nearest row on one side which has one. Source: …/functions/interpolate_bfill */
const filled = (fn: "first_value" | "last_value", frame: string) =>
  windowed(
    1,
    1,
    (call) => call.result(`${fn}(${call.arg(0).sql} IGNORE NULLS)${call.clauses.over}`, call.arg(0).type, true),
    { frame },
  );

/** NTH_VALUE, counted from either end of the frame. Source: …/functions/nth_value */
function nthValue(call: Call): Bound {
  const value = call.arg(0);
  const n = constantNumber(call.arg(1));
  if (n === undefined) throw unsupportedFeature("NTH_VALUE with a place that is no constant");
  if (!Number.isInteger(n) || n < 1 || n > 1000)
    throw call.error("002303", "42601", `NTH_VALUE expects a place from 1 to 1000, got ${n}`);
  if (call.node.fromFirstLast !== "LAST")
    return call.result(`nth_value(${value.sql}, ${n}${ignoreNulls(call)})${call.clauses.over}`, value.type, true);
  const rows = `list(${value.sql})${call.clauses.over}`;
  const list = ignoreNulls(call) ? `list_filter(${rows}, lambda x: x IS NOT NULL)` : rows;
  return call.result(`(${list})[-${n}]`, value.type, true);
}

/** A value's share of its partition's sum; NULL when that is zero. Source: …/functions/ratio_to_report */
function ratio(call: Call): Bound {
  const value = measured(call);
  const { scale } = value.type as DataType & { kind: "NUMBER" };
  const type = value.type.kind === "FLOAT" ? FLOAT : number(38, scale);
  const whole = { sql: `nullif((${total(call).sql})::${physicalType(type)}, 0)`, type, nullable: true };
  return { ...combine(call.binder, "/", { ...value, literal: undefined }, whole), nullable: true };
}

/** How often the condition was true up to this row. Source: …/functions/conditional_true_event */
const trueEvents = (call: Call): Bound =>
  call.result(`coalesce(count_if(${call.bool(0)})${call.clauses.over}, 0)::DECIMAL(18,0)`, COUNT_TYPE, false);

/** How often the value differed from that of the row before; NULL is no other value. Source: …/functions/conditional_change_event */
function changeEvents(call: Call): Bound {
  if (call.node.over?.frame) throw unsupportedFeature(`${call.name} with a window frame`);
  const value = call.arg(0);
  const key = comparable(value.sql, value.type);
  const { over } = call.clauses;
  // The engine takes no lambda within a window within another lambda.
  const refusal = value.sql.includes("lambda ")
    ? unsupportedFeature(`${call.name} of a value that is converted in the call`)
    : undefined;
  const list = once(
    `list(${key})${over}`,
    (l) => `len(list_filter(range(2, len(${l}) + 1), lambda i: ${l}[i] <> ${l}[i - 1]))`,
  );
  const whole = `(${list})::DECIMAL(18,0)`;
  const { scope, shared } = call.binder;
  if (refusal && shared.capture) throw refusal;
  const [differs, place] = [shared.fresh("w"), shared.fresh("w")];
  const columns = { [differs]: `${key} <> lag(${key})${over}`, [place]: `row_number()${over}` };
  // Rows that the order leaves equal must stand in the second step as they stood in the first.
  const sorted = over.replace(` ${UP_TO_HERE}`, `, ${place} ${UP_TO_HERE}`);
  scope.preparedWindows.push({
    whole,
    columns,
    refusal,
    rest: `coalesce(count_if(${differs})${sorted}, 0)::DECIMAL(18,0)`,
  });
  return call.result(whole, COUNT_TYPE, false);
}

/** Source: https://docs.snowflake.com/en/sql-reference/functions-window */
export const windowFunctions: FunctionTable = {
  ROW_NUMBER: ranking("row_number"),
  RANK: ranking("rank"),
  DENSE_RANK: ranking("dense_rank"),
  PERCENT_RANK: windowed(0, 0, (call) => call.result(`percent_rank()${call.clauses.over}`, FLOAT, false)),
  CUME_DIST: windowed(0, 0, (call) => call.result(`cume_dist()${call.clauses.over}`, FLOAT, false)),
  NTILE: windowed(1, 1, (call) => {
    const known = constantNumber(call.arg(0));
    if (known !== undefined && Math.round(known) < 1)
      throw call.error("002303", "42601", "NTILE argument must be at least 1");
    const buckets = cast(call.numeric(0), number(18, 0), call.settings).sql;
    return call.result(`(ntile((${buckets})::BIGINT)${call.clauses.over})::DECIMAL(18,0)`, COUNT_TYPE, false);
  }),
  LAG: windowed(1, 3, (call) => shifted(call, "lag")),
  LEAD: windowed(1, 3, (call) => shifted(call, "lead")),
  FIRST_VALUE: positioned("first_value"),
  LAST_VALUE: positioned("last_value"),
  INTERPOLATE_BFILL: filled("first_value", "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING"),
  INTERPOLATE_FFILL: filled("last_value", UP_TO_HERE),
  NTH_VALUE: windowed(2, 2, nthValue, { frame: WHOLE_PARTITION }),
  RATIO_TO_REPORT: windowed(1, 1, ratio, { frame: WHOLE_PARTITION, unordered: true }),
  CONDITIONAL_TRUE_EVENT: windowed(1, 1, trueEvents, { frame: UP_TO_HERE }),
  CONDITIONAL_CHANGE_EVENT: windowed(1, 1, changeEvents, { frame: UP_TO_HERE }),
};
