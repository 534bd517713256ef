import type { DatabaseDoc, DocOf, ObjectDoc, ObjectKind, RelationDoc, SchemaDoc } from "./model";
import { RELATION_KINDS } from "./model";

type KindMap = ReadonlyMap<number, ObjectDoc>;

/** Overloads have one name but not one key. */
function keyName(doc: ObjectDoc): string {
  if (doc.kind === "PROCEDURE" || doc.kind === "FUNCTION") {
    return `${doc.name}(${doc.arguments.map((a) => a.type.kind).join(",")})`;
  }
  return doc.name;
}

export const parentOf = (doc: ObjectDoc): number => ("parentId" in doc ? doc.parentId : 0);
const sessionOf = (doc: ObjectDoc): string => ("sessionId" in doc ? (doc.sessionId ?? "") : "");
const indexKey = (parentId: number, name: string, sessionId = ""): string =>
  `${parentId}\u0000${sessionId}\u0000${name}`;

/** Derived look-ups are kept per kind map: an unchanged map keeps its index over any number of catalogue versions. */
const indexes = new WeakMap<KindMap, Map<unknown, unknown>>();

export const INFORMATION_SCHEMA = "INFORMATION_SCHEMA";

/** Every database has it; it is computed, so no map holds it and no list of schemas names it unless it asks for it. */
export const informationSchema = (databaseId: number, createdOn: number): SchemaDoc => ({
  kind: "SCHEMA",
  id: -databaseId,
  name: INFORMATION_SCHEMA,
  parentId: databaseId,
  ownerId: null,
  createdOn,
  comment: "Views describing the contents of schemas in this database",
});

/**
 * The state of all objects at one moment; never changes. Statements resolve, check and translate against one snapshot.
 */
export class CatalogueSnapshot {
  constructor(
    private readonly kinds: ReadonlyMap<ObjectKind, KindMap>,
    /** Grows with every committed change of the catalogue. */
    readonly version: number,
  ) {}

  static readonly empty = new CatalogueSnapshot(new Map(), 0);

  private map(kind: ObjectKind): KindMap {
    return this.kinds.get(kind) ?? EMPTY;
  }

  /**
   * A value computed from all documents of one kind, computed once per state of that kind.
   * `key` identifies the computation: use a module-level function or symbol.
   */
  derived<K extends ObjectKind, T>(kind: K, key: unknown, compute: (docs: Iterable<DocOf<K>>) => T): T {
    const map = this.map(kind);
    let cache = indexes.get(map);
    if (!cache) {
      cache = new Map();
      indexes.set(map, cache);
    }
    if (!cache.has(key)) cache.set(key, compute(map.values() as Iterable<DocOf<K>>));
    return cache.get(key) as T;
  }

  /** Live objects of one kind, in order of creation. */
  all<K extends ObjectKind>(kind: K): DocOf<K>[] {
    return this.derived(kind, "live", (docs) => [...docs].filter((d) => d.droppedOn === undefined));
  }

  /** Dropped objects that may still be undropped. */
  dropped<K extends ObjectKind>(kind: K): DocOf<K>[] {
    return this.derived(kind, "dropped", (docs) => [...docs].filter((d) => d.droppedOn !== undefined));
  }

  byId(id: number): ObjectDoc | undefined {
    if (id < 0) return this.informationSchemaOf(-id);
    for (const map of this.kinds.values()) {
      const doc = map.get(id);
      if (doc) return doc;
    }
    return undefined;
  }

  get<K extends ObjectKind>(kind: K, id: number): DocOf<K> | undefined {
    if (id < 0 && kind === "SCHEMA") return this.informationSchemaOf(-id) as DocOf<K> | undefined;
    return this.map(kind).get(id) as DocOf<K> | undefined;
  }

  private informationSchemaOf(databaseId: number): SchemaDoc | undefined {
    return this.derived("DATABASE", "informationSchemas", (docs) => {
      const live = [...docs].filter((doc) => doc.droppedOn === undefined);
      return new Map(live.map((doc) => [doc.id, informationSchema(doc.id, doc.createdOn)]));
    }).get(databaseId);
  }

  private named<K extends ObjectKind>(kind: K): Map<string, DocOf<K>> {
    return this.derived(kind, "named", (docs) => {
      const index = new Map<string, DocOf<K>>();
      for (const doc of docs) {
        if (doc.droppedOn === undefined) index.set(indexKey(parentOf(doc), keyName(doc), sessionOf(doc)), doc);
      }
      return index;
    });
  }

  /**
   * A live object by exact name. `parentId`: 0 for objects of the account, else the database (schemas, database roles)
   * or the schema. A session's temporary object hides a permanent one of the same name.
   * Routines: `name` is `F(NUMBER,VARCHAR)`; see `overloads`.
   */
  find<K extends ObjectKind>(kind: K, parentId: number, name: string, sessionId?: string): DocOf<K> | undefined {
    if (kind === "SCHEMA" && name === INFORMATION_SCHEMA) {
      return this.informationSchemaOf(parentId) as DocOf<K> | undefined;
    }
    const index = this.named(kind);
    return (sessionId && index.get(indexKey(parentId, name, sessionId))) || index.get(indexKey(parentId, name));
  }

  database(name: string): DatabaseDoc | undefined {
    return this.find("DATABASE", 0, name);
  }

  schema(databaseId: number, name: string): SchemaDoc | undefined {
    return this.find("SCHEMA", databaseId, name);
  }

  relation(schemaId: number, name: string, sessionId?: string): RelationDoc | undefined {
    const kinds = RELATION_KINDS;
    if (sessionId) {
      for (const kind of kinds) {
        const own = this.named(kind).get(indexKey(schemaId, name, sessionId));
        if (own) return own;
      }
    }
    for (const kind of kinds) {
      const doc = this.find(kind, schemaId, name);
      if (doc) return doc;
    }
    return undefined;
  }

  /** All functions or procedures of one name in a schema. */
  overloads<K extends "FUNCTION" | "PROCEDURE">(kind: K, schemaId: number, name: string): DocOf<K>[] {
    const byName = this.derived(kind, "overloads", (docs) => {
      const index = new Map<string, DocOf<K>[]>();
      for (const doc of docs as Iterable<DocOf<"FUNCTION" | "PROCEDURE">>) {
        if (doc.droppedOn !== undefined) continue;
        const key = indexKey(doc.parentId, doc.name);
        index.set(key, [...(index.get(key) ?? []), doc as DocOf<K>]);
      }
      return index;
    });
    return byName.get(indexKey(schemaId, name)) ?? [];
  }

  /** Live objects of one kind in a database or schema (direct children). */
  children<K extends ObjectKind>(kind: K, parentId: number): DocOf<K>[] {
    const byParent = this.derived(kind, "children", (docs) => {
      const index = new Map<number, DocOf<K>[]>();
      for (const doc of docs) {
        if (doc.droppedOn !== undefined) continue;
        const list = index.get(parentOf(doc));
        if (list) list.push(doc);
        else index.set(parentOf(doc), [doc]);
      }
      return index;
    });
    return byParent.get(parentId) ?? [];
  }

  /** The documents by kind, for a transaction to start from. */
  entries(): ReadonlyMap<ObjectKind, KindMap> {
    return this.kinds;
  }
}

const EMPTY: KindMap = new Map();
