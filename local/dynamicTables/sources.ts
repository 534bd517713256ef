import type { DynamicTableDoc, TableDoc } from "../catalogue/model";
import { columnName, deletedRowsName, tableName } from "../store/physical";
import type { WriteUnit } from "../store/writeUnit";
import { type Leaf, type Template, TOKEN } from "../translate/refreshCapture";

/** What one token of a query stands for in one refresh, as items of FROM. */
export interface Source {
  now: string;
  before: string;
  /** Rows that came and rows that went; both sides of a changed row are among them. */
  plus: string;
  minus: string;
  rows: number;
  plusRows: number;
  minusRows: number;
}

/**
 * A stored table since a version. A row lives in `data.t<id>` from `_ver` on; what was deleted or replaced lies in `data.d<id>` with the
 * version that ended it in `_del`.
 */
export async function tableSource(unit: WriteUnit, doc: TableDoc | DynamicTableDoc, since: bigint): Promise<Source> {
  const list = [...doc.columns.map(columnName), "_rid", "_ver"].join(", ");
  const table = tableName(doc.id);
  const old = deletedRowsName(doc.id);
  const gone = `${old} WHERE _ver <= ${since} AND _del > ${since}`;
  const counts = await unit.read(
    `SELECT (SELECT count(*) FROM ${table}), (SELECT count(*) FROM ${table} WHERE _ver > ${since}), (SELECT count(*) FROM ${gone})`,
  );
  const [rows, plusRows, minusRows] = (counts.rows[0] as unknown[]).map(Number) as [number, number, number];
  return {
    now: table,
    before: `(SELECT ${list} FROM ${table} WHERE _ver <= ${since} UNION ALL SELECT ${list} FROM ${gone})`,
    plus: `(SELECT ${list} FROM ${table} WHERE _ver > ${since})`,
    minus: `(SELECT ${list} FROM ${gone})`,
    rows,
    plusRows,
    minusRows,
  };
}

export const sourceKey = (leaf: Leaf): string => ("table" in leaf ? `t${leaf.table}` : `n${leaf.node}`);

/** All sources of a refresh, and how many rows it has read from them. */
export class Sources {
  private readonly known = new Map<string, Source>();
  scanned = 0;

  set(leaf: Leaf, source: Source): void {
    this.known.set(sourceKey(leaf), source);
  }

  get(leaf: Leaf): Source {
    const source = this.known.get(sourceKey(leaf));
    if (!source) throw new Error(`no source for ${sourceKey(leaf)}`);
    return source;
  }

  /** What counts as read: rows of stored tables, not those of the refresh's own states. */
  private read(leaf: Leaf): number {
    return "table" in leaf ? this.get(leaf).rows : 0;
  }

  /** The template over everything that is there now. */
  whole(template: Template): string {
    this.scanned += template.leaves.reduce((sum, leaf) => sum + this.read(leaf), 0);
    return fill(
      template,
      (i) => this.get(template.leaves[i] as Leaf).now,
      () => true,
    );
  }

  /** The template without any row, for its columns. */
  nothing(template: Template): string {
    const sql = fill(
      template,
      (i) => this.get(template.leaves[i] as Leaf).plus,
      () => false,
    );
    return `SELECT * FROM (${sql}) WHERE false`;
  }

  /**
   * The template over changed rows: the sum of all terms with sign is the change of its result. In the k-th term the k-th table is its
   * changed rows, those before it are as they were and those behind it as they are.
   */
  terms(template: Template): { sign: 1 | -1; sql: string }[] {
    const { leaves, guards } = template;
    return leaves.flatMap((leaf, k) => {
      const changed = this.get(leaf);
      const isOn = (g: number): boolean => {
        const { first, last, start, end } = guards[g] as Template["guards"][number];
        return k < first || k >= last || (k >= start && k < end);
      };
      const isRead = (i: number): boolean => guards.every((g, at) => isOn(at) || i < g.start || i >= g.end);
      const term = (side: "plus" | "minus", sign: 1 | -1) => {
        const count = changed[`${side}Rows`];
        if (count === 0) return [];
        const others = leaves.reduce((sum, l, i) => (i !== k && isRead(i) ? sum + this.read(l) : sum), 0);
        this.scanned += ("table" in leaf ? count : 0) + others;
        const at = (i: number): string => {
          const source = this.get(leaves[i] as Leaf);
          return i === k ? source[side] : i < k ? source.before : source.now;
        };
        return [{ sign, sql: fill(template, at, isOn) }];
      };
      return [...term("plus", 1), ...term("minus", -1)];
    });
  }
}

const fill = (template: Template, leaf: (i: number) => string, isOn: (guard: number) => boolean): string =>
  template.sql.replace(TOKEN, (_, kind: string, n: string) =>
    kind === "L" ? leaf(Number(n)) : isOn(Number(n)) ? "TRUE" : "FALSE",
  );
