import type { DataType } from "./dataTypes";
import type { Expression } from "./expressions";
import type { Identifier } from "./names";
import type { BaseNode } from "./node";
import type { Property } from "./properties";
import type { CommonTableExpression, Query } from "./query";
import type { Block } from "./scripting";
import type { Statement } from "./statements";
import type { CreateModifiers, Governance } from "./tables";

/** An argument of a procedure or function. */
export interface Parameter extends BaseNode {
  kind: "Parameter";
  name: Identifier;
  type: DataType | ReturnedTable;
  mode?: "IN" | "OUT" | "INOUT";
  default?: Expression;
}

/** `TABLE (a INT, b VARCHAR)`, empty for `TABLE ()`. */
export interface ReturnedTable extends BaseNode {
  kind: "ReturnedTable";
  columns: { name: Identifier; type: DataType }[];
}

/**
 * The body of a routine, as text with the place of its first character. For SQL it is parsed too: a procedure's into
 * `block`, a function's into `expression` or `query`, all with positions in the outer text.
 */
export interface RoutineBody extends BaseNode {
  kind: "RoutineBody";
  quoting: "dollar" | "single" | "none";
  text: string;
  block?: Block;
  expression?: Expression;
  query?: Query;
  /** A procedure of one statement without BEGIN … END. */
  statement?: Statement;
}

export interface CreateProcedure extends BaseNode, CreateModifiers {
  kind: "CreateProcedure";
  secure: boolean;
  temporary?: boolean;
  parameters: Parameter[];
  returns: DataType | ReturnedTable;
  returnsNotNull: boolean;
  /** SQL unless said otherwise; upper case. */
  language: string;
  /** EXECUTE AS OWNER is the default. */
  executeAs?: "OWNER" | "CALLER" | "RESTRICTED CALLER";
  /** COMMENT, HANDLER, PACKAGES, IMPORTS, RUNTIME_VERSION, `CALLED ON NULL INPUT`, VOLATILE … */
  properties: Property[];
  /** Absent when a handler in IMPORTS is used. */
  body?: RoutineBody;
}

export interface CreateFunction extends BaseNode, CreateModifiers, Governance {
  kind: "CreateFunction";
  secure: boolean;
  temporary: boolean;
  aggregate: boolean;
  /** `CREATE EXTERNAL FUNCTION`; a service function has `service`. */
  external: boolean;
  /** `CREATE DATA METRIC FUNCTION`. */
  dataMetric: boolean;
  /** `CREATE AI FUNCTION`; without a body it takes over a run: `FROM EXPERIMENT e RUN r`, both among the properties. */
  ai?: true;
  parameters: Parameter[];
  returns: DataType | ReturnedTable;
  returnsNotNull: boolean;
  language: string;
  volatility?: "VOLATILE" | "IMMUTABLE" | "MEMOIZABLE";
  properties: Property[];
  body?: RoutineBody;
}

/** `WITH name AS PROCEDURE (…) … CALL name(…)`: an anonymous procedure. */
export interface CallWithProcedure extends BaseNode {
  kind: "CallWithProcedure";
  procedure: CreateProcedure;
  tables?: CommonTableExpression[];
  call: import("./commands").Call;
}
