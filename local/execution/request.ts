import type { OpenTransaction } from "../session/session";
import type { WriteUnit } from "../store/writeUnit";

/** What all statements of one client request share. */
export interface RequestScope {
  /** User and requestId; undefined for work that the server starts itself. */
  readonly key?: string;
  /** The query id that the client sees. */
  readonly queryId: string;
  /** Writes of this request that are not committed yet: they commit with the answer. */
  unit?: WriteUnit | undefined;
  /** When the unit was opened, by the monotonic clock of the machine. */
  unitSince?: number;
  /** Something of the request was committed before its answer was known. */
  partlyCommitted: boolean;
  /** DDL leaves the session's open transaction as it is: Snowpark says so of its own temporary objects. */
  readonly keepsTransaction?: boolean;
  /** The transaction that is not the session's while such a DDL statement runs. */
  keptTransaction?: OpenTransaction | undefined;
}
