import type { ObjectType } from "../../ast/index";
import type { Cursor } from "../cursor";
import { SHOWN, SINGULAR } from "./objectKinds";

/** Objects that store rows of their own, and so count as tables. */
export const TABLE_TYPES: ReadonlySet<ObjectType> = new Set([
  "TABLE",
  "HYBRID TABLE",
  "EXTERNAL TABLE",
  "ICEBERG TABLE",
  "EVENT TABLE",
  "INTERACTIVE TABLE",
  "DIRECTORY TABLE",
  "ONLINE FEATURE TABLE",
  "DYNAMIC TABLE",
  "DYNAMIC ICEBERG TABLE",
  "INTERACTIVE MATERIALIZED VIEW",
  "MATERIALIZED VIEW",
]);

/** Objects of an account: their names have one part. https://docs.snowflake.com/en/sql-reference/name-resolution */
const OF_ACCOUNT: ReadonlySet<ObjectType> = new Set([
  "APPLICATION",
  "APPLICATION PACKAGE",
  "COMPUTE POOL",
  "DATABASE",
  "EXTERNAL VOLUME",
  "FAILOVER GROUP",
  "INTERACTIVE WAREHOUSE",
  "MANAGED ACCOUNT",
  "REPLICATION GROUP",
  "RESOURCE MONITOR",
  "ROLE",
  "SHARE",
  "USER",
  "WAREHOUSE",
]);

/** Objects of a database: their names have two parts at most. */
const OF_DATABASE: ReadonlySet<ObjectType> = new Set(["DATABASE ROLE", "SCHEMA"]);

/** How many parts the name of such an object may have. */
export function mostParts(objectType: ObjectType): number {
  if (OF_ACCOUNT.has(objectType) || objectType.endsWith("INTEGRATION")) return 1;
  return OF_DATABASE.has(objectType) ? 2 : 3;
}

function pluralOf(type: string): string {
  if (type.endsWith("Y")) return `${type.slice(0, -1)}IES`;
  return /(?:S|X)$/.test(type) ? `${type}ES` : `${type}S`;
}

/** Kinds by their first word, the longest first, so that DATABASE ROLE is found before DATABASE. */
export class ObjectTypes {
  private readonly byFirstWord = new Map<string, string[][]>();

  constructor(
    types: Iterable<string>,
    private readonly abbreviations: Partial<Record<string, ObjectType>> = {},
  ) {
    for (const type of types) {
      const words = type.split(" ");
      const first = words[0] as string;
      const entries = this.byFirstWord.get(first) ?? [];
      entries.push(words);
      entries.sort((a, b) => b.length - a.length);
      this.byFirstWord.set(first, entries);
    }
  }

  /** The kind that stands here, stepped over. */
  accept(cursor: Cursor): ObjectType | undefined {
    const entries = this.byFirstWord.get(cursor.token.keyword);
    const words = entries?.find((w) => cursor.isSequence(...w));
    if (words === undefined) return undefined;
    cursor.acceptSequence(...words);
    return words.join(" ");
  }

  expect(cursor: Cursor): ObjectType {
    const type = this.accept(cursor);
    if (type !== undefined) return type;
    const abbreviated = this.abbreviations[cursor.token.keyword];
    if (abbreviated === undefined) throw cursor.unexpected(["a kind of object"]);
    cursor.next();
    return abbreviated;
  }
}

const SINGULAR_OF = new Map(SINGULAR.map((type) => [pluralOf(type), type as string]));

export const SINGULAR_NAMES: ReadonlySet<ObjectType> = new Set(SINGULAR);

/** `TABLE`, `DYNAMIC TABLE`, … */
export const SINGULAR_TYPES = new ObjectTypes(SINGULAR, { RSS: "RESTRICTED SESSION SCOPE" });

/** `TABLES`, `DYNAMIC TABLES`, … */
export const PLURAL_TYPES = new ObjectTypes(SINGULAR_OF.keys());

/** Whatever may follow SHOW. */
export const SHOWN_TYPES = new ObjectTypes(new Set([...SINGULAR_OF.keys(), ...SHOWN]));

/** The singular of a kind that `PLURAL_TYPES` found. */
export function singularOf(plural: ObjectType): ObjectType {
  return SINGULAR_OF.get(plural) ?? plural;
}
