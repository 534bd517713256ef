import type { WriteUnit } from "../store/writeUnit";
import type { AggregateNode, AggregateState, RefreshNode, WindowNode } from "../translate/refreshCapture";
import type { Source, Sources } from "./sources";

/** Where the rows of a node are kept between refreshes. */
export const stateName = (tableId: number, node: number): string => `data.s${tableId}_${node}`;

/** One part of a dynamic table's query whose result is kept, with the names of what a refresh of it needs. */
export class KeptNode {
  private readonly state: string;
  private readonly prefix: string;

  constructor(
    private readonly unit: WriteUnit,
    private readonly sources: Sources,
    tableId: number,
    private readonly index: number,
    private readonly node: RefreshNode,
  ) {
    this.state = stateName(tableId, index);
    this.prefix = `temp.node${tableId}_${index}_`;
  }

  private get keys(): string[] {
    return this.node.keys.map((_, i) => `k${i + 1}`);
  }

  /** The node's result, `o1 …`, from rows of its state. */
  private result(rows: string): string {
    if (this.node.kind === "WINDOW")
      return `(SELECT ${this.node.outputs.map((_, i) => `o${i + 1}`).join(", ")} FROM ${rows})`;
    const outputs = this.node.outputs.map((sql, i) => `${sql} AS o${i + 1}`).join(", ");
    return `(SELECT ${outputs} FROM ${rows} AS s${this.node.having ? ` WHERE ${this.node.having}` : ""})`;
  }

  /** Fills the state from all rows. */
  async build(): Promise<void> {
    const rows =
      this.node.kind === "WINDOW"
        ? windowRows(this.node, this.sources.whole(this.node.body))
        : groupRows(this.node, this.sources.whole(this.node.body));
    await this.unit.run(`CREATE OR REPLACE TABLE ${this.state} AS ${rows}`);
    const count = await this.count(this.state);
    const now = this.result(this.state);
    this.sources.set(
      { node: this.index },
      { now, before: now, plus: now, minus: now, rows: count, plusRows: count, minusRows: 0 },
    );
  }

  /** Computes what changed and leaves the state as it was; `keep` brings it up to date. */
  async refresh(): Promise<void> {
    const terms = this.sources.terms(this.node.body);
    const now = this.result(this.state);
    const rows = await this.count(this.state);
    if (terms.length === 0) {
      const unchanged = { now, before: now, plus: now, minus: now, rows, plusRows: 0, minusRows: 0 };
      return this.sources.set({ node: this.index }, unchanged);
    }
    const { node } = this;
    if (node.kind === "WINDOW") await this.refreshWindow(node, terms);
    else await this.refreshGroups(node, terms);
    const [plusRows, minusRows] = [await this.count(this.name("new")), await this.count(this.name("old"))];
    const after = this.keys.length
      ? `(SELECT s.* FROM ${this.state} AS s ANTI JOIN ${this.name("touched")} AS t ON ${match(this.keys, "s", "t")} UNION ALL SELECT * FROM ${this.name("new")})`
      : this.name("new");
    const source: Source = {
      now: this.result(after),
      before: now,
      plus: this.result(this.name("new")),
      minus: this.result(this.name("old")),
      rows: rows + plusRows - minusRows,
      plusRows,
      minusRows,
    };
    this.sources.set({ node: this.index }, source);
    this.isTouched = true;
  }

  private isTouched = false;

  /** Writes the new rows into the state and forgets the working tables. */
  async keep(): Promise<void> {
    if (!this.isTouched) return;
    const { unit, state } = this;
    const places = this.keys.length ? ` WHERE rowid IN (SELECT place FROM ${this.name("places")})` : "";
    await unit.run(`DELETE FROM ${state}${places}`);
    await unit.run(`INSERT INTO ${state} SELECT * FROM ${this.name("new")}`);
    for (const part of ["touched", "places", "old", "new"]) await unit.run(`DROP TABLE IF EXISTS ${this.name(part)}`);
  }

  private async refreshWindow(node: WindowNode, terms: { sql: string }[]): Promise<void> {
    const keys = node.keys.map((key, i) => `${key} AS k${i + 1}`).join(", ");
    const touched = terms.map(({ sql }) => `SELECT ${keys}${sql}`).join(" UNION ");
    await this.temporary("touched", `SELECT DISTINCT * FROM (${touched})`);
    await this.readOld();
    await this.emptyLike("new");
    const body = narrowed(this.sources.whole(node.body), node.keys, this.name("touched"));
    await this.unit.run(`INSERT INTO ${this.name("new")} ${windowRows(node, body)}`);
  }

  private async refreshGroups(node: AggregateNode, terms: { sign: 1 | -1; sql: string }[]): Promise<void> {
    const keys = this.keys;
    const columns = [...keys, "n", ...node.states.map((_, i) => `a${i + 1}`)];
    await this.emptyLike("plus");
    await this.emptyLike("minus");
    for (const { sign, sql } of terms)
      await this.unit.run(`INSERT INTO ${this.name(sign > 0 ? "plus" : "minus")} ${groupRows(node, sql)}`);
    const list = keys.join(", ");
    const both = `SELECT * FROM ${this.name("plus")} UNION ALL SELECT * FROM ${this.name("minus")}`;
    if (keys.length > 0) await this.temporary("touched", `SELECT DISTINCT ${list} FROM (${both})`);
    await this.readOld();
    const again = this.again(node);
    if (again !== undefined && keys.length > 0) await this.temporary("again", again);
    const isAgain = again !== undefined && (keys.length === 0 || (await this.count(this.name("again"))) > 0);
    await this.emptyLike("new");
    if (!isAgain || keys.length > 0) {
      const minus = `SELECT ${[...keys, "-n", ...node.states.map((s, i) => (s.subtractable ? `-a${i + 1}` : `NULL`))].join(", ")} FROM ${this.name("minus")} WHERE n > 0`;
      const input = `(SELECT ${columns.join(", ")} FROM (SELECT * FROM ${this.name("old")} UNION ALL SELECT * FROM ${this.name("plus")} WHERE n > 0 OR ${keys.length === 0} UNION ALL ${minus}))`;
      const merged = [...keys, "sum(n)", ...node.states.map((state, i) => mergeSql(state, `a${i + 1}`))].join(", ");
      const kept = isAgain ? ` AS m ANTI JOIN ${this.name("again")} AS g ON ${match(keys, "m", "g")}` : "";
      const group = keys.length ? ` GROUP BY ${list} HAVING sum(n) > 0` : "";
      const from = kept ? `(SELECT m.* FROM ${input}${kept})` : input;
      await this.unit.run(`INSERT INTO ${this.name("new")} SELECT ${merged} FROM ${from}${group}`);
    }
    if (isAgain) {
      const whole = this.sources.whole(node.body);
      const body = keys.length ? narrowed(whole, node.keys, this.name("again")) : whole;
      await this.unit.run(`INSERT INTO ${this.name("new")} ${groupRows(node, body)}`);
    }
    for (const part of ["plus", "minus", "again"]) await this.unit.run(`DROP TABLE IF EXISTS ${this.name(part)}`);
  }

  /** Groups that must be computed from their rows: their states cannot take up, or not give up, what changed. */
  private again(node: AggregateNode): string | undefined {
    const list = this.keys.join(", ") || "1";
    if (node.states.some((s) => s.merge === "GROUP")) return `SELECT * FROM ${this.name("touched")}`;
    if (node.states.every((s) => s.subtractable)) return undefined;
    return this.hasMinus ? `SELECT DISTINCT ${list} FROM ${this.name("minus")} WHERE n > 0` : undefined;
  }

  private get hasMinus(): boolean {
    return this.node.body.leaves.some((leaf) => this.sources.get(leaf).minusRows > 0);
  }

  /** The groups' rows so far. Their places are found by the keys alone: reading every row to keep a few of them is most of a refresh. */
  private async readOld(): Promise<void> {
    await this.emptyLike("old");
    if (this.keys.length > 0) {
      const touched = `${this.name("touched")} AS t ON ${match(this.keys, "s", "t")}`;
      await this.temporary("places", `SELECT s.rowid AS place FROM ${this.state} AS s SEMI JOIN ${touched}`);
    }
    const places = this.keys.length ? ` WHERE rowid IN (SELECT place FROM ${this.name("places")})` : "";
    await this.unit.run(`INSERT INTO ${this.name("old")} SELECT * FROM ${this.state}${places}`);
  }

  private name(part: string): string {
    return `${this.prefix}${part}`;
  }

  private async temporary(part: string, sql: string): Promise<void> {
    await this.unit.run(`CREATE OR REPLACE TEMP TABLE ${this.name(part)} AS ${sql}`);
  }

  private emptyLike(part: string): Promise<void> {
    return this.temporary(part, `SELECT * FROM ${this.state} WHERE false`);
  }

  private async count(table: string): Promise<number> {
    const { rows } = await this.unit.read(`SELECT count(*) FROM ${table}`);
    return Number(rows[0]?.[0]);
  }
}

/** States of all groups of a body: keys, number of rows, aggregates. */
function groupRows(node: AggregateNode, body: string): string {
  const keys = node.keys.map((key, i) => `${key} AS k${i + 1}`);
  const states = node.states.map(({ sql }, i) => `${sql} AS a${i + 1}`);
  const group = node.keys.length ? ` GROUP BY ${node.keys.join(", ")}` : "";
  return `SELECT ${[...keys, "count(*) AS n", ...states].join(", ")}${body}${group}`;
}

function windowRows(node: WindowNode, body: string): string {
  const keys = node.keys.map((key, i) => `${key} AS k${i + 1}`);
  const outputs = node.outputs.map((sql, i) => `${sql} AS o${i + 1}`);
  return `SELECT ${[...keys, ...outputs].join(", ")}${body}${node.qualify}`;
}

/** A body with those rows alone whose keys are in a list. */
function narrowed(body: string, keys: readonly string[], list: string): string {
  const columns = keys.map((_, i) => `x.k${i + 1}`);
  const test = keys.map((key, i) => `${key} IS NOT DISTINCT FROM ${columns[i]}`).join(" AND ");
  return `${body} AND EXISTS (SELECT 1 FROM ${list} AS x WHERE ${test})`;
}

const match = (keys: readonly string[], a: string, b: string): string =>
  keys.map((key) => `${a}.${key} IS NOT DISTINCT FROM ${b}.${key}`).join(" AND ");

function mergeSql({ merge }: AggregateState, column: string): string {
  switch (merge) {
    case "COUNT":
      return `coalesce(sum(${column}), 0)`;
    case "SUM":
      return `sum(${column})`;
    case "MIN":
    case "MAX":
      return `${merge.toLowerCase()}(${column})`;
    case "MIN_BY":
      return `arg_min(${column}, ${column}.o)`;
    case "MAX_BY":
      return `arg_max(${column}, ${column}.o)`;
    case "AND":
      return `bool_and(${column})`;
    case "OR":
      return `bool_or(${column})`;
    case "ANY":
    case "GROUP":
      return `any_value(${column})`;
  }
}
