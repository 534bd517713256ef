import type { Expression, FrameBound, FunctionCall, WindowFrame, WindowSpecification } from "../../../dialect/index";
import { compilationError, unsupportedFeature } from "../../errors";
import type { Binder } from "../binder";
import { constantNumber } from "../bound";
import { compareIntervals } from "../intervals";
import { planText } from "../planText";

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Aggregates that see the whole partition or nothing: an order in OVER has a frame of its own. */
const OF_WHOLE_PARTITION = names(
  "MEDIAN MODE PERCENTILE_CONT PERCENTILE_DISC APPROX_PERCENTILE APPROX_TOP_K APPROX_COUNT_DISTINCT HLL HLL_ACCUMULATE HLL_COMBINE APPROX_PERCENTILE_ACCUMULATE APPROX_PERCENTILE_COMBINE APPROX_TOP_K_ACCUMULATE APPROX_TOP_K_COMBINE LISTAGG CORR COVAR_POP COVAR_SAMP REGR_AVGX REGR_AVGY REGR_COUNT REGR_INTERCEPT REGR_R2 REGR_SLOPE REGR_SXX REGR_SXY REGR_SYY KURTOSIS SKEW ANY_VALUE MIN_BY MAX_BY OBJECT_AGG ARRAY_UNIQUE_AGG ARRAY_UNION_AGG BITAND_AGG BIT_AND_AGG BITANDAGG BIT_ANDAGG BITOR_AGG BIT_OR_AGG BITORAGG BIT_ORAGG BITXOR_AGG BIT_XOR_AGG BITXORAGG BIT_XORAGG BOOLAND_AGG BOOLOR_AGG BOOLXOR_AGG BITMAP_CONSTRUCT_AGG BITMAP_OR_AGG BITMAP_AND_AGG",
);

/** Source: …/functions-window-syntax, RANGE BETWEEN limitations */
const TAKES_RANGE_OFFSETS = names(
  "COUNT SUM MIN MAX AVG STDDEV STDDEV_SAMP STDDEV_POP VARIANCE VARIANCE_SAMP VAR_SAMP VARIANCE_POP VAR_POP COUNT_IF FIRST_VALUE LAST_VALUE ARRAY_AGG ARRAYAGG",
);

/** Their pages have no frame, or say that there is none. */
const HAS_NO_FRAME = names("CUME_DIST NTILE LAG LEAD RATIO_TO_REPORT CONDITIONAL_TRUE_EVENT");

/** They bring a frame of their own and take no other. */
const HAS_OWN_FRAME = names("INTERPOLATE_BFILL INTERPOLATE_FFILL");

const isUnbounded = (bound: FrameBound | undefined): boolean => bound?.type.startsWith("UNBOUNDED") ?? false;

const coversPartition = ({ start, end }: WindowFrame): boolean => isUnbounded(start) && isUnbounded(end);

/** A frame both of whose ends move is a sliding one. Without a frame, an order has one from the first row to the current one. */
const kindOf = (frame: WindowFrame | undefined): string =>
  frame && !isUnbounded(frame.start) && !isUnbounded(frame.end) ? "Sliding" : "Cumulative";

/** COUNT takes DISTINCT of a single column in any frame; to MIN and MAX the word means nothing. */
const takesDistinct = ({ args }: FunctionCall, name: string): boolean =>
  name === "MIN" || name === "MAX" || (name === "COUNT" && args.length === 1);

/** COUNT takes an offset in RANGE of one column or of all rows. */
const takesRangeOffsets = ({ args: [first, ...more], distinct }: FunctionCall, name: string): boolean =>
  TAKES_RANGE_OFFSETS.has(name) && !distinct && more.length === 0 && !(first?.kind === "Star" && first.qualifier);

const ORDERED_BY_OFFSET = ["NUMBER", "FLOAT", "DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ", "NULL"];

/**
 * Refuses what OVER may not hold for this function.
 * Source: …/functions-window-syntax, the pages of the functions, and for the words what Snowflake answers to other tools' tests.
 */
export function checkWindow(binder: Binder, node: FunctionCall, name: string, over: WindowSpecification): void {
  const { frame } = over;
  const isOrdered = over.orderBy.length > 0;
  const refused = (message: string, at = overWord(binder, node, over), sqlState = "42601") =>
    compilationError("002303", sqlState, message, binder.position(at));
  if (frame && !isOrdered) throw refused("Window frame requires an ORDER BY clause.");
  if (frame) checkEnds(binder, frame);
  const unsupported = () =>
    refused(`${kindOf(frame)} window frame unsupported for function ${name}`, frame?.span, "0A000");
  if (frame && HAS_OWN_FRAME.has(name)) throw unsupported();
  if (frame?.unit === "ROWS" && coversPartition(frame)) return;
  if (OF_WHOLE_PARTITION.has(name) && isOrdered) {
    if (!frame || !coversPartition(frame)) throw unsupported();
    if (name !== "KURTOSIS" && name !== "SKEW")
      throw refused(
        `Aggregate window function with order by clause is not supported: [${planText(binder, node as Expression)}].`,
      );
  }
  if (frame) checkRank(name, frame, unsupported);
  if (node.distinct && !takesDistinct(node, name) && isOrdered)
    throw refused("distinct cannot be used with a window frame or an order.");
  if (node.withinGroup?.length && isOrdered)
    throw refused("WITHIN GROUP clause is not supported when the OVER clause contains an ORDER BY clause.");
  const [first, ...more] = over.orderBy;
  if (!first || frame?.unit !== "RANGE" || !(frame.start.offset || frame.end?.offset)) return;
  const { kind } = binder.expression(first.expression).type;
  if (!takesRangeOffsets(node, name) || more.length > 0 || !ORDERED_BY_OFFSET.includes(kind)) throw unsupported();
  const offsets = [frame.start, frame.end].flatMap((bound) => bound?.offset ?? []);
  const intervals = offsets.filter((offset) => offset.kind === "IntervalLiteral").length;
  if (intervals > 0 && (kind === "NUMBER" || kind === "FLOAT"))
    throw refused("numeric ORDER BY clause only allows numeric window frame boundaries", frame.span);
  if (intervals > 0 && intervals < offsets.length)
    throw refused("Mixing numeric and interval frames is not supported", frame.span);
  if (intervals === 0 && kind.startsWith("TIMESTAMP")) throw unsupported();
}

/** Where OVER stands. */
function overWord(binder: Binder, node: FunctionCall, over: WindowSpecification): { start: number; end: number } {
  const before = binder.text.slice(node.span.start, over.span.start);
  return { start: node.span.start + before.toUpperCase().lastIndexOf("OVER"), end: over.span.start };
}

/** Ranks in frames other than the partition. */
function checkRank(name: string, frame: WindowFrame, unsupported: () => Error): void {
  const fromFirstRow = frame.start.type === "UNBOUNDED PRECEDING" && frame.end?.type !== "PRECEDING";
  const hasOffset = frame.start.offset !== undefined || frame.end?.offset !== undefined;
  if (HAS_NO_FRAME.has(name) || (name === "ROW_NUMBER" && !fromFirstRow)) throw unsupported();
  if (name === "PERCENT_RANK" && (frame.unit === "ROWS" || hasOffset)) throw unsupported();
  // The rank within such a frame is documented nowhere.
  if (["RANK", "DENSE_RANK", "PERCENT_RANK"].includes(name) && !fromFirstRow)
    throw unsupportedFeature(`${name} in a window frame that begins after or ends before what it ranks`);
}

const PLACES: readonly FrameBound["type"][] = ["UNBOUNDED PRECEDING", "PRECEDING", "CURRENT ROW", "FOLLOWING", "UNBOUNDED FOLLOWING"]; // biome-ignore format: one list

/** Refuses a frame that ends before it begins, and offsets that are no distance. */
function checkEnds(binder: Binder, { unit, start, end, span }: WindowFrame): void {
  const last = end?.type ?? "CURRENT ROW";
  const invalid = () => compilationError("002303", "42601", "Invalid window frame.", binder.position(span));
  if (
    PLACES.indexOf(start.type) > PLACES.indexOf(last) ||
    start.type === "UNBOUNDED FOLLOWING" ||
    last === "UNBOUNDED PRECEDING"
  )
    throw invalid();
  for (const { offset } of [start, end].flatMap((bound) => bound ?? [])) {
    if (!offset) continue;
    if (offset.kind === "IntervalLiteral") {
      if (unit === "ROWS") throw invalid();
      continue;
    }
    const distance = constantNumber(binder.expression(offset));
    if (distance === undefined) throw unsupportedFeature("window frame whose bound is no constant");
    if (distance < 0 || (unit === "ROWS" && !Number.isInteger(distance))) throw invalid();
  }
  if (!start.offset || !end?.offset || start.type !== end.type) return;
  const order = compareOffsets(binder, start.offset, end.offset);
  if (start.type === "PRECEDING" ? order < 0 : order > 0) throw invalid();
}

/** Below zero where the first is the shorter distance; of a number and an interval nothing is said here. */
function compareOffsets(binder: Binder, one: Expression, other: Expression): number {
  if (one.kind === "IntervalLiteral" && other.kind === "IntervalLiteral") return compareIntervals(one, other);
  if (one.kind === "IntervalLiteral" || other.kind === "IntervalLiteral") return 0;
  return (constantNumber(binder.expression(one)) ?? 0) - (constantNumber(binder.expression(other)) ?? 0);
}
