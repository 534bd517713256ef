import {
  type DuckDBConnection,
  type DuckDBMaterializedResult,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  DuckDBTimestampTZValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import { quote } from "../translate/sql";
import { behindSubqueries, type Numbered } from "./parameters";
import { LONGEST_MS, type PlanMaker } from "./planMaker";

/** What a statement runs by: made for it, or kept. */
export interface Plan {
  run(): Promise<DuckDBMaterializedResult>;
  stream(): Promise<DuckDBResult>;
}

/** Runs after which a kept plan must have been worth it, by the fastest of them. */
const TRIALS = 4;
const WORTH = 0.9;
/** A run that takes so many times what planning and running took at best. */
const SLOW = 1.5;
/** After so many in a row the tables are taken to have grown, and another plan may be better. */
const SLOW_RUNS = 3;
/** The most plans of a connection, and the most characters of SQL behind them. */
const PLANS = 100;
const LENGTHS = 500_000;
/** The most mentions of parameters, each of which joins a row to all others, and what a statement must have at least for that to be little. */
const MENTIONS = 20;
const PARAMETERS_LENGTH = 500;
/** The most characters of the values of a run, each mention counted. */
const VALUES_LENGTH = 1_000_000;

interface Kept {
  plan: (args: string) => Plan;
  remove: () => Promise<void>;
  indexes: readonly number[];
  generation: number;
  runs: number;
  slowRuns: number;
  fastest: number;
}

/**
 * Plans of queries that read tables and come again and again: planning a small one takes the engine longer than running it, and the
 * statements of a procedure far longer. A plan is kept only while it is seen to be faster than those made for the values at hand.
 */
export class TablePlans {
  private readonly kept = new Map<string, Kept>();
  private lengths = 0;
  private names = 0;

  constructor(
    private readonly raw: DuckDBConnection,
    private readonly maker: PlanMaker,
  ) {}

  /**
   * Runs a query by its kept plan or by `planned`. A kept plan that fails is given up and `planned` has the last word: it evaluates
   * in another order. `mayRepeat` says whether nothing of the result has been used.
   */
  async use<T>(
    sql: string,
    values: readonly DuckDBValue[],
    by: (plan: Plan) => Promise<T>,
    planned: () => Promise<T>,
    mayRepeat = () => true,
  ): Promise<T> {
    if (!/^(?:SELECT|WITH) /.test(sql) || sql.includes("nextval(")) return planned();
    const began = performance.now();
    const kept = await this.find(sql);
    const args = kept && argumentsOf(kept.indexes, values);
    if (!kept || args === undefined) {
      const result = await planned();
      this.maker.runs.planned(sql, performance.now() - began);
      return result;
    }
    try {
      const started = performance.now();
      const result = await by(kept.plan(args));
      await this.judge(sql, kept, performance.now() - started);
      return result;
    } catch (error) {
      await this.giveUp(sql, kept);
      this.maker.runs.forget(sql);
      if (!mayRepeat()) throw error;
      const result = await planned();
      this.refuse(sql);
      return result;
    }
  }

  clear(): void {
    this.kept.clear();
    this.lengths = 0;
  }

  private async find(sql: string): Promise<Kept | undefined> {
    const kept = this.kept.get(sql);
    if (kept && kept.generation === this.maker.tableForms) {
      this.kept.delete(sql);
      this.kept.set(sql, kept);
      return kept;
    }
    if (kept) await this.giveUp(sql, kept);
    return this.maker.runs.isWorthPlan(sql) ? this.make(sql) : undefined;
  }

  private async make(sql: string): Promise<Kept | undefined> {
    const generation = this.maker.tableForms;
    const numbered = behindSubqueries(sql);
    if (!numbered || !isFit(numbered)) return this.refuse(sql);
    try {
      const ways = await this.maker.apartFromRows(() =>
        numbered.indexes.length === 0 ? this.withoutParameters(sql) : this.named(numbered.sql),
      );
      const kept = {
        ...ways,
        indexes: numbered.indexes,
        generation,
        runs: 0,
        slowRuns: 0,
        fastest: Number.POSITIVE_INFINITY,
      };
      this.kept.set(sql, kept);
      this.lengths += sql.length;
      await this.makeRoom();
      return kept;
    } catch {
      // Said by the plan for the values, if it is wrong for that one too.
      return this.refuse(sql);
    }
  }

  /** DuckDB plans a statement with parameters anew at each run if it reads a table, unless SQL itself prepares it. */
  private async named(sql: string): Promise<Pick<Kept, "plan" | "remove">> {
    const name = `plan${++this.names}`;
    await this.raw.run(`PREPARE ${name} AS ${sql}`);
    return {
      plan: (args) => {
        const execute = `EXECUTE ${name}${args}`;
        return { run: () => this.raw.run(execute), stream: () => this.raw.stream(execute) };
      },
      remove: async () => {
        await this.raw.run(`DEALLOCATE ${name}`);
      },
    };
  }

  private async withoutParameters(sql: string): Promise<Pick<Kept, "plan" | "remove">> {
    const statement: DuckDBPreparedStatement = await this.raw.prepare(sql);
    return { plan: () => statement, remove: async () => statement.destroySync() };
  }

  private async makeRoom(): Promise<void> {
    for (const [oldest, unused] of this.kept) {
      if (this.kept.size <= PLANS && this.lengths <= LENGTHS) return;
      await this.giveUp(oldest, unused);
    }
  }

  private async judge(sql: string, kept: Kept, ms: number): Promise<void> {
    const planned = this.maker.runs.fastest(sql);
    kept.runs++;
    kept.slowRuns = ms > Math.min(LONGEST_MS, SLOW * planned) ? kept.slowRuns + 1 : 0;
    kept.fastest = Math.min(kept.fastest, ms);
    if (kept.slowRuns === SLOW_RUNS) this.maker.runs.forget(sql);
    else if (kept.runs === TRIALS && kept.fastest > WORTH * planned) this.refuse(sql);
    else return;
    await this.giveUp(sql, kept);
  }

  private refuse(sql: string): undefined {
    this.maker.runs.refuse(sql);
    return undefined;
  }

  private async giveUp(sql: string, kept: Kept): Promise<void> {
    if (!this.kept.delete(sql)) return;
    this.lengths -= sql.length;
    await kept.remove().catch(() => undefined);
  }
}

const isFit = ({ sql, indexes }: Numbered): boolean =>
  indexes.length === 0 || (indexes.length <= MENTIONS && sql.length >= PARAMETERS_LENGTH);

/** The values in parentheses as EXECUTE takes them; undefined for one whose type would not be the parameter's. */
function argumentsOf(indexes: readonly number[], values: readonly DuckDBValue[]): string | undefined {
  if (indexes.length === 0) return "";
  const texts = indexes.map((index) => argument(values[index]));
  const length = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  return texts.includes(undefined) || length > VALUES_LENGTH ? undefined : `(${texts.join(", ")})`;
}

function argument(value: DuckDBValue | undefined): string | undefined {
  if (typeof value === "string") return quote(value);
  if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return `(${value})::BIGINT`;
  if (value instanceof DuckDBTimestampTZValue) return `make_timestamptz(${value.micros})`;
  return undefined;
}
