import type { AttachedPolicy, ColumnDoc, SchemaObjectDoc } from "../model";

export interface ConstraintDoc {
  name: string;
  type: "PRIMARY KEY" | "UNIQUE" | "FOREIGN KEY";
  /** Column ids. */
  columns: number[];
  references?: { tableId: number; columns: number[] };
  /** Queries may be rewritten as if it held. */
  rely?: boolean;
  comment?: string;
  createdOn: number;
}

interface Protected {
  rowAccessPolicy?: AttachedPolicy;
}

/** Physical table `data.t<id>` with columns `c<column id>`, `_rid` and `_ver`; old row images in `data.d<id>` when changes are tracked. */
export interface TableDoc extends SchemaObjectDoc, Protected {
  kind: "TABLE";
  columns: ColumnDoc[];
  /** Next free column id. */
  nextColumnId: number;
  transient?: boolean;
  temporary?: boolean;
  /** Expressions as written: `TO_DATE(TS)`. */
  clusterBy?: string[];
  changeTracking?: boolean;
  constraints?: ConstraintDoc[];
  /** Target expressions of ADD SEARCH OPTIMIZATION as written; an empty list = the whole table. */
  searchOptimization?: string[];
  enableSchemaEvolution?: boolean;
  /** Of files that are loaded, where neither the statement nor its stage has a format. */
  stageFileFormat?: Record<string, unknown>;
  /** Version before which old row images are gone for good; absent while all are there. */
  historyFrom?: string;
}

export interface ViewDoc extends SchemaObjectDoc, Protected {
  kind: "VIEW";
  columns: ColumnDoc[];
  /** The complete CREATE statement as SHOW VIEWS prints it. */
  text: string;
  /** The query alone. */
  query: string;
  /** True when the statement had a column list (names then come from `columns`). */
  explicitColumns?: boolean;
  secure?: boolean;
  temporary?: boolean;
  recursive?: boolean;
  changeTracking?: boolean;
}

/**
 * A view over one table whose rows are always those of its query: they are computed when it is read. What it knows of its table
 * tells whether that has changed since.
 */
export interface MaterializedViewDoc extends SchemaObjectDoc, Protected {
  kind: "MATERIALIZED_VIEW";
  columns: ColumnDoc[];
  /** The complete CREATE statement as SHOW prints it. */
  text: string;
  /** The query alone, its stars written out. */
  query: string;
  explicitColumns?: boolean;
  secure?: boolean;
  base: { id: number; name: string; parentId: number; columns: { id: number; name: string; type: string }[] };
  clusterBy?: string[];
  /** By ALTER … SUSPEND. */
  suspended?: boolean;
}

/** Stored like a table (`data.t<id>`); the refresh engine owns the rest. */
export interface DynamicTableDoc extends SchemaObjectDoc, Protected {
  kind: "DYNAMIC_TABLE";
  columns: ColumnDoc[];
  nextColumnId: number;
  /** Normalised as SHOW DYNAMIC TABLES prints it. */
  text: string;
  query: string;
  /** The name as CREATE wrote it, with schema and database where it did. */
  writtenName?: string;
  /** Behind AS, with the blanks and comments around it. */
  writtenQuery?: string;
  explicitColumns?: boolean;
  /** Seconds, or DOWNSTREAM; null where only ALTER … REFRESH fills the table (`scheduler` is DISABLE). */
  targetLag: { seconds: number; text: string } | "DOWNSTREAM" | null;
  /** Where it was said. */
  scheduler?: "ENABLE" | "DISABLE";
  warehouseId: number;
  /** Of the builds from scratch, where it is not the same. */
  initializationWarehouseId?: number;
  initialize: "ON_CREATE" | "ON_SCHEDULE";
  /** As configured. */
  refreshMode: "AUTO" | "FULL" | "INCREMENTAL";
  /** As resolved at creation. */
  effectiveRefreshMode: "FULL" | "INCREMENTAL";
  refreshModeReason?: string;
  clusterBy?: string[];
  transient?: boolean;
  searchOptimization?: string[];
  schedulingState: "ACTIVE" | "SUSPENDED";
  suspendReason?: string;
  lastSuspendedOn?: number;
  resumedOn?: number;
  /** Scheduled refreshes that failed before any had succeeded. */
  failuresBeforeFirst?: number;
  /** State of the refresh engine: data timestamp, versions of the bases, failures in a row… Its shape belongs to dynamicTables/. */
  refreshState?: Record<string, unknown>;
  /** A clone that has the rows of its source, before any refresh of its own. */
  hasClonedRows?: boolean;
  /** As of a table. */
  historyFrom?: string;
}

export interface StreamDoc extends SchemaObjectDoc {
  kind: "STREAM";
  sourceId: number;
  /** DEFAULT, APPEND_ONLY, INSERT_ONLY. */
  mode: "DEFAULT" | "APPEND_ONLY" | "INSERT_ONLY";
  showInitialRows?: boolean;
  /** Version up to which changes were consumed. */
  offset: string;
  staleAfter?: number;
}

/** Its values come from the sequence `data.q<id>` of the engine, so that NEXTVAL does not change the catalogue. */
export interface SequenceDoc extends SchemaObjectDoc {
  kind: "SEQUENCE";
  start: number;
  increment: number;
  ordered: boolean;
  /** Set for the hidden sequence of an identity column. */
  hidden?: boolean;
}
