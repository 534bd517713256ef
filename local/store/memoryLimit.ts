import { totalmem } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import type { DuckDBConnection } from "@duckdb/node-api";

/** Small enough that the process stays below 500 MB while it answers with millions of rows. */
const USUAL = "160MB";
/** Share of the machine's memory that one statement may have when it cannot do with less. */
const SHARE = 0.8;

/** SET needs a little memory itself, and another statement may hold all that there is for the moment. */
const ATTEMPTS = 20;
const PAUSE_MS = 25;

/** What the machine or the container has, in bytes. */
function available(): number {
  const constrained = process.constrainedMemory?.() ?? 0;
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

/**
 * How much the engine may hold before it writes intermediate results to disk. Some of its work cannot go to disk (a DELETE of
 * millions of rows, one huge ARRAY_AGG): unless somebody set a limit, such a statement is repeated with what the machine has.
 */
export class MemoryLimit {
  readonly initial: string;
  private readonly isFixed: boolean;
  private readonly holders = new Set<DuckDBConnection>();
  private connection: DuckDBConnection | undefined;

  constructor(chosen: string | undefined) {
    this.initial = chosen ?? USUAL;
    this.isFixed = chosen !== undefined;
  }

  /** A connection of its own: that of the statement may be in a transaction that has failed. */
  attach(connection: DuckDBConnection): void {
    this.connection = connection;
  }

  detach(): void {
    this.connection?.closeSync();
    this.connection = undefined;
  }

  /** False when there is no more to be had. */
  async raise(holder: DuckDBConnection): Promise<boolean> {
    const { connection } = this;
    if (this.isFixed || !connection || this.holders.has(holder)) return false;
    this.holders.add(holder);
    const limit = `${Math.floor((available() * SHARE) / 2 ** 20)}MiB`;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) await pause(PAUSE_MS);
      try {
        await connection.run(`SET GLOBAL memory_limit = '${limit}'`);
        return true;
      } catch {
        // Tried again.
      }
    }
    this.holders.delete(holder);
    return false;
  }

  /** The statement is over: back to the usual limit once nobody needs more. */
  async relax(holder: DuckDBConnection): Promise<void> {
    if (!this.holders.delete(holder) || this.holders.size > 0) return;
    // Refused while more is in use; the next one who needs more tries again.
    await this.connection?.run(`SET GLOBAL memory_limit = '${this.initial}'`).catch(() => undefined);
  }
}
