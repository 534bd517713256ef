import {
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBMaterializedResult,
  type DuckDBPreparedStatement,
  type DuckDBValue,
  VARCHAR,
} from "@duckdb/node-api";
import { isOutOfMemory, translateEngineError } from "./engineError";
import type { MemoryLimit } from "./memoryLimit";
import { inlined, type Numbered, typesOf } from "./parameters";
import { PlanCache, tablesRead, WORTH_LENGTH } from "./planCache";
import type { PlanMaker } from "./planMaker";
import { type Plan, TablePlans } from "./tablePlans";

/** Rows of an engine query as DuckDB values, with the names and types DuckDB gave. */
export interface EngineRows {
  columnNames: string[];
  rows: DuckDBValue[][];
  /** Rows changed by INSERT, UPDATE or DELETE; 0 for others. */
  rowsChanged: number;
}

/** Rows in one chunk of the engine. */
const VECTOR_SIZE = 2048;

/** The chunks lie in memory: taken at once, for every `await` on the engine costs a change of threads. */
function readRows(result: DuckDBMaterializedResult): EngineRows {
  const rows: DuckDBValue[][] = [];
  for (let i = 0; i < result.chunkCount; i++) rows.push(...result.getChunk(i).getRows());
  return { columnNames: result.columnNames(), rows, rowsChanged: result.rowsChanged };
}

/** Longer statements take long enough anyway. */
const KEY_LENGTH = 10_000;

/** What says how many rows a query gives, as long as those of the tables stay the same. */
function resultKey(text: string, values: readonly DuckDBValue[]): string | undefined {
  if (text.length > KEY_LENGTH || tablesRead(text) === "others") return undefined;
  const { sql, indexes } = inlined(text, values);
  return indexes.length === 0 ? sql : undefined;
}

/** Called with DuckDB's column vectors as arrays, chunk by chunk. */
export type ChunkVisitor = (columns: readonly (readonly DuckDBValue[])[], rowCount: number) => void | Promise<void>;

/**
 * One DuckDB connection. Every engine error leaves here as a SnowflakeError, so raw messages never reach a user.
 * `signal` interrupts the running statement.
 */
export class EngineConnection {
  /** Temporary tables made for the statement in progress. */
  private readonly temporaries = new Set<string>();
  private readonly fixed = new Map<string, DuckDBPreparedStatement>();

  private readonly plans: PlanCache;
  private readonly tablePlans: TablePlans | undefined;
  private changedTables = false;

  /** `memory`: for connections outside of a transaction, whose statements can be repeated, with more of it or by another plan. */
  constructor(
    readonly raw: DuckDBConnection,
    private readonly maker?: PlanMaker,
    private readonly memory?: MemoryLimit,
  ) {
    this.plans = new PlanCache(raw);
    this.tablePlans = maker && memory && new TablePlans(raw, maker);
  }

  /** Makes (or empties) a temporary table that lives until `dropTemporaries`. */
  async createTemporary(table: string, columns: string): Promise<void> {
    await this.run(`CREATE OR REPLACE TEMP TABLE ${table} (${columns})`);
    this.temporaries.add(table);
  }

  async dropTemporaries(): Promise<void> {
    for (const table of this.temporaries) await this.run(`DROP TABLE IF EXISTS ${table}`);
    this.temporaries.clear();
  }

  async run(text: string, values: readonly DuckDBValue[] = [], signal?: AbortSignal): Promise<EngineRows> {
    return this.orWithMoreMemory(signal, async () => readRows(await this.result(text, values, signal)));
  }

  private async result(
    text: string,
    values: readonly DuckDBValue[],
    signal: AbortSignal | undefined,
  ): Promise<DuckDBMaterializedResult> {
    const run = (plan: Plan) => plan.run();
    const once = () => {
      const { sql, indexes } = inlined(text, values);
      if (indexes.length === 0) return this.raw.run(sql);
      return this.prepared({ sql, indexes }, values, run);
    };
    const result = await this.planned(text, values, run, once, () => !signal?.aborted);
    this.changedTables = this.maker?.noticed(text, this.changedTables) ?? false;
    return result;
  }

  /** By a plan that is kept, or by `once`. */
  private async planned<T>(
    text: string,
    values: readonly DuckDBValue[],
    by: (plan: Plan) => Promise<T>,
    once: () => Promise<T>,
    mayRepeat: () => boolean,
  ): Promise<T> {
    if (text.length < WORTH_LENGTH) return once();
    const reads = tablesRead(text);
    if (reads === "data") return this.tablePlans ? this.tablePlans.use(text, values, by, once, mayRepeat) : once();
    const plan = reads === "none" ? await this.plans.get(text, values) : undefined;
    return plan ? by(plan) : once();
  }

  /** Prepares a statement that runs once. */
  private async prepared<T>(
    { sql, indexes }: Numbered,
    values: readonly DuckDBValue[],
    work: (statement: DuckDBPreparedStatement) => Promise<T>,
  ): Promise<T> {
    const statement = await this.raw.prepare(sql);
    try {
      const params = indexes.map((index) => values[index] as DuckDBValue);
      if (params.length > 0) statement.bind(params, typesOf(params));
      return await work(statement);
    } finally {
      statement.destroySync();
    }
  }

  /** Runs one of the server's own statements: prepared once, for it comes with every write. */
  async runFixed(sql: string, params: readonly DuckDBValue[] = []): Promise<void> {
    try {
      let statement = this.fixed.get(sql);
      if (!statement) {
        statement = await this.raw.prepare(sql);
        this.fixed.set(sql, statement);
      }
      if (params.length > 0) statement.bind(params as DuckDBValue[], typesOf(params));
      await statement.run();
      this.changedTables = this.maker?.noticed(sql, this.changedTables) ?? false;
    } catch (error) {
      throw translateEngineError(error);
    }
  }

  /** Streams a result without holding it; memory stays at a few chunks. */
  async stream(text: string, values: readonly DuckDBValue[], visit: ChunkVisitor, signal?: AbortSignal): Promise<void> {
    const known = this.memory ? resultKey(text, values) : undefined;
    if (known !== undefined && this.maker?.small.has(known)) return this.streamRow(text, values, visit, signal);
    let rowCount = 0;
    const by = async (plan: Plan) => {
      const result = await plan.stream();
      for (;;) {
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) return;
        rowCount += chunk.rowCount;
        await visit(chunk.getColumns(), chunk.rowCount);
        signal?.throwIfAborted();
      }
    };
    const once = () => this.prepared(inlined(text, values), values, by);
    const isUnused = () => rowCount === 0;
    await this.orWithMoreMemory(
      signal,
      () => this.planned(text, values, by, once, () => isUnused() && !signal?.aborted),
      isUnused,
    );
    if (known !== undefined) this.maker?.small.note(known, rowCount);
  }

  /** As {@link stream}, for a result of one row or few: it is there at once, and every piece that is waited for costs a change of threads. */
  async streamRow(
    text: string,
    values: readonly DuckDBValue[],
    visit: ChunkVisitor,
    signal?: AbortSignal,
  ): Promise<void> {
    const result = await this.orWithMoreMemory(signal, () => this.result(text, values, signal));
    for (let i = 0; i < result.chunkCount; i++) {
      const chunk = result.getChunk(i);
      await visit(chunk.getColumns(), chunk.rowCount);
    }
  }

  /** Appends columns of texts to a table whose columns are all VARCHAR; far faster than INSERT. */
  async appendTexts(table: string, columns: readonly (readonly (string | null)[])[], rowCount: number): Promise<void> {
    const [schema, name] = table.split(".") as [string, string];
    const isTemporary = schema === "temp";
    const appender = await this.raw.createAppender(
      name,
      isTemporary ? "main" : schema,
      isTemporary ? "temp" : undefined,
    );
    const width = columns.length;
    for (let start = 0; start < rowCount; start += VECTOR_SIZE) {
      const size = Math.min(VECTOR_SIZE, rowCount - start);
      const chunk = DuckDBDataChunk.create(
        Array.from({ length: width }, () => VARCHAR),
        size,
      );
      chunk.setColumns(columns.map((column) => column.slice(start, start + size)));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
  }

  /** A result that stays in memory as the engine has it, whatever becomes of the transaction. */
  async materialize(sql: string, values: readonly DuckDBValue[]): Promise<DuckDBMaterializedResult> {
    const once = inlined(sql, values);
    return this.interruptible(undefined, () => this.prepared(once, values, (statement) => statement.run()));
  }

  /** Appends such a result to a temporary table of the same columns. */
  async appendRows(table: string, rows: DuckDBMaterializedResult): Promise<void> {
    const appender = await this.raw.createAppender(table.replace(/^temp\./, ""), "main", "temp");
    for (let at = 0; at < rows.chunkCount; at++) appender.appendDataChunk(rows.getChunk(at));
    appender.closeSync();
  }

  close(): void {
    for (const statement of this.fixed.values()) statement.destroySync();
    this.plans.clear();
    this.tablePlans?.clear();
    this.raw.closeSync();
  }

  private async orWithMoreMemory<T>(
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
    mayRepeat = () => true,
  ): Promise<T> {
    try {
      return await this.interruptible(signal, work);
    } catch (error) {
      if (!isOutOfMemory(error) || !mayRepeat() || !(await this.memory?.raise(this.raw))) throw error;
      return await this.interruptible(signal, work);
    }
  }

  private async interruptible<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    // An interrupt that arrives between two engine calls is lost, so it is repeated until the work ends.
    let repeat: NodeJS.Timeout | undefined;
    const interrupt = () => {
      this.raw.interrupt();
      repeat ??= setInterval(() => this.raw.interrupt(), 20);
    };
    signal?.addEventListener("abort", interrupt, { once: true });
    try {
      const done = await work();
      // The engine may end an interrupted stream as if there were no more rows.
      signal?.throwIfAborted();
      return done;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw translateEngineError(error);
    } finally {
      signal?.removeEventListener("abort", interrupt);
      clearInterval(repeat);
    }
  }
}
