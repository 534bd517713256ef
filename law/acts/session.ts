import { type ConstantOf, constantText, parseStatements } from "../../dialect/index";
import { type AnyNode, someStatement } from "./children";
import { DYNAMIC, nameParts } from "./names";

/**
 * What may have happened to the variables of the session where a statement stands: a procedure with its caller's rights may
 * SET them, and so may a text that was put together. What is SET behind that is known again.
 */
export class Session {
  private changed = false;
  private setSince = new Set<string>();

  /** Somebody may have given every variable another value. */
  change(): void {
    this.changed = true;
    this.setSince.clear();
  }

  set(names: readonly string[]): void {
    for (const name of names) this.setSince.add(name);
  }

  /** What is SET while this runs may also not be: in a branch, in a loop. */
  perhaps(run: () => void): void {
    const before = new Set(this.setSince);
    run();
    this.setSince = this.changed ? new Set([...before].filter((name) => this.setSince.has(name))) : before;
  }

  /** Variables whose text is not to be relied on from here; later changes are not seen by it. */
  isKnown(): (name: string) => boolean {
    const { changed } = this;
    const known = changed ? new Set(this.setSince) : undefined;
    return (name) => known === undefined || !name.startsWith("$") || known.has(name.slice(1));
  }
}

/** A call of a procedure that anybody may have written; Snowflake's own leave variables alone. */
export function callsProcedure(node: AnyNode): boolean {
  if (node.kind === "CallWithProcedure") return true;
  if (node.kind !== "Call") return false;
  const parts = nameParts(node.procedure, () => undefined);
  return parts === DYNAMIC || !(parts[0] === "SNOWFLAKE" || parts.at(-1)?.startsWith("SYSTEM$"));
}

/** The same, or a text that is not known, calls something or sets variables by itself. */
export function mayChangeSession(node: AnyNode, constantOf: ConstantOf): boolean {
  if (node.kind !== "ExecuteImmediate" || node.statements) return callsProcedure(node);
  const text = constantText(node.text, constantOf);
  return text === undefined || parseStatements(text).statements.some((one) => someStatement(one, changesByItself));
}

const changesByItself = (node: AnyNode): boolean =>
  callsProcedure(node) || node.kind === "ExecuteImmediate" || node.kind === "SetVariable";
