import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CatalogueSnapshot } from "../catalogue/catalogue";
import type { ObjectDoc, ObjectKind } from "../catalogue/model";
import { CatalogueTransaction } from "../catalogue/transaction";
import { type Clock, toMillis } from "../clock";
import { quote } from "../translate/sql";
import { EngineConnection } from "./connection";
import { MemoryLimit } from "./memoryLimit";
import { DataFileError, type OpenFile, openDataFile } from "./open";
import { PlanMaker } from "./planMaker";
import { LAYOUT, LAYOUT_VERSION } from "./schema";
import { WriteLock } from "./writeLock";
import { WriteUnit } from "./writeUnit";

export interface StoreOptions {
  /** Directory of the data file; absent = in memory. */
  directory?: string | undefined;
  /** What the engine may hold in memory, `256MB`; absent = little, and more for a statement that needs it. */
  memoryLimit?: string | undefined;
  clock: Clock;
  /** Called once with the first connection, to register JavaScript functions with the engine. */
  prepareEngine?: (connection: EngineConnection) => Promise<void>;
}

const IDLE_READERS = 8;
const DOCUMENTS_AT_ONCE = 100;
const ID_BLOCK = 1_000n;
/** Microseconds: how far behind a crash versions may run ahead of the clock. */
const VERSION_BLOCK = 1_000_000n;

/**
 * The one place that owns the DuckDB file. Readers never wait; writers take turns through `beginWrite`;
 * the server's own notes (sessions, history) go through `note`, on a connection of their own.
 */
export class Store {
  private current = CatalogueSnapshot.empty;
  private nextId = 1;
  private nextVersion = 1n;
  private storedId = 1n;
  private storedVersion = 1n;
  private readonly lock = new WriteLock();
  /** The newest first: the last one is taken, so that as few as possible serve, and have the plans of what comes again. */
  private readonly idleReaders: { connection: EngineConnection; number: number }[] = [];
  private readers = 0;
  private notes: Promise<unknown> = Promise.resolve();
  private closed = false;
  /** Called when somebody begins to wait for the write lock. */
  onWait?: () => void;
  /** Called after every commit that changed the catalogue: schedulers look again. */
  readonly catalogueListeners = new Set<() => void>();

  private constructor(
    private readonly file: OpenFile,
    private readonly memory: MemoryLimit,
    private readonly planMaker: PlanMaker,
    private readonly writer: EngineConnection,
    private readonly notebook: EngineConnection,
    private readonly clock: Clock,
    /** Directory for files of stages and spooled results; removed at the end when the data is in memory. */
    readonly directory: string,
    private readonly temporary: boolean,
  ) {}

  static async open(options: StoreOptions): Promise<Store> {
    const temporary = options.directory === undefined;
    const directory = options.directory ?? mkdtempSync(join(tmpdir(), "local-snowflake-"));
    const memory = new MemoryLimit(options.memoryLimit);
    const file = await openDataFile({
      directory: options.directory,
      spillDirectory: join(directory, "spill"),
      memoryLimit: memory.initial,
    });
    try {
      memory.attach(await file.instance.connect());
      const planMaker = new PlanMaker(await file.instance.connect());
      const writer = new EngineConnection(await file.instance.connect(), planMaker);
      const notebook = new EngineConnection(await file.instance.connect());
      const store = new Store(file, memory, planMaker, writer, notebook, options.clock, directory, temporary);
      await store.load();
      await options.prepareEngine?.(store.writer);
      return store;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** The committed state of the catalogue. */
  get catalogue(): CatalogueSnapshot {
    return this.current;
  }

  /**
   * The version of the last commit: rows with `_ver` up to it are visible. A version is the time its write began, in
   * microseconds, made greater than that of every earlier commit; so a moment of time travel is a version too.
   */
  get version(): bigint {
    return this.nextVersion - 1n;
  }

  /**
   * The data outlives the process. If not, nobody ever reads what is kept for its next life alone: the documents of the catalogue, the
   * counters, the answers of requests, sessions and the history of statements.
   */
  get outlivesProcess(): boolean {
    return !this.temporary;
  }

  /** Somebody holds the write lock. */
  get isWriting(): boolean {
    return this.lock.isHeld;
  }

  /** Somebody waits for the write lock. */
  get writersWait(): boolean {
    return this.lock.queueLength > 0;
  }

  /** Runs `work` on a connection that no other statement uses meanwhile. */
  async withReader<T>(work: (connection: EngineConnection) => Promise<T>): Promise<T> {
    const reader = this.idleReaders.pop() ?? { connection: await this.connect(), number: ++this.readers };
    const { connection } = reader;
    try {
      return await work(connection);
    } finally {
      await connection.dropTemporaries();
      await this.memory.relax(connection.raw);
      if (this.closed || this.idleReaders.length >= IDLE_READERS) connection.close();
      else {
        this.idleReaders.push(reader);
        this.idleReaders.sort((a, b) => b.number - a.number);
      }
    }
  }

  /** Waits for its turn and opens a transaction. The caller must end it by `commit` or `rollback`. */
  async beginWrite(signal?: AbortSignal): Promise<WriteUnit> {
    const turn = this.lock.acquire(signal);
    if (this.writersWait) this.onWait?.();
    const release = await turn;
    try {
      await this.writer.runFixed("BEGIN TRANSACTION");
      const now = this.clock.nowMicros();
      if (now > this.nextVersion) this.nextVersion = now;
      const catalogue = new CatalogueTransaction(this.current, this.nextId, () => toMillis(this.clock.nowMicros()));
      return new WriteUnit(this.writer, this.memory, catalogue, this.nextVersion, async (unit, how) => {
        try {
          if (how === "commit") await this.commit(unit);
          else await this.writer.run("ROLLBACK").catch(() => undefined);
        } finally {
          await this.writer.dropTemporaries();
          await this.memory.relax(this.writer.raw);
          // Ids used by a rolled-back write are burnt too: another session may have seen them in messages.
          this.nextId = Math.max(this.nextId, unit.catalogue.idMark);
          release();
        }
      });
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Notes of the server itself, in order, each in a transaction of its own. */
  note(work: (connection: EngineConnection) => Promise<unknown>): Promise<void> {
    const run = this.notes.then(async () => {
      try {
        await work(this.notebook);
      } catch (error) {
        // A note that opened a transaction must not leave it, aborted, to all later ones.
        await this.notebook.run("ROLLBACK").catch(() => undefined);
        throw error;
      }
    });
    this.notes = run.catch(() => undefined);
    return run;
  }

  async info(key: string): Promise<string | undefined> {
    const { rows } = await this.withReader((c) => c.run("SELECT value FROM meta.info WHERE key = $1", [key]));
    return rows[0]?.[0] as string | undefined;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    const release = await this.lock.acquire();
    await this.notes;
    for (const { connection } of this.idleReaders.splice(0)) connection.close();
    await this.storeCounters(BigInt(this.nextId), this.nextVersion).catch(() => undefined);
    await this.writer.run("CHECKPOINT").catch(() => undefined);
    this.memory.detach();
    await this.planMaker.close();
    this.notebook.close();
    this.writer.close();
    this.file.close();
    if (this.temporary) rmSync(this.directory, { recursive: true, force: true });
    release();
  }

  private async connect(): Promise<EngineConnection> {
    return new EngineConnection(await this.file.instance.connect(), this.planMaker, this.memory);
  }

  private async commit(unit: WriteUnit): Promise<void> {
    try {
      const { catalogue } = unit;
      if (this.outlivesProcess) await this.storeState(unit);
      await this.writer.runFixed("COMMIT");
      if (!catalogue.isEmpty) this.current = catalogue.snapshot;
      if (unit.hasWritten) this.nextVersion = unit.version + 1n;
      if (!catalogue.isEmpty) for (const listener of this.catalogueListeners) listener();
    } catch (error) {
      await this.writer.run("ROLLBACK").catch(() => undefined);
      throw error;
    }
  }

  private async storeState({ catalogue, version }: WriteUnit): Promise<void> {
    await this.storeDocuments(catalogue);
    // Counters are stored ahead of their use, in blocks: after a crash some numbers are skipped, none is given twice.
    if (BigInt(catalogue.idMark) > this.storedId || version + 1n > this.storedVersion) {
      await this.storeCounters(BigInt(catalogue.idMark) + ID_BLOCK, version + VERSION_BLOCK);
    }
  }

  private async storeDocuments({ changes }: CatalogueTransaction): Promise<void> {
    for (let at = 0; at < changes.length; at += DOCUMENTS_AT_ONCE) {
      const some = changes.slice(at, at + DOCUMENTS_AT_ONCE);
      const values = some.flatMap(({ id, doc }) =>
        doc ? [`(${id}, ${quote(doc.kind)}, ${quote(JSON.stringify(doc))})`] : [],
      );
      await this.writer.run(
        [
          `DELETE FROM meta.objects WHERE id IN (${some.map(({ id }) => id).join(", ")})`,
          ...(values.length > 0 ? [`INSERT INTO meta.objects VALUES ${values.join(", ")}`] : []),
        ].join(";"),
      );
    }
  }

  private async storeCounters(id: bigint, version: bigint): Promise<void> {
    await this.writer.run("UPDATE meta.counters SET value = CASE name WHEN 'id' THEN $1 ELSE $2 END", [id, version]);
    this.storedId = id;
    this.storedVersion = version;
  }

  private async load(): Promise<void> {
    const { writer } = this;
    await writer.run("SET GLOBAL TimeZone = 'UTC'");
    const exists = await writer.run(
      "SELECT 1 FROM information_schema.tables WHERE table_schema = 'meta' AND table_name = 'info'",
    );
    if (exists.rows.length > 0) {
      const { rows } = await writer.run("SELECT value FROM meta.info WHERE key = 'layout'");
      const found = Number(rows[0]?.[0] ?? 0);
      if (found > LAYOUT_VERSION) {
        throw new DataFileError(
          `The data in ${this.directory} has layout ${found}; this server knows layouts up to ${LAYOUT_VERSION}. Use a newer version of the server, or another data directory.`,
        );
      }
    }
    await writer.run("BEGIN TRANSACTION");
    for (const sql of LAYOUT) await writer.run(sql);
    if (exists.rows.length === 0) {
      await writer.run("INSERT INTO meta.info VALUES ('layout', $1)", [String(LAYOUT_VERSION)]);
      await writer.run("INSERT INTO meta.counters VALUES ('id', 1), ('version', 1)");
    }
    await writer.run("COMMIT");
    const counters = await writer.run("SELECT name, value FROM meta.counters");
    for (const [name, value] of counters.rows) {
      if (name === "id") this.nextId = Number(value);
      else this.nextVersion = value as bigint;
      if (name === "id") this.storedId = value as bigint;
      else this.storedVersion = value as bigint;
    }
    const kinds = new Map<ObjectKind, Map<number, ObjectDoc>>();
    const { rows } = await writer.run("SELECT doc FROM meta.objects ORDER BY id");
    for (const [text] of rows) {
      const doc = JSON.parse(text as string) as ObjectDoc;
      const map = kinds.get(doc.kind) ?? new Map<number, ObjectDoc>();
      map.set(doc.id, doc);
      kinds.set(doc.kind, map);
    }
    this.current = new CatalogueSnapshot(kinds, 1);
  }
}
