import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../clock";
import { toMillis } from "../clock";
import type { StatementResult } from "../execution/result";
import { Spool } from "./spool";

/** Snowflake keeps results for a day. */
const LIFETIME_MS = 24 * 3600 * 1000;
const MAX_RESULTS = 2_000;
/** Rows in memory over all kept results. */
const MAX_ROWS = 500_000;

interface Kept {
  result: StatementResult;
  userId: number;
  rowsInMemory: number;
  expires: number;
}

/** Results by query id, for RESULT_SCAN, `GET /queries/{id}/result` and chunks. The oldest go first when there are too many. */
export class ResultStore {
  private readonly kept = new Map<string, Kept>();
  private rowsInMemory = 0;

  constructor(
    private readonly directory: string,
    private readonly clock: Clock,
  ) {}

  spoolDirectory(queryId: string): string {
    return join(this.directory, "results", queryId);
  }

  /** Removes what an earlier life of the server left behind. */
  clear(): Promise<void> {
    return rm(join(this.directory, "results"), { recursive: true, force: true });
  }

  put(queryId: string, userId: number, result: StatementResult): void {
    this.delete(queryId);
    const rowsInMemory = Array.isArray(result.rows) ? result.rows.length : 0;
    this.kept.set(queryId, { result, userId, rowsInMemory, expires: this.now() + LIFETIME_MS });
    this.rowsInMemory += rowsInMemory;
    for (const [id, entry] of this.kept) {
      const tooMany = this.kept.size > MAX_RESULTS || this.rowsInMemory > MAX_ROWS;
      if (id === queryId || !(tooMany || entry.expires < this.now())) break;
      this.delete(id);
    }
  }

  /** `userId`: only the user who ran a statement may read its result again. */
  get(queryId: string, userId?: number): StatementResult | undefined {
    const entry = this.kept.get(queryId);
    if (!entry || entry.expires < this.now() || (userId !== undefined && entry.userId !== userId)) return undefined;
    return entry.result;
  }

  private delete(queryId: string): void {
    const entry = this.kept.get(queryId);
    if (!entry) return;
    this.kept.delete(queryId);
    this.rowsInMemory -= entry.rowsInMemory;
    if (entry.result.rows instanceof Spool) void entry.result.rows.remove();
  }

  private now(): number {
    return toMillis(this.clock.nowMicros());
  }
}
