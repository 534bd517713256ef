import type { Block, ExceptionHandler } from "../../dialect/index";
import { declare } from "./declarations";
import { isFinal, ScriptError, takes } from "./exceptions";
import type { Interpreter, Recover } from "./interpreter";
import type { Scope } from "./scope";
import type { Signal } from "./signal";

/**
 * Runs a block: declarations, statements, handlers. An EXIT handler replaces the rest of the block; a CONTINUE handler runs
 * at the place of the error and the script goes on behind the statement that failed.
 * Source: https://docs.snowflake.com/en/sql-reference/snowflake-scripting/exception
 */
export async function runBlock(interpreter: Interpreter, block: Block, outer: Scope): Promise<Signal | undefined> {
  const scope = outer.child();
  const enclosing = interpreter.recover;
  // Handlers are for what stands between BEGIN and EXCEPTION, not for declarations.
  for (const declaration of block.declarations) await declare(interpreter, declaration, scope);
  try {
    // What LET declares there is unknown to EXIT handlers; a CONTINUE handler runs in the midst of it.
    const body = scope.child();
    interpreter.recover = continueHandlers(interpreter, block, scope, body, enclosing);
    return closeLabel(await interpreter.statements(block.statements, body, true), block);
  } catch (error) {
    if (isFinal(error)) throw error;
    const script =
      error instanceof ScriptError
        ? error
        : ScriptError.of("EXPRESSION_ERROR", error as never, interpreter.positionOf(block.span));
    const handler = block.handlers.find(
      (candidate) => candidate.mode !== "CONTINUE" && takes(candidate, script, exceptionIn(scope)),
    );
    if (!handler) throw script;
    interpreter.recover = enclosing;
    return await runHandler(interpreter, handler, script, scope);
  } finally {
    interpreter.recover = enclosing;
  }
}

function continueHandlers(
  interpreter: Interpreter,
  block: Block,
  scope: Scope,
  body: Scope,
  enclosing: Recover | undefined,
): Recover | undefined {
  if (block.handlers.length === 0) return enclosing;
  return async (error) => {
    // The first handler of the innermost block that matches decides; an EXIT handler is run by the block itself.
    const handler = block.handlers.find((candidate) => takes(candidate, error, exceptionIn(scope)));
    if (!handler) return enclosing?.(error);
    if (handler.mode !== "CONTINUE") return undefined;
    const own = interpreter.recover;
    interpreter.recover = enclosing;
    try {
      return { signal: await runHandler(interpreter, handler, error, body) };
    } finally {
      interpreter.recover = own;
    }
  };
}

const runHandler = (interpreter: Interpreter, handler: ExceptionHandler, error: ScriptError, scope: Scope) =>
  scope.implicit.during(error, () => interpreter.statements(handler.statements, scope.child()));

const exceptionIn = (scope: Scope) => (name: string) => {
  const slot = scope.find(name);
  return slot?.kind === "exception" ? slot.exception : undefined;
};

/** BREAK with the label of a block leaves that block. */
const closeLabel = (signal: Signal | undefined, block: Block): Signal | undefined =>
  signal?.type === "break" && signal.label !== undefined && signal.label === block.label?.value ? undefined : signal;
