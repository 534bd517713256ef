import type { ObjectType, Span } from "../../ast/index";

export type ObjectAction =
  /** Rows, files or numbers are taken from it. */
  | "READ"
  | "INSERT"
  | "UPDATE"
  | "DELETE"
  | "MERGE"
  | "TRUNCATE"
  | "CREATE"
  | "ALTER"
  | "DROP"
  | "UNDROP"
  | "COMMENT"
  /** A procedure or a function that is not Snowflake's own. */
  | "CALL"
  | "EXECUTE";

/** One object that a statement uses, at the place where it is named. */
export interface ObjectUse {
  action: ObjectAction;
  /** `TABLE` for whatever stands in FROM by its name: a table, view, stream or dynamic table, which only a catalogue can tell apart. */
  objectType: ObjectType;
  /** The parts of its name as Snowflake stores them, `""` between two dots; absent where only run time knows it. */
  name?: string[];
  span: Span;
  /** The objects whose bodies it stands in, the outermost first: what runs there runs when they do, and not now. */
  within: BodyOwner[];
}

export interface BodyOwner {
  objectType: ObjectType;
  name?: string[];
}

export interface ObjectAccess {
  /** In the order of the text. */
  uses: ObjectUse[];
  /** EXECUTE IMMEDIATE of texts that only run time knows, bodies in other languages: what they use cannot be told. */
  opaque: Opaque[];
}

export interface Opaque {
  span: Span;
  within: BodyOwner[];
  reason: string;
}

const READS: ReadonlySet<ObjectAction> = new Set(["READ", "CALL", "EXECUTE"]);

/** The uses that only look: READ, CALL and EXECUTE. */
export const reads = ({ uses }: ObjectAccess): ObjectUse[] => uses.filter(({ action }) => READS.has(action));

/** The uses that leave something changed. */
export const writes = ({ uses }: ObjectAccess): ObjectUse[] => uses.filter(({ action }) => !READS.has(action));
