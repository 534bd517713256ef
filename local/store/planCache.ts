import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBValue } from "@duckdb/node-api";

/** Shorter statements are read faster than a kept plan is worth. */
const WORTH_LENGTH = 500;
const PLANS = 40;
const NOTED = 400;

/** DuckDB trusts a kept plan's statistics of tables after the rows have changed, and fails; so none that reads a table is kept. */
const readsTable = (sql: string) => /\b(data|temp|meta)\./.test(sql.replace(/^INSERT INTO data\.\w+/, ""));

/**
 * Plans of statements that came more than once and read their arguments alone, as those of INGEST_EVENTS do: for a long one the
 * engine takes longer to read and optimise it than to run it over a few rows.
 */
export class PlanCache {
  private readonly plans = new Map<string, DuckDBPreparedStatement>();
  private readonly seen = new Set<string>();

  constructor(private readonly raw: DuckDBConnection) {}

  /** The plan, bound to `params`; undefined when it is not worth one. */
  async get(sql: string, params: readonly DuckDBValue[]): Promise<DuckDBPreparedStatement | undefined> {
    if (sql.length < WORTH_LENGTH || readsTable(sql) || !this.cameBefore(sql)) return undefined;
    const plan = this.plans.get(sql) ?? (await this.raw.prepare(sql));
    this.plans.delete(sql);
    this.plans.set(sql, plan);
    for (const [oldest, unused] of this.plans) {
      if (this.plans.size <= PLANS) break;
      unused.destroySync();
      this.plans.delete(oldest);
    }
    if (params.length > 0) plan.bind(params as DuckDBValue[]);
    return plan;
  }

  private cameBefore(sql: string): boolean {
    if (this.seen.has(sql)) return true;
    if (this.seen.size >= NOTED) this.seen.clear();
    this.seen.add(sql);
    return false;
  }

  clear(): void {
    for (const plan of this.plans.values()) plan.destroySync();
    this.plans.clear();
  }
}
