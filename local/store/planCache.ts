import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBValue } from "@duckdb/node-api";
import { boundEarly } from "./earlyBinding";
import { mentionedOnly, type Numbered, separated, typesOf } from "./parameters";

/** Shorter statements are read faster than a kept plan is worth. */
export const WORTH_LENGTH = 60;
/** The most plans a connection keeps, and the most characters of SQL behind them. */
const PLANS = 200;
const LENGTHS = 500_000;
const NOTED = 1000;
/** The most characters of texts that a kept plan is given, each mention counted. */
const MOST_TEXT = 16_000_000;

const textLength = (values: readonly DuckDBValue[]): number =>
  values.reduce<number>((sum, value) => sum + (typeof value === "string" ? value.length : 0), 0);

interface Plan {
  statement: DuckDBPreparedStatement;
  indexes: readonly number[];
}

/** Whose tables a statement reads: only those of the data are there from one run to the next. */
export function tablesRead(sql: string): "none" | "data" | "others" {
  const read = sql.replace(/^INSERT INTO data\.\w+/, "").replaceAll("nextval('data.rid')", "");
  return /\b(?:temp|meta)\./.test(read) ? "others" : /\bdata\./.test(read) ? "data" : "none";
}

/**
 * Plans of statements that came more than once and read their arguments alone, as those of INGEST_EVENTS do: for a long one the
 * engine takes longer to read and optimise it than to run it over a few rows.
 */
export class PlanCache {
  private readonly plans = new Map<string, Plan>();
  private readonly seen = new Set<string>();
  private lengths = 0;

  constructor(private readonly raw: DuckDBConnection) {}

  /** The plan, bound to `values`; undefined for a statement that came for the first time. */
  async get(sql: string, values: readonly DuckDBValue[]): Promise<DuckDBPreparedStatement | undefined> {
    let plan = this.plans.get(sql);
    if (plan) this.plans.delete(sql);
    else {
      if (!this.cameBefore(sql)) return undefined;
      plan = await this.prepare(sql);
      this.lengths += sql.length;
    }
    this.plans.set(sql, plan);
    for (const [oldest, unused] of this.plans) {
      if (this.plans.size <= PLANS && this.lengths <= LENGTHS) break;
      unused.statement.destroySync();
      this.plans.delete(oldest);
      this.lengths -= oldest.length;
    }
    if (plan.indexes.length > 0) {
      const given = plan.indexes.map((index) => values[index] as DuckDBValue);
      // A kept plan holds what each mention becomes at once; one that is made for its values folds them first.
      if (textLength(given) > MOST_TEXT) return undefined;
      plan.statement.bind(given, typesOf(given));
    }
    return plan.statement;
  }

  private async prepare(sql: string): Promise<Plan> {
    const prepared = async ({ sql: text, indexes }: Numbered) => ({
      statement: await this.raw.prepare(text),
      indexes,
    });
    const early = boundEarly(sql);
    try {
      return await prepared(separated(early));
    } catch {
      // A parameter that is grouped by and selected must be one; a lambda takes no subquery.
      return prepared(mentionedOnly(sql));
    }
  }

  private cameBefore(sql: string): boolean {
    if (this.seen.has(sql)) return true;
    if (this.seen.size >= NOTED) this.seen.clear();
    this.seen.add(sql);
    return false;
  }

  clear(): void {
    for (const { statement } of this.plans.values()) statement.destroySync();
    this.plans.clear();
    this.lengths = 0;
  }
}
