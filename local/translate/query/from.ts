import {
  BREAK, type Expression, type Join, type Node, type OrderBy, type Select, type SelectItem, type TableFunction,
  type TableReference, visit,
} from "../../../dialect/index"; // biome-ignore format: one list
import { compilationError, unsupportedFeature } from "../../errors";
import type { Binder } from "../binder";
import { asofJoin } from "./asofJoin";
import { foldLateral, isLateralFunction } from "./flatten";
import { foldJavascript, javascriptTable } from "./javascriptTable";
import { bindJoin } from "./joins";
import { refuseSameNames } from "./sourceNames";
import { bindTable } from "./tables";

/** What FROM needs to know of the query: whether a column is used that costs extra. */
export interface FromContext {
  binder: Binder;
  /** SEQ of FLATTEN may be asked for. */
  wantsSequence: boolean;
  /** Whether the query may ask for a column of that name; also true where that cannot be told. */
  mentions: (column: string) => boolean;
  /** The select list, whose aliases may stand in ON. */
  items: readonly SelectItem[];
}

/** FROM; fills the scope's relations. Empty without FROM. `first`: SQL of relations that are in the scope already. */
export function bindFrom(
  binder: Binder,
  from: readonly TableReference[],
  select?: Select,
  first = "",
  orderBy?: OrderBy,
): string {
  const mentions = select ? mentionsIn(binder, select, orderBy) : () => true;
  const context: FromContext = { binder, wantsSequence: mentions("seq"), mentions, items: select?.items ?? [] };
  binder.scope.clause = "from";
  const taken = binder.scope.relations.flatMap(({ name }) => name ?? []);
  let sql = first;
  for (const reference of from) sql = append(context, sql, reference, 0);
  refuseSameNames(binder, taken, from);
  binder.scope.clause = undefined;
  return sql;
}

/** Joins one more item of a comma list to what stands before it. */
function append(context: FromContext, left: string, reference: TableReference, start: number): string {
  const folded = foldFunction(context, left, start, reference);
  if (folded) return folded;
  if (left && reference.kind === "Join") refuseLateralOnTheLeft(reference);
  const right = bindReference(context, reference);
  if (!left) return right;
  return `${left} CROSS JOIN ${isLateral(reference) ? "LATERAL " : ""}${reference.kind === "Join" ? `(${right})` : right}`;
}

const isLateral = (reference: TableReference): boolean => reference.kind === "SubqueryTable" && reference.lateral;

/** Any table reference as SQL; its relations are added to the scope. */
export function bindReference(context: FromContext, reference: TableReference): string {
  switch (reference.kind) {
    case "Join":
      return bindSide(context, reference);
    case "ParenthesizedTable": {
      if (reference.sample) throw unsupportedFeature("SAMPLE of a parenthesized join");
      const inner = bindReference(context, reference.table);
      return reference.table.kind === "Join" ? `(${inner})` : inner;
    }
    case "TableFunction": {
      const folded = foldFunction(context, "", context.binder.scope.relations.length, reference);
      return folded ?? bindTable(context, reference);
    }
    default:
      return bindTable(context, reference);
  }
}

/** A table function that may read what stands before it, as one with that; undefined for any other reference. */
function foldFunction(
  context: FromContext,
  left: string,
  start: number,
  reference: TableReference,
  outer = false,
): string | undefined {
  if (reference.kind !== "TableFunction") return undefined;
  if (isLateralFunction(reference)) return foldLateral(context, left, start, reference, outer);
  const handler = outer ? undefined : javascriptTable(context, reference);
  return handler && foldJavascript(context, left, start, reference, handler);
}

function bindSide(context: FromContext, join: Join): string {
  const start = context.binder.scope.relations.length;
  const left = bindReference(context, join.left);
  refuseConditionOfLateral(context, join);
  const isOuter = join.type === "LEFT";
  const folded = isUnconditional(join) ? foldFunction(context, left, start, join.right, isOuter) : undefined;
  if (folded) return folded;
  const middle = context.binder.scope.relations.length;
  const right = bindReference(context, join.right);
  const placed = join.right.kind === "Join" ? `(${right})` : right;
  if (join.type === "ASOF") return asofJoin(context.binder, join, left, placed, start, middle);
  return bindJoin(context, join, left, placed, start, middle);
}

/** `FROM t, LATERAL FLATTEN(t.a) f LEFT JOIN u`: the comma binds less, so the function would be all there is on the left. */
function refuseLateralOnTheLeft({ type, left }: Join): void {
  if (left.kind === "Join") refuseLateralOnTheLeft(left);
  const isOuter = type === "LEFT" || type === "FULL";
  if (isOuter && left.kind === "TableFunction" && isLateralFunction(left) && readsTheLeft(left))
    throw compilationError("001072", "42601", "Lateral View cannot be on the left side of join");
}

const readsTheLeft = ({ lateral, call }: TableFunction): boolean => lateral || call.args.some(namesColumn);

/** Source: https://docs.snowflake.com/en/sql-reference/constructs/join, its usage notes; functions in SQL may have a condition. */
function refuseConditionOfLateral(context: FromContext, { type, right, on, using, natural }: Join): void {
  if (right.kind !== "TableFunction" || !readsTheLeft(right)) return;
  const hasCondition = Boolean(on || using || natural);
  const isOuter = type === "LEFT" || type === "RIGHT" || type === "FULL";
  const isRefused = isLateralFunction(right)
    ? hasCondition
    : (hasCondition || isOuter) && javascriptTable(context, right) !== undefined;
  if (isRefused)
    throw unsupportedFeature("lateral table function called with OUTER JOIN syntax or a join predicate (ON clause)");
}

/** Whether an argument names a column of what stands before; a query in it has columns of its own. */
function namesColumn(argument: Node): boolean {
  let isFound = false;
  visit(argument, {
    SubqueryExpression: () => false,
    ColumnReference: () => {
      isFound = true;
      return BREAK;
    },
  });
  return isFound;
}

const isUnconditional = (join: Join): boolean =>
  ["INNER", "CROSS", "LEFT"].includes(join.type) && !join.using && !join.natural && (!join.on || isTrue(join.on));

const isTrue = (e: Expression): boolean =>
  (e.kind === "BooleanLiteral" && e.value) || (e.kind === "Parenthesized" && isTrue(e.expression));

function mentionsIn(binder: Binder, select: Select, orderBy: OrderBy | undefined): FromContext["mentions"] {
  if (select.from.length === 0) return () => true;
  const text =
    binder.source(select.span) && `${binder.source(select.span)} ${orderBy ? binder.source(orderBy.span) : ""}`;
  if (!text || /\*|\$\d/.test(text.replace(/\bcount\s*\(\s*\*\s*\)/gi, ""))) return () => true;
  return (column) => new RegExp(`\\b${column}\\b`, "i").test(text);
}
