import type { Expression, FunctionCall, Node, Query, Select, Span } from "../../../dialect/index";
import { visit } from "../../../dialect/index";
import { functionEntry } from "../../functions/index";
import type { Binder } from "../binder";

/** How a subquery stands in the query around it. */
export type SubqueryRole = "VALUE" | "EXISTS" | "IN" | "QUANTIFIED";

const within = (span: Span, { span: around }: Node): boolean => span.start >= around.start && span.end <= around.end;

/** Which columns the nodes of a subquery read: those of queries around it, and its own. */
class Reads {
  private readonly outer: readonly Span[];
  private readonly own: readonly Span[];

  /** `first`: of the columns that were read, the first that the subquery did. */
  constructor({ shared, scope }: Binder, first: number) {
    const reads = shared.columnReads.slice(first);
    this.outer = reads.filter((read) => scope.isWithin(read.scope)).map(({ span }) => span);
    this.own = reads.filter((read) => !scope.isWithin(read.scope)).map(({ span }) => span);
  }

  get isCorrelated(): boolean {
    return this.outer.length > 0;
  }

  around(node: Node): boolean {
    return this.outer.some((span) => within(span, node));
  }

  /** A value of the rows around or one of the subquery's own rows, not of both. */
  keepsToOneSide(node: Node): boolean {
    return !this.around(node) || !this.ofItsOwn(node) || holdsQuery(node);
  }

  ofItsOwn(node: Node): boolean {
    return this.own.some((span) => within(span, node));
  }
}

function holdsQuery(node: Node): boolean {
  let isFound = false;
  visit(node, {
    Query: () => {
      isFound = true;
    },
  });
  return isFound;
}

/** Comparisons that each keep their operands to one side. */
function arePaired(reads: Reads, operand: Node, others: readonly Node[]): boolean {
  return (
    reads.keepsToOneSide(operand) &&
    others.every((other) => reads.keepsToOneSide(other) && !(reads.around(operand) && reads.around(other)))
  );
}

/** A condition that reads columns around does so in comparisons alone, whose operands each keep to one side. */
function isJoinable(reads: Reads, node: Expression): boolean {
  if (!reads.around(node)) return true;
  switch (node.kind) {
    case "Parenthesized":
      return isJoinable(reads, node.expression);
    case "Binary":
      if (node.operator === "AND" || node.operator === "OR")
        return isJoinable(reads, node.left) && isJoinable(reads, node.right);
      return arePaired(reads, node.left, [node.right]);
    case "Between":
      return !(node.negated && reads.around(node.operand)) && arePaired(reads, node.operand, [node.low, node.high]);
    case "In":
      if (node.query) return true;
      return !(node.negated && reads.around(node.operand)) && arePaired(reads, node.operand, node.list ?? []);
    case "Like":
      return node.query !== undefined || (!node.negated && arePaired(reads, node.operand, node.patterns));
    case "IsDistinctFrom":
      return (node.negated || !reads.around(node.left)) && arePaired(reads, node.left, [node.right]);
    case "IsNull":
    case "QuantifiedComparison":
    case "SubqueryExpression":
      return true;
    case "FunctionCall":
      return node.name.parts[0]?.value === "EQUAL_NULL" && arePaired(reads, node.args[0] as Node, node.args.slice(1));
    default:
      return false;
  }
}

/** WHERE, HAVING and the conditions of joins. */
function conditions({ where, having, from }: Select): Expression[] {
  const found = [where, having].filter((condition) => condition !== undefined);
  for (const reference of from)
    visit(reference, {
      Query: () => false,
      Join: ({ on }) => {
        if (on) found.push(on);
      },
    });
  return found;
}

const hasLimit = ({ limit, body }: Query): boolean =>
  limit !== undefined || (body.kind === "Select" && body.top !== undefined);

/** What FROM and the conditions read of the columns around becomes a join: no FLATTEN over them, no LIMIT behind them. */
function becomesJoin(reads: Reads, body: Select): boolean {
  let isJoin = conditions(body).every((condition) => isJoinable(reads, condition));
  for (const reference of body.from)
    visit(reference, {
      Query: () => false,
      TableFunction: (node) => {
        isJoin &&= !reads.around(node);
      },
      SubqueryTable: ({ query }) => {
        if (!reads.around(query) || query.body.kind !== "Select") return;
        isJoin &&= !(hasLimit(query) && query.body.from.length > 0) && becomesJoin(reads, query.body);
      },
    });
  return isJoin;
}

/** The aggregates of a SELECT, without those of queries in it. */
function aggregatesOf(body: Select): FunctionCall[] {
  const found: FunctionCall[] = [];
  for (const part of [...body.items, ...(body.having ? [body.having] : [])])
    visit(part, {
      Query: () => false,
      FunctionCall: (call) => {
        if (!call.over && functionEntry(call.name.parts.map(({ value }) => value).join("."))?.kind === "aggregate")
          found.push(call);
      },
    });
  return found;
}

const isEquality = (reads: Reads, node: Expression): boolean => {
  if (!reads.around(node)) return true;
  if (node.kind === "Parenthesized") return isEquality(reads, node.expression);
  if (node.kind !== "Binary") return false;
  const isJoined = node.operator === "AND" || node.operator === "OR";
  return isJoined ? isEquality(reads, node.left) && isEquality(reads, node.right) : node.operator === "=";
};

/** Beside an aggregate, columns around are read with COUNT, MIN and MAX over all rows of one relation alone. */
function takesOuterItems(reads: Reads, body: Select, aggregates: readonly FunctionCall[]): boolean {
  if (!body.items.some((item) => reads.around(item))) return true;
  const [only, ...others] = body.from;
  const isWhole = only?.kind === "NamedTable" ? !only.sample : only?.kind === "SubqueryTable";
  const isSimple = (call: FunctionCall) => {
    const name = call.name.parts[0]?.value ?? "";
    return name === "COUNT" ? !call.distinct : name === "MIN" || name === "MAX";
  };
  return isWhole && others.length === 0 && !body.where && !body.having && aggregates.every(isSimple);
}

/** It has one row by its form: an aggregate without groups, or nothing but items. */
function isValue(reads: Reads, node: Query, body: Select, windows: number): boolean {
  const aggregates = aggregatesOf(body);
  if (windows > 0 || aggregates.some((call) => reads.around(call))) return false;
  const isAggregate = aggregates.length > 0 && !body.groupBy;
  if (body.from.length === 0) return isAggregate || !(body.where || body.having || node.orderBy);
  return isAggregate && !hasLimit(node) && takesOuterItems(reads, body, aggregates);
}

/** EXISTS, IN, ANY and ALL: groups are the subquery's own, and an aggregate over rows that the row around chooses is none. */
function isMembership(reads: Reads, body: Select, role: SubqueryRole): boolean {
  if (body.groupBy) return !reads.around(body.groupBy);
  if (role === "IN" && body.from.length > 0)
    if (body.items.some((item) => reads.around(item) && !reads.ofItsOwn(item))) return false;
  if (role === "QUANTIFIED" || body.having || aggregatesOf(body).length === 0) return true;
  const chosen = conditions(body).filter((condition) => reads.around(condition));
  return role === "EXISTS" ? chosen.length === 0 : chosen.every((condition) => isEquality(reads, condition));
}

/**
 * Whether Snowflake can evaluate a subquery that was just bound in `binder`: one that reads columns of the queries around it must
 * have a form that becomes a join. `first` is the count of column reads before it.
 * Source: https://docs.snowflake.com/en/user-guide/querying-subqueries, and what accounts answer
 */
export function canBeEvaluated(binder: Binder, node: Query, role: SubqueryRole, first: number): boolean {
  const reads = new Reads(binder, first);
  if (!reads.isCorrelated) return true;
  const { body } = node;
  if (body.kind === "ParenthesizedQuery") return role === "VALUE" || !hasLimit(node);
  if (body.kind !== "Select") return body.kind === "Values" && role !== "VALUE" && !hasLimit(node);
  if (!becomesJoin(reads, body)) return false;
  return role === "VALUE"
    ? isValue(reads, node, body, binder.scope.usage.windows)
    : !hasLimit(node) && isMembership(reads, body, role);
}

/** The same of a lateral subquery, which gives all rows that it finds: it has no LIMIT and no FLATTEN over columns around. */
export function canBeJoined(binder: Binder, node: Query, first: number): boolean {
  const reads = new Reads(binder, first);
  if (!reads.isCorrelated) return true;
  if (hasLimit(node)) return false;
  const from = node.body.kind === "Select" ? node.body.from : [];
  return !from.some((reference) => reference.kind === "TableFunction" && reads.around(reference));
}
