import type { DataType } from "./dataTypes";
import type { BindVariable, Expression } from "./expressions";
import type { Identifier } from "./names";
import type { BaseNode } from "./node";
import type { Query } from "./query";
import type { CreateProcedure } from "./routines";
import type { Statement } from "./statements";

/** `[DECLARE …] BEGIN … [EXCEPTION …] END [label]` */
export interface Block extends BaseNode {
  kind: "Block";
  declarations: Declaration[];
  statements: ScriptStatement[];
  handlers: ExceptionHandler[];
  label?: Identifier;
}

/** Inside a block every SQL statement may stand beside the statements of Snowflake Scripting. */
export type ScriptStatement = Statement;

export type Declaration =
  | VariableDeclaration
  | CursorDeclaration
  | ResultSetDeclaration
  | ExceptionDeclaration
  | ProcedureDeclaration;

/** `name [type] [DEFAULT | := value]`; the same node with `let: true` for `LET name …` inside the block. */
export interface VariableDeclaration extends BaseNode {
  kind: "VariableDeclaration";
  let: boolean;
  name: Identifier;
  type?: DataType;
  value?: ScriptValue;
}

/** `c CURSOR FOR query | resultset | text variable` */
export interface CursorDeclaration extends BaseNode {
  kind: "CursorDeclaration";
  let: boolean;
  name: Identifier;
  for: Query | Statement | Expression;
}

/** `r RESULTSET [DEFAULT | := [ASYNC] (statement)]` */
export interface ResultSetDeclaration extends BaseNode {
  kind: "ResultSetDeclaration";
  let: boolean;
  name: Identifier;
  value?: ScriptValue;
}

/** `e EXCEPTION [(-20002, 'message')]` */
export interface ExceptionDeclaration extends BaseNode {
  kind: "ExceptionDeclaration";
  name: Identifier;
  number?: number;
  message?: Expression;
}

/** A nested procedure in DECLARE. */
export interface ProcedureDeclaration extends BaseNode {
  kind: "ProcedureDeclaration";
  procedure: CreateProcedure;
}

/** An expression, or a statement in parentheses whose result is taken, as in `rs := (SELECT …)` or `n := (CALL p())`. */
export type ScriptValue = Expression | StatementValue;

export interface StatementValue extends BaseNode {
  kind: "StatementValue";
  async: boolean;
  parenthesized: boolean;
  statement: Statement;
}

/** `x := value` */
export interface VariableAssignment extends BaseNode {
  kind: "VariableAssignment";
  target: Identifier;
  /** `:x := …` is allowed as well. */
  value: ScriptValue;
}

export interface If extends BaseNode {
  kind: "If";
  branches: { condition: Expression; statements: ScriptStatement[] }[];
  otherwise?: ScriptStatement[];
}

export interface CaseStatement extends BaseNode {
  kind: "CaseStatement";
  operand?: Expression;
  branches: { condition: Expression; statements: ScriptStatement[] }[];
  otherwise?: ScriptStatement[];
}

/** `FOR r IN cursor | resultset DO … END FOR` */
export interface ForCursor extends BaseNode {
  kind: "ForCursor";
  variable: Identifier;
  in: Expression | StatementValue;
  statements: ScriptStatement[];
  label?: Identifier;
}

/** `FOR i IN [REVERSE] a TO b DO … END FOR` */
export interface ForCounter extends BaseNode {
  kind: "ForCounter";
  variable: Identifier;
  reverse: boolean;
  from: Expression;
  to: Expression;
  by?: Expression;
  statements: ScriptStatement[];
  label?: Identifier;
}

export interface While extends BaseNode {
  kind: "While";
  condition: Expression;
  statements: ScriptStatement[];
  label?: Identifier;
}

export interface Repeat extends BaseNode {
  kind: "Repeat";
  statements: ScriptStatement[];
  until: Expression;
  label?: Identifier;
}

export interface Loop extends BaseNode {
  kind: "Loop";
  statements: ScriptStatement[];
  label?: Identifier;
}

/** BREAK | EXIT [label] */
export interface Break extends BaseNode {
  kind: "Break";
  label?: Identifier;
}

/** CONTINUE | ITERATE [label] */
export interface Continue extends BaseNode {
  kind: "Continue";
  label?: Identifier;
}

/** `RETURN expr`, `RETURN TABLE(rs | SELECT …)`; no value at all is allowed. */
export interface Return extends BaseNode {
  kind: "Return";
  value?: ScriptValue;
  /** `RETURN TABLE(…)`. */
  table?: Expression | Query | Statement;
}

/** `RAISE name`, or a bare RAISE inside a handler. */
export interface Raise extends BaseNode {
  kind: "Raise";
  exception?: Identifier;
}

export interface OpenCursor extends BaseNode {
  kind: "OpenCursor";
  cursor: Identifier;
  using: Expression[];
}

export interface FetchCursor extends BaseNode {
  kind: "FetchCursor";
  cursor: Identifier;
  into: (Identifier | BindVariable)[];
}

export interface CloseCursor extends BaseNode {
  kind: "CloseCursor";
  cursor: Identifier;
}

export interface NullStatement extends BaseNode {
  kind: "NullStatement";
}

/** `ASYNC (statement)` as a statement. */
export interface AsyncStatement extends BaseNode {
  kind: "AsyncStatement";
  statement: Statement;
}

/** `AWAIT rs | ALL`, `CANCEL rs` */
export interface Await extends BaseNode {
  kind: "Await";
  /** Absent for AWAIT ALL. */
  resultSet?: Identifier;
}

export interface Cancel extends BaseNode {
  kind: "Cancel";
  resultSet: Identifier;
}

/** `WHEN a OR b [EXIT | CONTINUE] THEN …`; `OTHER` is the empty list with `other`. */
export interface ExceptionHandler extends BaseNode {
  kind: "ExceptionHandler";
  exceptions: Identifier[];
  other: boolean;
  mode?: "EXIT" | "CONTINUE";
  statements: ScriptStatement[];
}

export type ScriptingStatement =
  | Block
  | VariableDeclaration
  | CursorDeclaration
  | ResultSetDeclaration
  | VariableAssignment
  | If
  | CaseStatement
  | ForCursor
  | ForCounter
  | While
  | Repeat
  | Loop
  | Break
  | Continue
  | Return
  | Raise
  | OpenCursor
  | FetchCursor
  | CloseCursor
  | NullStatement
  | AsyncStatement
  | Await
  | Cancel;
