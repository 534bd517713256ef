import type { RowsAside } from "../execution/setAside";
import type { Value } from "../execution/value";
import type { WriteUnit } from "../store/writeUnit";

export interface OpenTransaction {
  /** CURRENT_TRANSACTION(): milliseconds-based text, as Snowflake's. */
  id: string;
  name: string;
  startedOn: number;
  /** Set by the first write; holds the write lock. */
  unit?: WriteUnit | undefined;
  /** What it had written when it gave the engine to others; then it has no unit. */
  aside?: readonly RowsAside[] | undefined;
  /** The statement that made the first write, and when. */
  locked?: { queryId: string; at: number };
  /** Tables whose rows it has changed. */
  readonly tables: Set<number>;
  /** The procedure call (or 0 = the session) that began it; only there it may end. */
  scope: number;
  /** The transaction of an enclosing scope, which goes on when this one ends. */
  enclosing: OpenTransaction | null;
}

/** One connection of a client. Only the statements of the session itself change it. */
export interface Session {
  /** Decimal digits within int64: drivers read an integer. */
  readonly id: string;
  readonly userId: number;
  readonly createdOn: number;
  roleId: number | null;
  secondaryRoles: "ALL" | "NONE" | readonly number[];
  warehouseId: number | null;
  databaseId: number | null;
  schemaId: number | null;
  /** Set by ALTER SESSION or at login, upper-case names. Effective values: `parameters/effective.ts`. */
  readonly parameters: Map<string, string | number | boolean>;
  /** SET x = …, upper-case names. */
  readonly variables: Map<string, Value>;
  transaction: OpenTransaction | null;
  /** A statement that waits for the lock of another session's transaction, and since when. */
  waiting?: { queryId: string; since: number; behind?: Session | undefined } | undefined;
  /** Newest last; LAST_QUERY_ID(n) counts here. */
  readonly queryIds: string[];
  /** Set when it was opened by a programmatic access token; `roleId` is the only role that it may have. */
  readonly accessToken?: { roleId?: number };
  readonly client: {
    application: string;
    version: string;
    environment: Record<string, unknown>;
    /** From where it logged in; absent for work of the server itself. */
    address?: string;
  };
  /** Background work without a warehouse of its own: serverless tasks and alerts. */
  readonly serverless?: boolean;
  lastUsedOn: number;
  closed: boolean;
}
