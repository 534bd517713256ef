import { CatalogueSnapshot } from "./catalogue";
import type { DocOf, ObjectDoc, ObjectKind } from "./model";

let snapshots = 1;
/** Every state has a number of its own, also those that never commit: results are cached by it. */
const nextSnapshotVersion = (): number => ++snapshots;

export type CatalogueChange = { id: number; doc: ObjectDoc | null };

/** A document before it has an id and a creation time. */
export type NewDoc<K extends ObjectKind> = Omit<DocOf<K>, "id" | "createdOn"> & { createdOn?: number };

/**
 * Changes to the catalogue inside one write. Nothing is seen by others until the write commits;
 * `snapshot` is the state including the changes so far.
 */
export class CatalogueTransaction {
  private kinds: Map<ObjectKind, Map<number, ObjectDoc>>;
  private copied = new Set<ObjectKind>();
  private readonly changed = new Map<number, ObjectDoc | null>();
  private cached: CatalogueSnapshot;
  private dirty = false;

  constructor(
    readonly base: CatalogueSnapshot,
    private nextId: number,
    private readonly nowMillis: () => number,
  ) {
    this.kinds = new Map(base.entries() as ReadonlyMap<ObjectKind, Map<number, ObjectDoc>>);
    this.cached = base;
  }

  get snapshot(): CatalogueSnapshot {
    if (this.dirty) {
      this.cached = new CatalogueSnapshot(new Map(this.kinds), nextSnapshotVersion());
      // The snapshot now shares the maps: the next change copies again.
      this.copied = new Set();
      this.dirty = false;
    }
    return this.cached;
  }

  private writable(kind: ObjectKind): Map<number, ObjectDoc> {
    if (!this.copied.has(kind)) {
      this.kinds.set(kind, new Map(this.kinds.get(kind)));
      this.copied.add(kind);
    }
    this.dirty = true;
    return this.kinds.get(kind) as Map<number, ObjectDoc>;
  }

  /** Ids are given once and never again, also when the write is rolled back by a crash later than its commit. */
  allocateId(): number {
    return this.nextId++;
  }

  /** The id that `allocateId` would give next; stored with the commit. */
  get idMark(): number {
    return this.nextId;
  }

  create<K extends ObjectKind>(doc: NewDoc<K>, id = this.allocateId()): DocOf<K> {
    const full = { createdOn: this.nowMillis(), ...doc, id } as unknown as DocOf<K>;
    this.put(full);
    return full;
  }

  /** Replaces the document of the same id. */
  put(doc: ObjectDoc): void {
    this.writable(doc.kind).set(doc.id, doc);
    this.changed.set(doc.id, doc);
  }

  /** Changes some properties; `undefined` removes one. Renames and moves go the same way (`name`, `parentId`). */
  update<T extends ObjectDoc>(doc: T, changes: Partial<T>): T {
    const current = (this.kinds.get(doc.kind)?.get(doc.id) ?? doc) as T;
    const next = { ...current, ...changes };
    this.put(next);
    return next;
  }

  /** Drops so that UNDROP and SHOW … HISTORY still find it; all that a database or schema holds is dropped with it, at the same moment. */
  drop(doc: ObjectDoc, droppedOn = this.nowMillis()): void {
    if (doc.kind === "DATABASE" || doc.kind === "SCHEMA") {
      for (const child of this.contents(doc)) this.drop(child, droppedOn);
    }
    this.put({ ...doc, droppedOn } as ObjectDoc);
  }

  /**
   * Brings back a dropped object and what was dropped with it; its tasks wait to be resumed.
   * Source: https://docs.snowflake.com/en/release-notes/bcr-bundles/2023_08/bcr-1385-1414
   */
  undrop(doc: ObjectDoc): void {
    if (doc.kind === "DATABASE" || doc.kind === "SCHEMA") {
      for (const child of this.contents(doc, doc.droppedOn)) this.undrop(child);
    }
    const { droppedOn, ...live } = doc;
    const suspended =
      doc.kind === "TASK" && doc.state === "started"
        ? { state: "suspended", lastSuspendedOn: droppedOn, lastSuspendedReason: "SCHEMA_OR_DATABASE_DELETED" }
        : {};
    this.put({ ...live, ...suspended } as ObjectDoc);
  }

  private contents(parent: ObjectDoc, droppedOn?: number): ObjectDoc[] {
    const found: ObjectDoc[] = [];
    for (const map of this.kinds.values()) {
      for (const doc of map.values()) {
        if ("parentId" in doc && doc.parentId === parent.id && doc.droppedOn === droppedOn) found.push(doc);
      }
    }
    return found;
  }

  /** Drops for good. */
  remove(doc: ObjectDoc): void {
    this.writable(doc.kind).delete(doc.id);
    this.changed.set(doc.id, null);
  }

  get changes(): CatalogueChange[] {
    return [...this.changed].map(([id, doc]) => ({ id, doc }));
  }

  get isEmpty(): boolean {
    return this.changed.size === 0;
  }

  /** A point to go back to when one statement of a longer transaction fails. */
  mark(): () => void {
    const kinds = new Map(this.snapshot.entries() as ReadonlyMap<ObjectKind, Map<number, ObjectDoc>>);
    const changed = new Map(this.changed);
    return () => {
      this.kinds = new Map(kinds);
      this.copied = new Set();
      this.dirty = true;
      this.changed.clear();
      for (const [id, doc] of changed) this.changed.set(id, doc);
    };
  }
}
