import type { Argument, Expression, FunctionCall, WindowSpecification } from "../../../dialect/index";
import {
  compilationError, groupingWithoutGroupBy, notAGroupByExpression, type SnowflakeError, unknownFunction, unknownUserFunction, unsupportedFeature, wrongArgumentCount,
} from "../../errors"; // biome-ignore format: one list
import { type AggregateClauses, Call, type FunctionEntry } from "../../functions/call";
import { functionEntry, isKnownFunction } from "../../functions/index";
import { printName } from "../../names/resolve";
import type { Binder } from "../binder";
import { type Bound, bound } from "../bound";
import { withInheritedCollation } from "../collation";
import { namingConversion } from "../conversion/cast";
import { callText, planText } from "../planText";
import { starReferences } from "../query/star";
import { userFunction } from "../userFunctions";
import { checkWindow } from "./windowRules";
import { orderItem, windowSql } from "./windows";

/** No functions where a value is wanted. */
const TABLE_FUNCTIONS = new Set(["FLATTEN", "GENERATOR", "SPLIT_TO_TABLE", "STRTOK_SPLIT_TO_TABLE"]);

/** Arguments given by name, in the order of the function's parameters. */
function placed(binder: Binder, node: FunctionCall, name: string, names: readonly string[]): FunctionCall {
  if (!node.args.some((arg) => arg.kind === "NamedArgument")) return node;
  const args: Argument[] = [];
  node.args.forEach((arg, i) => {
    const at = arg.kind === "NamedArgument" ? names.indexOf(arg.name.value) : i;
    if (arg.kind === "NamedArgument" && at < 0)
      throw compilationError("001020", "42601", `Unknown argument ${arg.name.value} of function ${name}`);
    args[at] = arg.kind === "NamedArgument" ? (arg.value as Argument) : arg;
  });
  const missing = names.find((_, i) => i < args.length && args[i] === undefined);
  if (missing) throw wrongArgumentCount(name, args.length, node.args.length, binder.position(node.span));
  return { ...node, args };
}

/** Stars among the arguments as the columns that they stand for. */
function spread(binder: Binder, node: FunctionCall): FunctionCall {
  if (!node.args.some((arg) => arg.kind === "Star")) return node;
  return { ...node, args: node.args.flatMap((arg) => (arg.kind === "Star" ? starReferences(binder, arg) : [arg])) };
}

/** Any call by name: built-in functions, aggregates, window functions, user-defined functions. */
export function functionCall(binder: Binder, given: FunctionCall): Bound {
  let node = given;
  const parts = node.name.parts;
  const name = (parts.at(-1) as (typeof parts)[number]).value;
  const qualified = parts.map((part) => part.value).join(".");
  const entry = parts.length === 1 || qualified.startsWith("SNOWFLAKE.ALERT.") ? functionEntry(qualified) : undefined;
  if (node.over && (!entry || entry.kind === "scalar"))
    throw compilationError(
      "002303",
      "42601",
      `Invalid function type [${printName(...parts.map(({ value }) => value))}] for window function.`,
    );
  if (!entry) {
    const own = userFunction(binder, node);
    if (own) return own;
    if (parts.length === 1 && isKnownFunction(name) && !TABLE_FUNCTIONS.has(name))
      throw unsupportedFeature(`function ${name} (not supported locally)`);
    throw parts.length > 1 ? unknownUserFunction(qualified) : unknownFunction(name);
  }
  if (!entry.names && !entry.options && node.args.some((arg) => arg.kind === "NamedArgument"))
    throw compilationError(
      "001020",
      "42601",
      `function ${name} does not support named arguments`,
      binder.position(node.span),
    );
  if (entry.names) node = placed(binder, node, name, entry.names);
  if (!entry.readsStars?.(node)) node = spread(binder, node);
  if (entry.volatile) binder.shared.deterministic = false;
  checkCount(binder, node, name, entry);
  if (entry.kind !== "scalar") return aggregateCall(binder, node, name, entry);
  if (!name.startsWith("TO_")) return scalarCall(binder, node, name, entry);
  return namingConversion(callText(binder, node, name), () => scalarCall(binder, node, name, entry));
}

function checkCount(binder: Binder, node: FunctionCall, name: string, entry: FunctionEntry): void {
  const [min, max] = entry.arity;
  const star = node.args.some((a) => a.kind === "Star");
  if (star) return;
  const got = node.args.length;
  if (got >= min && got <= max) return;
  throw wrongArgumentCount(callText(binder, node, name), got < min ? min : max, got, binder.position(node.span));
}

function translateArguments(binder: Binder, node: FunctionCall, entry: FunctionEntry): Bound[] {
  return node.args.map((arg, i) => (entry.raw?.(i) ? RAW : argument(binder, arg)));
}

/** Stands for an argument that the function reads from the tree itself. */
const RAW: Bound = bound("NULL", { kind: "NULL" });

function argument(binder: Binder, arg: Argument): Bound {
  switch (arg.kind) {
    case "Star":
      return RAW;
    case "NamedArgument":
    case "TableArgument":
    case "SpreadElement":
    case "StageReference":
    case "Lambda":
      throw unsupportedFeature(`argument ${binder.source(arg.span)}`);
    default:
      return binder.expression(arg as Expression);
  }
}

function invalidDistinct(binder: Binder, node: FunctionCall, name: string): SnowflakeError {
  const args = node.args.map((arg) => planText(binder, arg)).join(", ");
  return compilationError("002121", "42601", `invalid use of 'distinct' for function '${name}(DISTINCT ${args})'`);
}

/** The functions whose page has IGNORE NULLS within the parentheses as well. */
const TAKES_NULLS_INSIDE = new Set(["FIRST_VALUE", "LAST_VALUE"]);

function scalarCall(binder: Binder, node: FunctionCall, name: string, entry: FunctionEntry): Bound {
  if (node.withinGroup) throw noWithinGroup(name);
  if (node.distinct) throw invalidDistinct(binder, node, name);
  const args = translateArguments(binder, node, entry);
  return withInheritedCollation(name, args, entry.bind(new Call(binder, node, name, args)));
}

const nested = (binder: Binder, node: FunctionCall): SnowflakeError =>
  compilationError(
    "002034",
    "42601",
    `Aggregate functions cannot be nested: [${binder.source(node.span).toUpperCase()}]`,
  );

const noWithinGroup = (name: string): SnowflakeError =>
  compilationError("002303", "42601", `Function ${name} does not support WITHIN GROUP clause.`);

const TREATS_NULLS: ReadonlySet<string> = new Set(["FIRST_VALUE", "LAST_VALUE", "NTH_VALUE", "LAG", "LEAD"]);

function aggregateCall(binder: Binder, node: FunctionCall, name: string, entry: FunctionEntry): Bound {
  const { scope } = binder;
  if (node.withinGroup?.length && !entry.withinGroup) throw noWithinGroup(name);
  if (node.nullTreatment && !TREATS_NULLS.has(name)) throw unsupportedFeature(`${node.nullTreatment} in ${name}`);
  if (node.over) return windowCall(binder, node, name, entry);
  if (entry.kind === "window") {
    translateArguments(binder, node, entry);
    throw compilationError(
      "002303",
      "42601",
      `Missing window specification for function [${callText(binder, node, name)}].`,
    );
  }
  if (scope.insideAggregate) throw nested(binder, node);
  if (scope.clause && name.startsWith("GROUPING")) throw groupingWithoutGroupBy(name);
  if (scope.clause === "group by") throw notAGroupByExpression(callText(binder, node, name));
  if (scope.clause) {
    throw compilationError(
      "002035",
      "42601",
      `Invalid aggregate function in ${scope.clause} clause [${callText(binder, node, name)}]`,
    );
  }
  if (scope.refusals.aggregate) throw scope.refusals.aggregate();
  scope.usage.aggregates++;
  scope.insideAggregate = true;
  try {
    const args = translateArguments(binder, node, entry);
    const { capture } = binder.shared;
    const before = capture?.calls;
    const value = entry.bind(new Call(binder, node, name, args, aggregateClauses(binder, node)));
    if (capture && capture.calls === before) capture.refuse(name);
    return value;
  } finally {
    scope.insideAggregate = false;
  }
}

function aggregateClauses(binder: Binder, node: FunctionCall): AggregateClauses {
  const orderBy = (node.withinGroup ?? [])
    .map((item) => orderItem(item, binder.expression(item.expression)))
    .join(", ");
  return { distinct: node.distinct, filter: "", over: "", orderBy };
}

function windowCall(binder: Binder, node: FunctionCall, name: string, entry: FunctionEntry): Bound {
  const { scope } = binder;
  const over = node.over as NonNullable<FunctionCall["over"]>;
  const isOfEvent = scope.eventOver === overText(binder, over) && (name === "LAG" || name === "LEAD");
  checkPlace(binder, node, isOfEvent);
  if (entry.kind === "window" && !TAKES_NULLS_INSIDE.has(name)) {
    if (node.distinct) throw invalidDistinct(binder, node, name);
    if (node.nullTreatmentInside) throw nullsInside(binder, node);
  }
  checkWindow(binder, node, name, over);
  if (entry.kind === "window" && !entry.unordered && over.orderBy.length === 0) {
    throw compilationError(
      "002303",
      "42601",
      `Window function type [${name}] requires ORDER BY in window specification.`,
    );
  }
  const { eventOver, insideWindow } = scope;
  const { columnReads } = binder.shared;
  const before = columnReads.length;
  scope.usage.windows++;
  scope.insideWindow = true;
  scope.eventOver = name === "CONDITIONAL_TRUE_EVENT" ? overText(binder, over) : undefined;
  try {
    const args = translateArguments(binder, node, entry);
    const clauses = aggregateClauses(binder, node);
    const spec = windowSql(binder, over, over.orderBy.length > 0 || entry.frame ? (entry.frame ?? "") : "");
    if (columnReads.slice(before).some((read) => scope.isWithin(read.scope)))
      throw compilationError("002031", "42601", `Window function [${planText(binder, node)}] contains a correlation.`);
    const value = entry.bind(new Call(binder, node, name, args, { ...clauses, over: ` OVER (${spec})` }));
    return isOfEvent ? ofEvent(binder, name, value) : value;
  } finally {
    Object.assign(scope, { eventOver, insideWindow });
  }
}

function nullsInside(binder: Binder, node: FunctionCall): SnowflakeError {
  const [word] = (node.nullTreatment ?? "").split(" ") as [string];
  const behind = node.args.at(-1)?.span.end ?? node.span.start;
  const start = behind + binder.text.slice(behind).toUpperCase().indexOf(word);
  const { line, column } = binder.position({ start, end: start });
  const text = binder.text.slice(start, start + word.length);
  return compilationError("001003", "42000", `syntax error line ${line} at position ${column} unexpected '${text}'.`);
}

/** Refuses a window function where none may stand; `isOfEvent` says that it may stand in the one around it. */
function checkPlace(binder: Binder, node: FunctionCall, isOfEvent: boolean): void {
  const { scope } = binder;
  const refused = (why: string) =>
    compilationError("002303", "42601", `Window function [${binder.source(node.span).toUpperCase()}] ${why}.`);
  if (scope.refusals.window) throw scope.refusals.window();
  if (scope.clause && scope.clause !== "qualify")
    throw refused("appears outside of SELECT, QUALIFY, and ORDER BY clauses");
  if (scope.insideAggregate) throw nested(binder, node);
  if (scope.insideWindow && !isOfEvent) throw refused("may not be nested inside another window function");
}

const overText = (binder: Binder, over: WindowSpecification): string =>
  binder.source(over.span).toUpperCase().replace(/\s+/g, " ");

/** LAG and LEAD in the condition of an event, which is counted in a second step. Source: …/functions/conditional_true_event */
function ofEvent({ scope, shared }: Binder, name: string, value: Bound): Bound {
  const column = shared.fresh("w");
  const refusal = unsupportedFeature(`${name} in a window function of a query with groups`);
  if (shared.capture) throw refusal;
  scope.preparedWindows.push({ whole: value.sql, columns: { [column]: value.sql }, rest: column, refusal });
  return value;
}
