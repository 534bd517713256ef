import type { Argument } from "./calls";
import type { Expression } from "./expressions";
import type { Identifier, LocationReference, Name } from "./names";
import type { BaseNode, Span } from "./node";
import type { Property, TagAssignment } from "./properties";
import type { Statement } from "./statements";

/** `CALL p(a, b) [INTO :v]`, `CALL p(x => a)`; also `CALL object!METHOD(…)`. */
export interface Call extends BaseNode {
  kind: "Call";
  procedure: Name;
  method?: Identifier;
  args: Argument[];
  into?: Identifier;
}

/**
 * `EXECUTE IMMEDIATE 'text' | $$…$$ | variable | expression [USING (a, b)]`. When the text is a literal,
 * `statements` is what it says, with positions in the outer text; `error` says why it cannot be read.
 */
export interface ExecuteImmediate extends BaseNode {
  kind: "ExecuteImmediate";
  text: Expression;
  using: Expression[];
  statements?: Statement[];
  error?: { message: string; span: Span };
}

/** `EXECUTE IMMEDIATE FROM @stage/file | './file' [USING (k => v)] [DRY_RUN = TRUE]` */
export interface ExecuteImmediateFrom extends BaseNode {
  kind: "ExecuteImmediateFrom";
  location: LocationReference;
  using: Argument[];
  properties: Property[];
}

/** `EXECUTE TASK t [RETRY LAST] [USING CONFIG = '…']`, `EXECUTE ALERT a`. */
export interface ExecuteTask extends BaseNode {
  kind: "ExecuteTask";
  name: Name;
  retryLast: boolean;
  properties: Property[];
}

/** `EXECUTE JOB SERVICE IN COMPUTE POOL p FROM … NAME = n`; the properties hold all of it. */
export interface ExecuteJobService extends BaseNode {
  kind: "ExecuteJobService";
  properties: Property[];
  tags: TagAssignment[];
}

export interface ExecuteAlert extends BaseNode {
  kind: "ExecuteAlert";
  name: Name;
}

/** `EXPLAIN [USING TABULAR | JSON | TEXT] statement` */
export interface Explain extends BaseNode {
  kind: "Explain";
  /** `EXPLAIN CHANGES`: what the statement would change. */
  changes?: boolean;
  format?: "TABULAR" | "JSON" | "TEXT";
  statement: Statement;
}

export interface Put extends BaseNode {
  kind: "Put";
  file: string;
  location: LocationReference;
  properties: Property[];
}

export interface Get extends BaseNode {
  kind: "Get";
  location: LocationReference;
  file: string;
  properties: Property[];
}

/** LIST | LS */
export interface List extends BaseNode {
  kind: "List";
  location: LocationReference;
  properties: Property[];
}

/** REMOVE | RM */
export interface Remove extends BaseNode {
  kind: "Remove";
  location: LocationReference;
  properties: Property[];
}

/** `statement ->> statement ->> …`: `$n` in FROM is the result n steps back. */
export interface Flow extends BaseNode {
  kind: "Flow";
  statements: Statement[];
}

/**
 * A statement that Snowflake documents and that has no tree of its own yet. `verb` and `objectType` are upper case;
 * `makesTable` tells whether it makes something that stores rows (TT01 of the law).
 */
export interface Unmodelled extends BaseNode {
  kind: "Unmodelled";
  verb: string;
  objectType?: string;
  name?: Name;
  orReplace?: boolean;
  ifExists?: boolean;
  makesTable: boolean;
  /** What an instance of a class is made of: `CREATE SNOWFLAKE.ML.FORECAST f(INPUT_DATA => TABLE(t))`. */
  args?: Argument[];
  /** The statement as written. */
  text: string;
}
