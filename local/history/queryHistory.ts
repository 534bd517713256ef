import { listValue } from "@duckdb/node-api";
import { log } from "../log";
import type { Store } from "../store/store";

export type QueryStatus = "RUNNING" | "SUCCESS" | "FAIL" | "INCIDENT";

/** One statement as QUERY_HISTORY shows it. Times are milliseconds since the epoch. */
export interface QueryEntry {
  queryId: string;
  parentQueryId?: string;
  queryText: string;
  queryType: string;
  status: QueryStatus;
  errorCode?: string;
  errorMessage?: string;
  sqlState?: string;
  sessionId: string;
  userId: number;
  userName: string;
  roleName: string | null;
  databaseId: number | null;
  databaseName: string | null;
  schemaId: number | null;
  schemaName: string | null;
  warehouseId: number | null;
  warehouseName: string | null;
  warehouseSize: string | null;
  queryTag: string;
  startTime: number;
  endTime: number | null;
  compilationMs: number;
  executionMs: number;
  rowsProduced: number | null;
  rowsInserted: number;
  rowsUpdated: number;
  rowsDeleted: number;
  rowsScanned: number;
  rowsUnloaded: number;
  /** Statements of the system itself (scheduled refreshes) are marked. */
  isClientGenerated: boolean;
  /** The explicit transaction it stood in, began or ended. */
  transactionId?: string | undefined;
}

/** Entries kept, in memory and in the file. */
const LIMIT = 10_000;
const TEXT_LIMIT = 100_000;
/** The file may hold so many more. */
const TRIM_EVERY = 1_000;

/** An appender would hold up everybody, on this thread, until the commit under way is on the disk. */
const INSERT =
  "INSERT INTO meta.query_history SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[]), unnest($3::VARCHAR[])";

/** All statements of the last time, newest last. Finished ones are written to the file in batches. */
export class QueryHistory {
  private readonly entries = new Map<string, QueryEntry>();
  private unsaved: QueryEntry[] = [];
  private saving = false;
  /** Entries written since the file was cut to its bound; the first batch of a process cuts it. */
  private untrimmed = TRIM_EVERY;

  constructor(private readonly store: Store) {}

  async load(): Promise<void> {
    const { rows } = await this.store.withReader((c) =>
      c.run(`SELECT entry FROM (FROM meta.query_history ORDER BY start_time DESC LIMIT ${LIMIT}) ORDER BY start_time`),
    );
    for (const [text] of rows) {
      const entry = JSON.parse(text as string) as QueryEntry;
      this.entries.set(entry.queryId, entry);
    }
  }

  start(entry: QueryEntry): void {
    if (entry.queryText.length > TEXT_LIMIT) entry.queryText = entry.queryText.slice(0, TEXT_LIMIT);
    this.entries.set(entry.queryId, entry);
    if (this.entries.size > LIMIT) {
      for (const [id, old] of this.entries) {
        if (old.status === "RUNNING") continue;
        this.entries.delete(id);
        break;
      }
    }
  }

  finish(entry: QueryEntry): void {
    if (!this.store.outlivesProcess) return;
    this.unsaved.push(entry);
    this.saveSoon();
  }

  private saveSoon(): void {
    if (this.saving) return;
    this.saving = true;
    setTimeout(() => void this.save(), 500).unref();
  }

  get(queryId: string): QueryEntry | undefined {
    return this.entries.get(queryId);
  }

  /** When what a statement changed was there for others, in milliseconds: its end, or that of its transaction. */
  visibleFrom(entry: QueryEntry): number {
    let end = entry.endTime ?? entry.startTime;
    if (entry.transactionId === undefined) return end;
    for (const other of this.entries.values())
      if (other.transactionId === entry.transactionId) end = Math.max(end, other.endTime ?? other.startTime);
    return end;
  }

  /** Oldest first. */
  all(): IterableIterator<QueryEntry> {
    return this.entries.values();
  }

  /** Writes what is not yet in the file and cuts the file's list to its bound. What a full disk refuses waits for the next statement. */
  async save(): Promise<void> {
    this.saving = false;
    const batch = this.unsaved;
    this.unsaved = [];
    if (batch.length === 0) return;
    const written = this.store.note(async (connection) => {
      await connection.run("BEGIN TRANSACTION");
      await connection.runFixed(INSERT, [
        listValue(batch.map((e) => e.queryId)),
        listValue(batch.map((e) => String(e.startTime))),
        listValue(batch.map((e) => JSON.stringify(e))),
      ]);
      this.untrimmed += batch.length;
      // Finding the oldest reads all of them, so it is not done for every batch.
      if (this.untrimmed >= TRIM_EVERY) {
        this.untrimmed = 0;
        await connection.run(
          `DELETE FROM meta.query_history WHERE start_time < (SELECT min(start_time) FROM (SELECT start_time FROM meta.query_history ORDER BY start_time DESC LIMIT ${LIMIT}))`,
        );
      }
      await connection.run("COMMIT");
    });
    try {
      await written;
    } catch (error) {
      log.error({ err: error }, "query history");
      this.unsaved = [...batch, ...this.unsaved].slice(-LIMIT);
    }
  }
}
