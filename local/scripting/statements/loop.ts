import type { Loop, Repeat, While } from "../../../dialect/index";
import type { Interpreter } from "../interpreter";
import type { Scope } from "../scope";
import { loopOutcome, type Signal } from "../signal";

export async function runWhile(interpreter: Interpreter, loop: While, scope: Scope): Promise<Signal | undefined> {
  while (await interpreter.isTrue(loop.condition, scope)) {
    const signal = await pass(interpreter, loop, scope);
    if (signal) return signal === "stop" ? undefined : signal;
  }
  return undefined;
}

export async function runRepeat(interpreter: Interpreter, loop: Repeat, scope: Scope): Promise<Signal | undefined> {
  do {
    const signal = await pass(interpreter, loop, scope);
    if (signal) return signal === "stop" ? undefined : signal;
  } while (!(await interpreter.isTrue(loop.until, scope)));
  return undefined;
}

export async function runLoop(interpreter: Interpreter, loop: Loop, scope: Scope): Promise<Signal | undefined> {
  for (;;) {
    const signal = await pass(interpreter, loop, scope);
    if (signal) return signal === "stop" ? undefined : signal;
  }
}

/** Once through the body of a loop. */
export async function pass(
  interpreter: Interpreter,
  { statements, label, span }: Pick<Loop, "statements" | "label" | "span">,
  scope: Scope,
): Promise<Signal | "stop" | undefined> {
  interpreter.context.signal.throwIfAborted();
  const signal = await interpreter.recovered(span, () => interpreter.statements(statements, scope.child()));
  const outcome = loopOutcome(signal, label?.value);
  return outcome === "next" ? undefined : outcome === "stop" ? "stop" : signal;
}
