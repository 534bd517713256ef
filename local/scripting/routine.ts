import { type Block, DialectError, parseStatement } from "../../dialect/index";
import { compilationError, SnowflakeError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import type { Value, Variables } from "../execution/value";
import { checkScript } from "./check";
import { checkNames } from "./checkNames";
import { ScriptError } from "./exceptions";
import { Implicit } from "./implicit";
import { Interpreter } from "./interpreter";
import { Scope } from "./scope";
import type { Signal } from "./signal";

/** What a routine answered, and its variables as they stood at the end. */
export type Outcome = Extract<Signal, { type: "return" }> & { variables: Variables };

/**
 * Runs a block as a routine of its own: arguments are its first variables, and an error no handler took leaves it as "Uncaught
 * exception". `enclosing` are the variables around a nested procedure.
 */
export async function runRoutine(
  context: ExecutionContext,
  block: Block,
  text: string,
  args: ReadonlyMap<string, Value> = new Map(),
  enclosing?: Scope,
): Promise<Outcome> {
  compile(block, text, args, enclosing);
  const scope = new Scope(enclosing, new Implicit());
  for (const [name, value] of args) scope.declare(name, { kind: "value", type: value.type, value });
  const interpreter = new Interpreter(context, text);
  try {
    const signal = await interpreter.block(block, scope);
    if (signal && signal.type !== "return") throw outsideLoop(signal);
    return { ...(signal?.type === "return" ? signal : { type: "return" }), variables: scope };
  } catch (error) {
    throw error instanceof ScriptError ? error.uncaught() : error;
  } finally {
    for (const job of interpreter.jobs) job.cancel();
  }
}

/** What was found right, with the names of its arguments: the block of a procedure is parsed once and runs often. */
const compiled = new WeakMap<Block, string>();

function compile(block: Block, text: string, args: ReadonlyMap<string, Value>, enclosing: Scope | undefined): void {
  const names = [...args.keys()].join();
  if (!enclosing && compiled.get(block) === names) return;
  checkScript(block, text);
  checkNames(block, text, (name) => args.has(name) || enclosing?.find(name) !== undefined);
  if (!enclosing) compiled.set(block, names);
}

/** BREAK or CONTINUE that met no loop, or none of its label. */
const outsideLoop = ({ type, label }: Exclude<Signal, { type: "return" }>) =>
  compilationError(
    "001003",
    "42000",
    `${type.toUpperCase()} stands outside of a loop${label === undefined ? "" : ` with the label ${label}`}.`,
  );

/** The block that a stored body holds. */
export function parseBody(text: string): Block {
  try {
    const statement = parseStatement(text);
    if (statement.kind === "Block") return statement;
  } catch (error) {
    if (error instanceof DialectError) throw new SnowflakeError(error.code, error.sqlState, error.message);
    throw error;
  }
  throw new SnowflakeError("000002", "0A000", "Unsupported feature 'SQL procedure whose body is not a block'.");
}
