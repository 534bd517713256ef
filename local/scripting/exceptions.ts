import type { ExceptionHandler } from "../../dialect/index";
import { type Position, SnowflakeError } from "../errors";

/** `e EXCEPTION (-20002, 'message')`: told apart by identity, since inner blocks may declare the same name. */
export interface DeclaredException {
  name: string;
  number: number;
  message: string;
}

export type ExceptionName = "STATEMENT_ERROR" | "EXPRESSION_ERROR" | (string & {});

/** The number of an exception that was declared without one. Source: …/sql-reference/snowflake-scripting/declare */
export const DEFAULT_EXCEPTION_NUMBER = -20001;

/** SQLSTATE of every exception that a script declares. */
const DECLARED_SQL_STATE = "P0001";

/** An error on its way through the blocks of a script. */
export class ScriptError extends SnowflakeError {
  /** Set once the CONTINUE handlers around the failing statement have had their turn. */
  passed = false;

  constructor(
    readonly exception: ExceptionName,
    /** SQLERRM: the message without the place. */
    readonly reason: string,
    code: string,
    sqlState: string,
    readonly at: Position,
    readonly declared?: DeclaredException,
    options?: { cause?: unknown },
  ) {
    super(code, sqlState, reason, options);
  }

  static raised(declared: DeclaredException, at: Position): ScriptError {
    return new ScriptError(declared.name, declared.message, String(declared.number), DECLARED_SQL_STATE, at, declared);
  }

  static of(exception: ExceptionName, error: SnowflakeError, at: Position): ScriptError {
    return new ScriptError(exception, error.message, error.code, error.sqlState, at, undefined, { cause: error });
  }

  /** What a client sees when no handler took it. */
  uncaught(): SnowflakeError {
    const { line, column } = this.at;
    const message = `Uncaught exception of type '${this.exception}' on line ${line} at position ${column} : ${this.reason}`;
    return new SnowflakeError(this.code, this.sqlState, message, { cause: this });
  }
}

/** Cancellation and time-outs end the whole script; no handler may keep it alive. */
export const isFinal = (error: unknown): boolean =>
  !(error instanceof ScriptError) &&
  (!(error instanceof SnowflakeError) || ["000603", "000604", "000630"].includes(error.code));

/** Does this WHEN take the error? `resolve` finds what an exception's name stands for at the handler's block. */
export function takes(
  handler: ExceptionHandler,
  error: ScriptError,
  resolve: (name: string) => DeclaredException | undefined,
): boolean {
  if (handler.other) return true;
  return handler.exceptions.some((name) => {
    const declared = resolve(name.value);
    return declared ? declared === error.declared : error.declared === undefined && name.value === error.exception;
  });
}
