import type { DuckDBConnection } from "@duckdb/node-api";
import { SmallResults } from "./smallResults";

/** Statements that give tables another form; those of the server's temporary tables concern no other connection. */
const CHANGES_TABLES = /^(?:CREATE|ALTER|DROP) (?!(?:OR REPLACE )?TEMP |TABLE IF EXISTS temp\.)/;
const ENDS_TRANSACTION = /^(?:COMMIT|ROLLBACK)$/;

/** Times that a statement is planned for its values before a plan is kept. */
const FIRST_RUNS = 2;
/** Longer runs gain little by a kept plan, and the engine keeps the rows of their common tables until the next one. */
export const LONGEST_MS = 250;
const NOTED = 1000;

/** What is known of statements by the runs in which they were planned for their values. */
class PlannedRuns {
  private readonly noted = new Map<string, { runs: number; fastest: number; isRefused: boolean }>();

  planned(sql: string, ms: number): void {
    const noted = this.noted.get(sql);
    if (noted) Object.assign(noted, { runs: noted.runs + 1, fastest: Math.min(noted.fastest, ms) });
    else this.note(sql, { runs: 1, fastest: ms, isRefused: false });
  }

  isWorthPlan(sql: string): boolean {
    const noted = this.noted.get(sql);
    return noted !== undefined && !noted.isRefused && noted.runs >= FIRST_RUNS && noted.fastest <= LONGEST_MS;
  }

  /** Milliseconds of the fastest run. */
  fastest(sql: string): number {
    return this.noted.get(sql)?.fastest ?? Number.POSITIVE_INFINITY;
  }

  /** No plan of it is worth keeping. */
  refuse(sql: string): void {
    this.note(sql, { runs: 0, fastest: Number.POSITIVE_INFINITY, isRefused: true });
  }

  forget(sql: string): void {
    this.noted.delete(sql);
  }

  private note(sql: string, noted: { runs: number; fastest: number; isRefused: boolean }): void {
    if (this.noted.size >= NOTED) this.noted.clear();
    this.noted.set(sql, noted);
  }
}

/** What of DuckDB's optimizer concludes from the rows of a table while a plan is made: constants, empty results, row groups to be skipped. */
const READS_ROWS = "statistics_propagation,row_group_pruner";

/**
 * How plans that outlive a change of rows are made: without what reads the rows meanwhile, for nobody would tell the plan that they have
 * changed. The setting is that of all connections, so that makers take turns; what others plan meanwhile is right, only plainer.
 */
export class PlanMaker {
  readonly runs = new PlannedRuns();
  readonly small = new SmallResults();
  private generation = 0;
  private turn: Promise<unknown> = Promise.resolve();

  /** `connection`: one of its own, for those of the makers may be interrupted. */
  constructor(private readonly connection: DuckDBConnection) {}

  /** Another one after each change of the form of tables: plans made before are planned anew by the engine at each run. */
  get tableForms(): number {
    return this.generation;
  }

  /** Told of each statement that ran. @returns it has changed the form of tables, which others see after its transaction */
  noticed(sql: string, hasChanged: boolean): boolean {
    if (CHANGES_TABLES.test(sql)) {
      this.generation++;
      return true;
    }
    if (!ENDS_TRANSACTION.test(sql)) return hasChanged;
    this.small.committed();
    if (!hasChanged) return false;
    this.generation++;
    return false;
  }

  apartFromRows<T>(make: () => Promise<T>): Promise<T> {
    const made = this.turn.then(async () => {
      await this.connection.run(`SET GLOBAL disabled_optimizers = '${READS_ROWS}'`);
      try {
        return await make();
      } finally {
        await this.connection.run("SET GLOBAL disabled_optimizers = ''");
      }
    });
    this.turn = made.catch(() => undefined);
    return made;
  }

  async close(): Promise<void> {
    await this.turn;
    this.connection.closeSync();
  }
}
