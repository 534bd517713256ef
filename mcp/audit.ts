import type { CreditBudget } from "./limits/creditBudget";
import { ToolError } from "./toolError";
import type { Queries } from "./warehouse/queries";

/** What is kept of one call. Arguments and answers are not, save a plan that was refused. */
export interface AuditEntry {
  id: string;
  tool: string;
  client: string;
  outcome: "answered" | "asked" | "rejected" | "refused" | "failed" | "cancelled";
  runtime_ms: number;
  query_id?: string;
  row_count?: number;
  bytes?: number;
  truncated?: boolean;
  error?: string;
  plan?: unknown;
  errors?: unknown;
}

const BATCH = 200;
const WAIT_MS = 200;
const RUN = { tag: "mcp:server:audit", timeoutMs: 30_000 };

/**
 * Writes an event per call, many calls in one statement and behind their answers. No call is made while earlier ones cannot be
 * written: what goes unseen is at most the batch that failed, and it is kept and tried again.
 */
export class Audit {
  private readonly pending: AuditEntry[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private failure: unknown;
  private isBudgetKnown = false;

  constructor(
    private readonly queries: Queries,
    private readonly budget: CreditBudget,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Before a call: what earlier calls cost is known, and nothing waits that could not be written. */
  async ready(): Promise<void> {
    if (this.isBudgetKnown && this.failure === undefined) return;
    await this.flush();
    if (this.failure === undefined) return;
    throw new ToolError("unavailable", `${(this.failure as Error).message} No call is made that cannot be audited.`, {
      next: "Try again later; warehouse-health will say when the warehouse answers again.",
    });
  }

  record(entry: AuditEntry): void {
    this.pending.push(entry);
    this.budget.spend(entry.runtime_ms);
    if (this.pending.length >= BATCH) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), WAIT_MS);
  }

  /** Writes what waits. Does not throw. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing ??= this.write().finally(() => {
      this.writing = undefined;
    });
    await this.writing;
  }

  private async write(): Promise<void> {
    do {
      const batch = this.pending.slice(0, BATCH);
      try {
        const { runtime_ms_24h } = await this.queries.recordToolCalls(batch, RUN);
        this.pending.splice(0, batch.length);
        const unrecorded = this.pending.reduce((sum, { runtime_ms }) => sum + runtime_ms, 0);
        this.budget.known(Number(runtime_ms_24h), unrecorded);
        this.isBudgetKnown = true;
        this.failure = undefined;
      } catch (error) {
        this.failure = error;
        this.onFailure(error);
        return;
      }
    } while (this.pending.length > 0);
  }

  async close(): Promise<void> {
    while (this.writing) await this.writing;
    if (this.pending.length > 0) await this.flush();
  }
}
