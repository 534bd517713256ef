import type { DuckDBValue } from "@duckdb/node-api";
import type { Statement } from "../../dialect/index";
import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { Services } from "../services";
import type { Session } from "../session/session";
import type { StageLocation } from "../stages/location";
import type { ChunkVisitor, EngineConnection, EngineRows } from "../store/connection";
import type { WriteUnit } from "../store/writeUnit";
import type { StatementResult } from "./result";
import type { Binds, Variables } from "./value";

/** In whose name something runs. */
export interface Rights {
  userId: number;
  /** The role that privileges are checked for; null = no role at all. */
  roleId: number | null;
  secondaryRoles: "ALL" | "NONE" | readonly number[];
  /**
   * `session`: at the top. `owner`: inside an owner's-rights procedure, view or dynamic table, where session commands are refused.
   * `caller`: inside a caller's-rights procedure.
   */
  frame: "session" | "owner" | "caller";
}

/** A file in a stage whose statements are run. */
export interface ScriptFile {
  stage: StageLocation;
  /** Within the stage, without a slash in front. */
  name: string;
  /** 1 for a file that no other file runs. */
  depth: number;
}

/** Where the body of a masking or row access policy is evaluated. */
export interface Policed {
  /** Of the statement or view that reads the relation: INVOKER_ROLE. */
  invoker: Rights;
  /** The relation and what holds it: CURRENT_DATABASE, CURRENT_SCHEMA. */
  databaseId: number;
  schemaId: number;
  relationId: number;
  /** The column that is masked. */
  column: string | undefined;
}

/** What may differ for a statement inside another one. */
export interface Frame {
  rights?: Rights;
  /** What is read through a definition (view, function, policy) with `rights`: CURRENT_ROLE and its kin still tell of who reads. */
  isDefinition?: boolean;
  policed?: Policed;
  binds?: Binds;
  variables?: Variables;
  /** Database and schema that unqualified names refer to, where it is not the session's (bodies of views and procedures). */
  namespace?: { databaseId: number; schemaId: number };
  /** Results of the statements before this one in a chain `a ->> b ->> c`, oldest first: `$1` is the last of them. */
  flow?: readonly StatementResult[];
  /** The file that the statement stands in. */
  file?: ScriptFile;
  /** Set for the body of a procedure: transactions may not cross its border. See `inProcedureScope`. */
  newScope?: boolean;
  /** `false`: the statement is part of its parent for QUERY_HISTORY and LAST_QUERY_ID. Default true: it gets its own query id. */
  ownQueryId?: boolean;
  /** The id of the statement where it must be known before it runs; a new one by default. */
  queryId?: string;
  /** A read beside the statements that follow it: on a connection of its own, on what is committed when it starts. */
  detached?: boolean;
  /** Ends the statement alone, besides what ends its parent. */
  signal?: AbortSignal;
  /** CURRENT_TIMESTAMP of a part without query id of its own, microseconds; the parent's by default. */
  now?: bigint;
}

export interface WriteOptions {
  /** DDL: commits the session's open transaction first, then commits itself. */
  ddl?: boolean;
  /** Id of the table with rows that are to be updated or deleted: no other open transaction may have done that. */
  locks?: number | undefined;
}

/** Everything one statement needs. Never shared between statements; a nested statement gets one from `nested`. */
export interface ExecutionContext {
  readonly services: Services;
  readonly session: Session;
  readonly rights: Rights;
  /** Who reads: `rights`, but for a definition that is read through those of the statement around it. */
  readonly reader: Rights;
  /** Set in the body of a policy. */
  readonly policed: Policed | undefined;
  readonly queryId: string;
  /** The query id of the client's request, the same for all statements inside it. */
  readonly rootQueryId: string;
  /** The time of the statement, microseconds: CURRENT_TIMESTAMP and everything that derives from it. */
  readonly now: bigint;
  readonly binds: Binds;
  readonly variables: Variables | undefined;
  readonly signal: AbortSignal;
  /** Results of the earlier statements of a chain `a ->> b ->> c`, oldest first; empty outside a chain. */
  readonly flow: readonly StatementResult[];
  /** 0 for what the client sent, +1 for each statement inside. */
  readonly depth: number;
  /** Number of the procedure call this belongs to; 0 = the session itself. */
  readonly scope: number;
  /** The text that spans of the statement's tree refer to. */
  readonly text: string;
  /** The file that EXECUTE IMMEDIATE FROM took the statement from; undefined when it came otherwise. */
  readonly file: ScriptFile | undefined;

  /** The state to resolve against: committed, plus the changes of the session's own open transaction. */
  readonly catalogue: CatalogueSnapshot;
  /** Current database and schema for unqualified names. */
  readonly namespace: { databaseId: number | null; schemaId: number | null };

  /** Reads. Sees the session's own open transaction, never waits for writers. */
  query(sql: string, params?: readonly DuckDBValue[]): Promise<EngineRows>;
  stream(sql: string, params: readonly DuckDBValue[], visit: ChunkVisitor): Promise<void>;
  /** Reads on one connection throughout: for a query with prerequisites (temporary tables belong to a connection). */
  withConnection<T>(work: (connection: EngineConnection) => Promise<T>): Promise<T>;
  /**
   * Changes data or catalogue under the write lock. When `work` throws, everything it did is undone and nothing else.
   * Outside a transaction the changes are committed together with the answer of the client's request (so a retry of the
   * request never does them twice); several writes of one CALL or block share that commit. Resolve names inside `work`
   * (`context.catalogue` is then the unit's): others may have changed them while this one waited.
   */
  write<T>(work: (unit: WriteUnit) => Promise<T>, options?: WriteOptions): Promise<T>;
  /** Commits now what the request has written so far (not an open transaction) and frees the lock: before SYSTEM$WAIT and other long waits. */
  settle(): Promise<void>;

  /** COMMIT: the open transaction becomes what the request has written, and commits together with its answer. */
  adoptTransaction(): void;

  /** A context for statements inside this one. */
  nested(frame: Frame): ExecutionContext;
  /** Runs a parsed statement in this context as a statement of its own (dispatch, history). `text` is what its spans refer to. */
  execute(statement: Statement, text: string, frame?: Frame): Promise<StatementResult>;
  /** Parses and runs a text that must hold exactly one statement. */
  executeText(text: string, frame?: Frame): Promise<StatementResult>;
}
