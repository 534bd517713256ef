import type { DynamicTableDoc } from "../catalogue/model";
import { toMillis } from "../clock";
import { log } from "../log";
import type { Services } from "../services";

/** The kind of these entries in `meta.history`. */
const GRAPH = "DYNAMIC_TABLE_GRAPH";

export type AlterTrigger =
  | "NONE"
  | "CREATE_DYNAMIC_TABLE"
  | "ALTER_TARGET_LAG"
  | "SUSPEND"
  | "RESUME"
  | "ALTER_WAREHOUSE";

/** One description of a dynamic table, true for a while. Times are milliseconds. */
export interface GraphEntry {
  tableId: number;
  validFrom: number;
  validTo: number | null;
  trigger: AlterTrigger[];
  doc: Pick<
    DynamicTableDoc,
    | "name"
    | "parentId"
    | "ownerId"
    | "targetLag"
    | "query"
    | "schedulingState"
    | "suspendReason"
    | "lastSuspendedOn"
    | "resumedOn"
    | "warehouseId"
  >;
}

/** Nobody waits for these writes, and a history with a gap is no reason to end the server. */
const failed = (error: unknown): void => log.warn({ err: error }, "history of the graph of dynamic tables");

const logs = new WeakMap<Services, GraphLog>();

/** Follows the dynamic tables of the account: what changed of their description, and when. */
export class GraphLog {
  readonly entries: GraphEntry[] = [];
  private readonly current = new Map<number, GraphEntry>();
  private seen: readonly DynamicTableDoc[] | undefined;
  private readonly loaded: Promise<void>;

  private constructor(private readonly services: Services) {
    this.loaded = this.load();
  }

  static of(services: Services): GraphLog {
    const known = logs.get(services) ?? new GraphLog(services);
    logs.set(services, known);
    return known;
  }

  /** All descriptions, those of the moment included. */
  async all(): Promise<readonly GraphEntry[]> {
    await this.loaded;
    this.compare();
    return this.entries;
  }

  /** Compares the catalogue with what is known. */
  look(): void {
    this.loaded.then(() => this.compare()).catch(failed);
  }

  private async load(): Promise<void> {
    const { rows } = await this.services.store.withReader((c) =>
      c.run("SELECT entry FROM meta.history WHERE kind = $1 ORDER BY time", [GRAPH]),
    );
    for (const [text] of rows) this.take(JSON.parse(text as string) as GraphEntry);
    this.compare();
  }

  private take(entry: GraphEntry): void {
    const before = this.current.get(entry.tableId);
    if (before && before.validTo === null) before.validTo = entry.validFrom;
    if (entry.validTo === null) this.current.set(entry.tableId, entry);
    else this.current.delete(entry.tableId);
    if (entry.validTo !== entry.validFrom) this.entries.push(entry);
  }

  private compare(): void {
    const tables = this.services.store.catalogue.all("DYNAMIC_TABLE");
    if (tables === this.seen) return;
    this.seen = tables;
    const now = toMillis(this.services.clock.nowMicros());
    const gone = new Set(this.current.keys());
    for (const table of tables) {
      gone.delete(table.id);
      const doc = described(table);
      const before = this.current.get(table.id)?.doc;
      if (before && JSON.stringify(before) === JSON.stringify(doc)) continue;
      const validFrom = before ? now : Math.min(table.createdOn, now);
      this.note({ tableId: table.id, validFrom, validTo: null, trigger: triggerOf(before, doc), doc });
    }
    for (const id of gone) {
      const last = this.current.get(id) as GraphEntry;
      this.note({ ...last, validFrom: now, validTo: now });
    }
  }

  private note(entry: GraphEntry): void {
    const text = JSON.stringify(entry);
    this.take(entry);
    void this.services.store
      .note((c) =>
        c.run("INSERT INTO meta.history VALUES ($1, $2, $3, $4)", [
          GRAPH,
          BigInt(entry.tableId),
          BigInt(entry.validFrom),
          text,
        ]),
      )
      .catch(failed);
  }
}

function described(table: DynamicTableDoc): GraphEntry["doc"] {
  const { name, parentId, ownerId, targetLag, query, schedulingState, warehouseId } = table;
  const { suspendReason, lastSuspendedOn, resumedOn } = table;
  return JSON.parse(
    JSON.stringify({
      name,
      parentId,
      ownerId,
      targetLag,
      query,
      schedulingState,
      suspendReason,
      lastSuspendedOn,
      resumedOn,
      warehouseId,
    }),
  ) as GraphEntry["doc"];
}

function triggerOf(before: GraphEntry["doc"] | undefined, after: GraphEntry["doc"]): AlterTrigger[] {
  if (!before) return ["CREATE_DYNAMIC_TABLE"];
  const found: AlterTrigger[] = [];
  if (before.query !== after.query) found.push("CREATE_DYNAMIC_TABLE");
  if (JSON.stringify(before.targetLag) !== JSON.stringify(after.targetLag)) found.push("ALTER_TARGET_LAG");
  if (before.warehouseId !== after.warehouseId) found.push("ALTER_WAREHOUSE");
  if (before.schedulingState !== after.schedulingState)
    found.push(after.schedulingState === "SUSPENDED" ? "SUSPEND" : "RESUME");
  return found.length > 0 ? found : ["NONE"];
}
