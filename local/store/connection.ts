import {
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBPreparedStatement,
  type DuckDBValue,
  VARCHAR,
} from "@duckdb/node-api";
import { translateEngineError } from "./engineError";
import { mentionedOnly } from "./parameters";
import { PlanCache } from "./planCache";

/** Rows of an engine query as DuckDB values, with the names and types DuckDB gave. */
export interface EngineRows {
  columnNames: string[];
  rows: DuckDBValue[][];
  /** Rows changed by INSERT, UPDATE or DELETE; 0 for others. */
  rowsChanged: number;
}

/** Rows in one chunk of the engine. */
const VECTOR_SIZE = 2048;

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

  constructor(readonly raw: DuckDBConnection) {
    this.plans = new PlanCache(raw);
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
    const { sql, params } = mentionedOnly(text, values);
    return this.interruptible(signal, async () => {
      const plan = await this.plans.get(sql, params);
      const reader = plan ? await plan.runAndReadAll() : await this.raw.runAndReadAll(sql, params as DuckDBValue[]);
      return { columnNames: reader.columnNames(), rows: reader.getRows(), rowsChanged: reader.rowsChanged };
    });
  }

  /** Runs one of the server's own statements: prepared once, for it comes with every write. */
  async runFixed(sql: string, params: readonly DuckDBValue[] = []): Promise<void> {
    try {
      let statement = this.fixed.get(sql);
      if (!statement) {
        statement = await this.raw.prepare(sql);
        this.fixed.set(sql, statement);
      }
      if (params.length > 0) statement.bind(params as DuckDBValue[]);
      await statement.run();
    } catch (error) {
      throw translateEngineError(error);
    }
  }

  /** Streams a result without holding it; memory stays at a few chunks. */
  async stream(text: string, values: readonly DuckDBValue[], visit: ChunkVisitor, signal?: AbortSignal): Promise<void> {
    const { sql, params } = mentionedOnly(text, values);
    await this.interruptible(signal, async () => {
      const plan = await this.plans.get(sql, params);
      const result = plan ? await plan.stream() : await this.raw.stream(sql, params as DuckDBValue[]);
      for (;;) {
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) return;
        await visit(chunk.getColumns(), chunk.rowCount);
        signal?.throwIfAborted();
      }
    });
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

  close(): void {
    for (const statement of this.fixed.values()) statement.destroySync();
    this.plans.clear();
    this.raw.closeSync();
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
      return await work();
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw translateEngineError(error);
    } finally {
      signal?.removeEventListener("abort", interrupt);
      clearInterval(repeat);
    }
  }
}
