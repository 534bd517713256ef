import type { DuckDBValue } from "@duckdb/node-api";
import type { CatalogueTransaction } from "../catalogue/transaction";
import type { EngineConnection, EngineRows } from "./connection";
import { isOutOfMemory } from "./engineError";
import type { MemoryLimit } from "./memoryLimit";

/** More changed rows than this stay in the engine, and the lock with them. */
const MOST_ROWS_ASIDE = 100_000;

/** What was run, to be run again after a failure. */
interface JournalEntry {
  repeat: () => Promise<unknown>;
  /** Set when it has changed something: rows of one table and nothing else, or anything. `locks`: rows that were there before. */
  changed?: { table: number; rows: number; locks: boolean } | "anything";
}

/**
 * One DuckDB transaction under the write lock: data and catalogue change together or not at all.
 *
 * DuckDB gives up a whole transaction when one statement fails, Snowflake only that statement. So a unit remembers what it ran
 * and, when one statement of several fails, rolls back and repeats the earlier ones (`attempt`).
 */
export class WriteUnit {
  private readonly journal: JournalEntry[] = [];
  private attempts = 0;
  private readonly hooks: (() => void)[] = [];
  private finished = false;
  /** A secret stands in what it is answered with, so the file does not keep that. */
  answersSecret = false;
  /** The version at its beginning: no row of an earlier commit has it or a later one. */
  readonly firstVersion: bigint;

  constructor(
    readonly connection: EngineConnection,
    private readonly memory: MemoryLimit,
    readonly catalogue: CatalogueTransaction,
    private current: bigint,
    private readonly finish: (unit: WriteUnit, how: "commit" | "rollback") => Promise<void>,
  ) {
    this.firstVersion = current;
  }

  /** What `_ver` of rows written now becomes. Greater than that of every earlier commit. */
  get version(): bigint {
    return this.current;
  }

  /** Rows written from now on have a later version: a refresh inside the unit tells what it has read from what came after it. */
  advance(): void {
    this.current++;
  }

  /** Runs a statement that changes something. */
  async run(sql: string, params: readonly DuckDBValue[] = [], signal?: AbortSignal): Promise<EngineRows> {
    const rows = await this.orWithMoreMemory(() => this.connection.run(sql, params, signal));
    this.journal.push({ repeat: () => this.connection.run(sql, params), changed: "anything" });
    return rows;
  }

  /** Runs an INSERT into a table of the catalogue, of rows with the unit's version. */
  async insert(
    table: number,
    sql: string,
    params: readonly DuckDBValue[] = [],
    signal?: AbortSignal,
  ): Promise<EngineRows> {
    const inserted = await this.orWithMoreMemory(() => this.connection.run(sql, params, signal));
    const changed = { table, rows: inserted.rowsChanged, locks: false };
    this.journal.push({ repeat: () => this.connection.run(sql, params), changed });
    return inserted;
  }

  /** Updates or deletes rows of a table of the catalogue, or keeps the old images of such rows. */
  async change(
    table: number,
    sql: string,
    params: readonly DuckDBValue[] = [],
    signal?: AbortSignal,
  ): Promise<EngineRows> {
    const rows = await this.orWithMoreMemory(() => this.connection.run(sql, params, signal));
    const changed = { table, rows: rows.rowsChanged, locks: true };
    this.journal.push({ repeat: () => this.connection.run(sql, params), changed });
    return rows;
  }

  /** Runs a prerequisite of a statement that changes something (a temporary relation that it reads). */
  async prepare(
    prerequisite: (connection: EngineConnection, signal?: AbortSignal) => Promise<unknown>,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.orWithMoreMemory(() => prerequisite(this.connection, signal));
    this.journal.push({ repeat: () => prerequisite(this.connection) });
  }

  /** It has only changed rows of tables, and not too many: they could be taken out and brought back. */
  get canStepAside(): boolean {
    const rows = this.journal.map(({ changed }) =>
      changed === "anything" ? Number.POSITIVE_INFINITY : (changed?.rows ?? 0),
    );
    return this.catalogue.isEmpty && rows.reduce((sum, some) => sum + some, 0) <= MOST_ROWS_ASIDE;
  }

  /** Tables of the catalogue with rows changed by {@link insert} and {@link change}. */
  get changedTables(): Set<number> {
    return new Set(this.journal.flatMap(({ changed }) => (typeof changed === "object" ? [changed.table] : [])));
  }

  /** Those with rows that were updated or deleted: others must not do that meanwhile. */
  get lockedTables(): Set<number> {
    return new Set(
      this.journal.flatMap(({ changed }) =>
        typeof changed === "object" && changed.locks && changed.rows > 0 ? [changed.table] : [],
      ),
    );
  }

  /** Runs a statement that only reads (nothing to repeat after a failure). */
  read(sql: string, params: readonly DuckDBValue[] = [], signal?: AbortSignal): Promise<EngineRows> {
    return this.orWithMoreMemory(() => this.connection.run(sql, params, signal));
  }

  /** Runs `work`; when it fails, everything `work` did is undone and everything before stays. */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    const restoreCatalogue = this.catalogue.mark();
    const length = this.journal.length;
    this.attempts++;
    try {
      return await work();
    } catch (error) {
      restoreCatalogue();
      this.journal.length = length;
      await this.repeatJournal();
      throw error;
    } finally {
      this.attempts--;
    }
  }

  private async orWithMoreMemory<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isOutOfMemory(error) || !(await this.memory.raise(this.connection.raw))) throw error;
      await this.repeatJournal();
      return await work();
    }
  }

  /** After a failure: the engine gave up the transaction; what had run before it runs again, so that more can be asked. */
  revive(): Promise<void> {
    return this.repeatJournal();
  }

  private async repeatJournal(): Promise<void> {
    await this.connection.run("ROLLBACK").catch(() => undefined);
    await this.connection.run("BEGIN TRANSACTION");
    for (const { repeat } of this.journal) await repeat();
  }

  /** Called once the unit has committed, never when it rolls back: to wake schedulers. A statement undone by `attempt` keeps its hooks. */
  afterCommit(hook: () => void): void {
    this.hooks.push(hook);
  }

  /** No statement is half done: the unit may be committed now. */
  get isBetweenStatements(): boolean {
    return this.attempts === 0;
  }

  get hasWritten(): boolean {
    return this.journal.length > 0 || !this.catalogue.isEmpty;
  }

  async commit(): Promise<void> {
    if (this.finished) throw new Error("write unit used after its end");
    this.finished = true;
    await this.finish(this, "commit");
    for (const hook of this.hooks) hook();
  }

  async rollback(): Promise<void> {
    if (this.finished) return;
    this.finished = true;
    await this.finish(this, "rollback");
  }
}
