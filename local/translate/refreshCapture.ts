import type { Expression, Select, TableReference } from "../../dialect/index";
import { visit } from "../../dialect/index";
import { functionEntry } from "../functions/index";
import { isLateralFunction } from "./query/flatten";

/*
 * A query taken apart for incremental refresh. While one translation runs, each stored table of FROM leaves a token in place of its
 * name, and each SELECT that folds or compares rows (GROUP BY, DISTINCT, window functions) becomes a node of its own which stands as a
 * token in the query around it. What is left between tokens is linear: it can be computed over changed rows alone.
 */

/** What a token stands for: a stored table, or an earlier node. */
export type Leaf = { table: number } | { node: number };

/** Branch `[start, end)` of a UNION ALL whose leaves are `[first, last)`: without rows while a leaf of another branch is replaced. */
interface Guard {
  first: number;
  last: number;
  start: number;
  end: number;
}

/** SQL with tokens; `leaves` in the order of the text. */
export interface Template {
  sql: string;
  leaves: Leaf[];
  guards: Guard[];
}

/** How states of an aggregate become one. `GROUP`: not at all, the group is computed again. */
export type Merge = "COUNT" | "SUM" | "MIN" | "MAX" | "MIN_BY" | "MAX_BY" | "AND" | "OR" | "ANY" | "GROUP";

export interface AggregateState {
  /** Over the rows of the body. */
  sql: string;
  merge: Merge;
  /** Rows can be taken out again. */
  subtractable: boolean;
}

export interface AggregateNode {
  kind: "AGGREGATE";
  /** `FROM … WHERE (…)` */
  body: Template;
  keys: string[];
  states: AggregateState[];
  /** Over `s.k<i>` and `s.a<i>`. */
  outputs: string[];
  /** Condition over the same, or empty. */
  having: string;
}

export interface WindowNode {
  kind: "WINDOW";
  body: Template;
  /** The partition that all window functions share. */
  keys: string[];
  outputs: string[];
  qualify: string;
}

export type RefreshNode = AggregateNode | WindowNode;

interface Level {
  kind: "ROOT" | "AGGREGATE" | "WINDOW";
  leaves: Leaf[];
  guards: Guard[];
  keys: string[];
  states: AggregateState[];
  partitions: string[][];
}

const newLevel = (kind: Level["kind"]): Level => ({
  kind,
  leaves: [],
  guards: [],
  keys: [],
  states: [],
  partitions: [],
});

const OPEN = "\uE010";
const CLOSE = "\uE011";
export const TOKEN = /\uE010([LG])(\d+)\uE011/g;

export class RefreshCapture {
  readonly nodes: RefreshNode[] = [];
  /** Why the query cannot be taken apart; undefined while it can. */
  refusal: string | undefined;
  private readonly levels: Level[] = [newLevel("ROOT")];
  /** Aggregates noted so far. */
  calls = 0;

  private get level(): Level {
    return this.levels.at(-1) as Level;
  }

  refuse(why: string): void {
    this.refusal ??= why;
  }

  leaf(leaf: Leaf): string {
    this.level.leaves.push(leaf);
    return `${OPEN}L${this.level.leaves.length - 1}${CLOSE}`;
  }

  /** Opens a node when the SELECT needs one. */
  enter(select: Select, hasLimit: boolean): "AGGREGATE" | "WINDOW" | undefined {
    if (hasLimit || select.top) this.refuse("LIMIT");
    for (const table of select.from) if (!isLinear(table)) this.refuse(`${table.kind} in FROM`);
    const calls = callsOf(select);
    const groups = select.groupBy !== undefined || calls.aggregates;
    const distinct = select.quantifier === "DISTINCT";
    if (Number(groups) + Number(distinct) + Number(calls.windows) > 1)
      this.refuse("grouping, DISTINCT and windows in one SELECT");
    if (groups || distinct) return this.open("AGGREGATE");
    if (calls.windows) return this.open("WINDOW");
    return undefined;
  }

  open<K extends "AGGREGATE" | "WINDOW">(kind: K): K {
    this.levels.push(newLevel(kind));
    return kind;
  }

  get isGrouping(): boolean {
    return this.level.kind === "AGGREGATE";
  }

  /** A grouping key; gives what stands for it behind the grouping. */
  key(sql: string): string {
    const { keys } = this.level;
    if (!keys.includes(sql)) keys.push(sql);
    return `s.k${keys.indexOf(sql) + 1}`;
  }

  partition(keys: string[]): void {
    this.level.partitions.push(keys);
  }

  /** An aggregate of the engine; gives what stands for its value over the stored states. */
  aggregate(fn: string, args: string, sql: string, isExact: boolean, isDistinct: boolean): string {
    this.calls++;
    const plain = !isDistinct;
    const add = (state: AggregateState): string => {
      const { states } = this.level;
      let at = states.findIndex((known) => known.sql === state.sql);
      if (at < 0) at = states.push(state) - 1;
      return `s.a${at + 1}`;
    };
    switch (fn) {
      case "count":
      case "count_if":
        return add({ sql, merge: plain ? "COUNT" : "GROUP", subtractable: plain });
      case "sum": {
        if (!plain) return add({ sql, merge: "GROUP", subtractable: false });
        const total = add({ sql, merge: "SUM", subtractable: isExact });
        const present = add({ sql: sql.replace(/^sum\(/, "count("), merge: "COUNT", subtractable: true });
        return `(CASE WHEN ${present} > 0 THEN ${total} END)`;
      }
      case "min":
      case "max":
        return add({ sql, merge: fn === "min" ? "MIN" : "MAX", subtractable: false });
      case "bool_and":
      case "bool_or":
        return add({ sql, merge: fn === "bool_and" ? "AND" : "OR", subtractable: false });
      case "any_value":
        return add({ sql, merge: "ANY", subtractable: false });
      case "arg_min":
      case "arg_min_null":
      case "arg_max":
      case "arg_max_null": {
        const order = splitArguments(args)[1];
        if (order === undefined || !sql.startsWith(`${fn}(${args})`)) break;
        const least = fn.startsWith("arg_min");
        const rest = sql.slice(`${fn}(${args})`.length);
        const key = `${least ? "min" : "max"}(${order})${rest}`;
        const state = `struct_pack(v := ${sql}, o := ${key})`;
        return `(${add({ sql: state, merge: least ? "MIN_BY" : "MAX_BY", subtractable: false })}).v`;
      }
    }
    return add({ sql, merge: "GROUP", subtractable: false });
  }

  closeAggregate(body: string, outputs: string[], having: string): string {
    const level = this.levels.pop() as Level;
    const { keys, states } = level;
    this.nodes.push({ kind: "AGGREGATE", body: this.template(body, level), keys, states, outputs, having });
    return this.leaf({ node: this.nodes.length - 1 });
  }

  closeWindow(body: string, outputs: string[], qualify: string): string {
    const level = this.levels.pop() as Level;
    const [first = [], ...others] = level.partitions;
    const keys = [...new Set(first)].filter((key) => others.every((list) => list.includes(key)));
    if (keys.length === 0) this.refuse("windows without a common PARTITION BY");
    this.nodes.push({ kind: "WINDOW", body: this.template(body, level), keys, outputs, qualify });
    return this.leaf({ node: this.nodes.length - 1 });
  }

  get place(): number {
    return this.level.leaves.length;
  }

  /** A branch of UNION ALL as SQL of its own. */
  branch(sql: string, first: number, last: number, start: number, end: number): string {
    const { guards } = this.level;
    guards.push({ first, last, start, end });
    return `(SELECT * FROM (${sql}) AS g WHERE ${OPEN}G${guards.length - 1}${CLOSE})`;
  }

  root(sql: string): Template {
    return this.template(sql, this.levels[0] as Level);
  }

  private template(sql: string, { leaves, guards }: Level): Template {
    const seen = [...sql.matchAll(TOKEN)].filter((m) => m[1] === "L").map((m) => Number(m[2]));
    const once = leaves.every((_, i) => seen.filter((at) => at === i).length === 1);
    if (!once || seen.length !== leaves.length) this.refuse("a table that is read in several places at once");
    return { sql, leaves, guards };
  }
}

/** Does FROM hold only what passes changed rows through one by one? */
function isLinear(table: TableReference): boolean {
  switch (table.kind) {
    case "NamedTable":
      return !table.sample && !table.timeTravel && !table.changes;
    case "SubqueryTable":
      return !table.sample && !table.lateral;
    case "ValuesTable":
      return !table.sample;
    case "TableFunction":
      return isLateralFunction(table);
    case "ParenthesizedTable":
      return !table.sample && isLinear(table.table);
    case "Join": {
      const lateral = table.right.kind === "TableFunction" && isLateralFunction(table.right);
      const inner = table.type === "INNER" || table.type === "CROSS" || (table.type === "LEFT" && lateral && !table.on);
      return inner && isLinear(table.left) && isLinear(table.right);
    }
    default:
      return false;
  }
}

function callsOf(select: Select): { aggregates: boolean; windows: boolean } {
  const found = { aggregates: false, windows: false };
  const look = (node: Expression): void =>
    visit(node, {
      Query: () => false,
      FunctionCall(call) {
        if (call.over) found.windows = true;
        else if (call.name.parts.length === 1 && functionEntry(call.name.parts[0]?.value ?? "")?.kind === "aggregate")
          found.aggregates = true;
      },
    });
  for (const { expression } of select.items) look(expression as Expression);
  if (select.having) look(select.having);
  if (select.qualify) look(select.qualify);
  return found;
}

/** Arguments of a call in SQL, split at the commas of the outermost level. */
function splitArguments(sql: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < sql.length; i++) {
    const c = sql[i] as string;
    if (c === "'" || c === '"') {
      i = sql.indexOf(c, i + 1);
      if (i < 0) return [];
    } else if ("([{".includes(c)) depth++;
    else if (")]}".includes(c)) depth--;
    else if (c === "," && depth === 0) {
      parts.push(sql.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(sql.slice(start).trim());
  return parts;
}
