import type { ScriptStatement } from "../../../dialect/index";
import { declareCursor, declareResultSet, declareVariable } from "../declarations";
import type { Interpreter } from "../interpreter";
import type { Scope } from "../scope";
import type { Signal } from "../signal";
import { assignVariable, callInto, selectInto } from "./assign";
import { runAsync, runAwait, runCancel } from "./async";
import { runCase, runIf } from "./branch";
import { closeCursor, fetchCursor, openCursor } from "./cursor";
import { executeImmediate } from "./executeImmediate";
import { forCounter, forCursor } from "./for";
import { runLoop, runRepeat, runWhile } from "./loop";
import { runRaise } from "./raise";
import { runReturn } from "./return";

type Run<K extends ScriptStatement["kind"]> = (
  interpreter: Interpreter,
  statement: Extract<ScriptStatement, { kind: K }>,
  scope: Scope,
) => Promise<unknown>;

const statements: { [K in ScriptStatement["kind"]]?: Run<K> } = {
  Block: (interpreter, block, scope) => interpreter.block(block, scope),
  VariableDeclaration: declareVariable,
  CursorDeclaration: async (_, declaration, scope) => declareCursor(declaration, scope),
  ResultSetDeclaration: declareResultSet,
  VariableAssignment: assignVariable,
  Query: selectInto,
  Call: callInto,
  ExecuteImmediate: executeImmediate,
  If: runIf,
  CaseStatement: runCase,
  ForCursor: forCursor,
  ForCounter: forCounter,
  While: runWhile,
  Repeat: runRepeat,
  Loop: runLoop,
  Break: async (_, { label }) => ({ type: "break", label: label?.value }),
  Continue: async (_, { label }) => ({ type: "continue", label: label?.value }),
  Return: runReturn,
  Raise: runRaise,
  OpenCursor: openCursor,
  FetchCursor: fetchCursor,
  CloseCursor: closeCursor,
  NullStatement: async () => undefined,
  AsyncStatement: runAsync,
  Await: runAwait,
  Cancel: runCancel,
};

/** What Snowflake Scripting does itself; every other statement is plain SQL. */
export const SCRIPT_STATEMENTS = statements as Partial<
  Record<
    ScriptStatement["kind"],
    (interpreter: Interpreter, statement: never, scope: Scope) => Promise<Signal | undefined>
  >
>;
