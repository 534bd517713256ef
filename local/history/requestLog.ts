import type { Store } from "../store/store";
import type { WriteUnit } from "../store/writeUnit";

/** What was answered: the body sent to the client. */
export type Answer = Record<string, unknown>;

/** What the file knows about a request of an earlier life of the server. */
export type StoredRequest =
  | { state: "answered"; queryId: string; answer: Answer }
  /** Parts were committed, but the server ended before the answer. */
  | { state: "begun"; queryId: string };

export interface StartedRequest {
  queryId: string;
  answer: Promise<Answer>;
  /** The client has asked not to wait for the answer. */
  isAsync?: boolean;
}

/** Answers kept in memory; writes are in the file as well. */
const MEMORY_LIMIT = 2_000;
/** Answers beyond this are not stored in the file. */
const ANSWER_LIMIT = 4 * 1024 * 1024;
const LIFETIME_MS = 24 * 3600 * 1000;

/**
 * Makes retries harmless. A driver repeats a request with the same requestId when the answer got lost: the same request gets the
 * same answer, also while it still runs and, for everything that wrote, after a restart.
 */
export class RequestLog {
  private readonly byKey = new Map<string, StartedRequest>();
  private readonly byQueryId = new Map<string, StartedRequest>();
  private readonly stored = new Map<string, StoredRequest>();

  constructor(
    private readonly store: Store,
    private readonly nowMillis: () => number,
  ) {}

  async load(): Promise<void> {
    const oldest = BigInt(this.nowMillis() - LIFETIME_MS);
    await this.store.note((c) => c.run("DELETE FROM meta.requests WHERE created_on < $1", [oldest]));
    const { rows } = await this.store.withReader((c) =>
      c.run("SELECT request_key, query_id, state, answer FROM meta.requests ORDER BY created_on"),
    );
    for (const [key, queryId, state, answer] of rows as string[][]) {
      const entry: StoredRequest =
        state === "answered" && answer
          ? { state: "answered", queryId: queryId as string, answer: JSON.parse(answer) as Answer }
          : { state: "begun", queryId: queryId as string };
      if (this.stored.get(key as string)?.state !== "answered") this.stored.set(key as string, entry);
    }
  }

  /** An earlier attempt, finished or still running. */
  earlier(key: string): StartedRequest | undefined {
    return this.byKey.get(key);
  }

  fromFile(key: string): StoredRequest | undefined {
    return this.stored.get(key);
  }

  /** A request of this life of the server by its query id. */
  byQuery(queryId: string): StartedRequest | undefined {
    return this.byQueryId.get(queryId);
  }

  remember(queryId: string, key: string | undefined, request: StartedRequest): void {
    this.byQueryId.set(queryId, request);
    if (key) this.byKey.set(key, request);
    for (const map of [this.byKey, this.byQueryId]) {
      const [oldest] = map.keys();
      if (map.size > MEMORY_LIMIT && oldest !== undefined) map.delete(oldest);
    }
  }

  /** Part of the unit: the request has begun to have effects. */
  async noteBegun(unit: WriteUnit, key: string, queryId: string): Promise<void> {
    if (this.store.outlivesProcess) await this.insert(unit, key, queryId, "begun", null);
  }

  /** Part of the unit: the request is done and this is its answer. */
  async noteAnswered(unit: WriteUnit, key: string, queryId: string, answer: Answer): Promise<void> {
    if (!this.store.outlivesProcess) return;
    const text = JSON.stringify(answer);
    const isKept = text.length <= ANSWER_LIMIT && !unit.answersSecret;
    await this.insert(unit, key, queryId, isKept ? "answered" : "begun", isKept ? text : null);
  }

  /** The answer of a request whose last part was committed before the answer was known. */
  async noteLate(key: string, queryId: string, answer: Answer): Promise<void> {
    if (!this.store.outlivesProcess) return;
    await this.store.note((c) =>
      c.run("INSERT INTO meta.requests VALUES ($1, $2, 'answered', $3, $4)", [
        key,
        queryId,
        JSON.stringify(answer),
        BigInt(this.nowMillis()),
      ]),
    );
  }

  private async insert(
    unit: WriteUnit,
    key: string,
    queryId: string,
    state: string,
    answer: string | null,
  ): Promise<void> {
    await unit.connection.runFixed("INSERT INTO meta.requests VALUES ($1, $2, $3, $4, $5)", [
      key,
      queryId,
      state,
      answer,
      BigInt(this.nowMillis()),
    ]);
  }
}
