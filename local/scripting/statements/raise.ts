import type { Raise } from "../../../dialect/index";
import { compilationError, invalidIdentifier } from "../../errors";
import { ScriptError } from "../exceptions";
import type { Interpreter } from "../interpreter";
import type { Scope } from "../scope";

/** `RAISE e`, or inside a handler a bare RAISE, which raises the handled error again. */
export async function runRaise(interpreter: Interpreter, { exception, span }: Raise, scope: Scope): Promise<never> {
  const at = interpreter.positionOf(span);
  if (!exception) {
    const current = scope.implicit.current;
    if (!current)
      throw compilationError("001003", "42000", "RAISE without an exception is allowed in a handler only.", at);
    throw new ScriptError(
      current.exception,
      current.reason,
      current.code,
      current.sqlState,
      current.at,
      current.declared,
    );
  }
  const slot = scope.find(exception.value);
  if (slot?.kind !== "exception") throw invalidIdentifier(exception.value, at);
  throw ScriptError.raised(slot.exception, at);
}
