import type {
  CursorDeclaration,
  Declaration,
  ResultSetDeclaration,
  ScriptValue,
  Statement,
  VariableDeclaration,
} from "../../dialect/index";
import { compilationError } from "../errors";
import type { Value } from "../execution/value";
import { resolveType } from "../translate/index";
import { type DataType, FLOAT, NULL, number, varchar } from "../types/dataType";
import { DEFAULT_EXCEPTION_NUMBER } from "./exceptions";
import type { Interpreter } from "./interpreter";
import { Job, startChild } from "./job";
import type { Scope } from "./scope";
import { convert } from "./values";

const NOTHING: Value = { type: NULL, value: null };

/** One entry of DECLARE, or a LET inside the block. */
export async function declare(interpreter: Interpreter, declaration: Declaration, scope: Scope): Promise<void> {
  switch (declaration.kind) {
    case "VariableDeclaration":
      return declareVariable(interpreter, declaration, scope);
    case "CursorDeclaration":
      return declareCursor(declaration, scope);
    case "ResultSetDeclaration":
      return declareResultSet(interpreter, declaration, scope);
    case "ExceptionDeclaration": {
      const { name, number = DEFAULT_EXCEPTION_NUMBER, message } = declaration;
      if (number < -20_999 || number > -20_000)
        throw compilationError(
          "001003",
          "42000",
          `Exception ${name.value} has the number ${number}; expected one from -20999 to -20000.`,
          interpreter.positionOf(declaration.span),
        );
      const text = message ? (await interpreter.evaluate(message, scope)).value : "";
      scope.declare(name.value, {
        kind: "exception",
        exception: { name: name.value, number, message: String(text ?? "") },
      });
      return;
    }
    case "ProcedureDeclaration": {
      const parts = declaration.procedure.name.kind === "ObjectName" ? declaration.procedure.name.parts : [];
      const own = scope.asOfNow();
      const slot = { kind: "procedure", procedure: declaration.procedure, scope: own } as const;
      for (const holder of [scope, own]) holder.declare(parts.at(-1)?.value ?? "", slot);
      return;
    }
  }
}

export async function declareVariable(
  interpreter: Interpreter,
  { name, type: writtenType, value }: VariableDeclaration,
  scope: Scope,
): Promise<void> {
  const declared = writtenType && resolveType(writtenType);
  const initial = value ? await interpreter.scalar(value, scope, declared !== undefined) : NOTHING;
  const type = declared ?? (value ? inferred(initial.type) : undefined);
  const span = value?.span ?? name.span;
  const converted = await interpreter.expressionAt(span, () => convert(interpreter.context, initial, type));
  scope.declare(name.value, { kind: "value", type, value: converted });
}

/**
 * The type of a variable that is declared by its first value: one that is flexible and large.
 * Source: …/snowflake-scripting/variables, "How Snowflake Scripting infers the data type of a variable"
 */
function inferred(type: DataType): DataType | undefined {
  switch (type.kind) {
    case "NULL":
      return undefined;
    case "NUMBER":
      return type.scale === 0 ? number() : FLOAT;
    case "VARCHAR":
      return varchar();
    default:
      return type;
  }
}

export function declareCursor(declaration: CursorDeclaration, scope: Scope): void {
  scope.declare(declaration.name.value, { kind: "cursor", source: declaration.for });
}

export async function declareResultSet(
  interpreter: Interpreter,
  { name, value }: ResultSetDeclaration,
  scope: Scope,
): Promise<void> {
  scope.declare(name.value, { kind: "resultSet", job: value && (await startJob(interpreter, value, scope)) });
}

/** Runs `(statement)`, or starts `ASYNC (statement)`; another RESULTSET may be handed over by name. */
export async function startJob(interpreter: Interpreter, value: ScriptValue, scope: Scope): Promise<Job> {
  switch (value.kind) {
    case "StatementValue": {
      if (value.async) return startChild(interpreter, value.statement, scope);
      return finished(interpreter, value.statement, scope);
    }
    case "SubqueryExpression":
      return finished(interpreter, value.query, scope);
    case "Parenthesized":
      return startJob(interpreter, value.expression, scope);
    case "ColumnReference":
    case "BindVariable": {
      const slot = scope.find(value.kind === "BindVariable" ? value.name.value : (value.parts[0]?.value ?? ""));
      if (slot?.kind === "resultSet" && slot.job) return slot.job;
    }
  }
  throw compilationError("001044", "42P13", "A RESULTSET takes the result of a statement in parentheses.");
}

async function finished(interpreter: Interpreter, statement: Statement, scope: Scope): Promise<Job> {
  const job = new Job(() => interpreter.sql(statement, scope));
  await job.done;
  return job;
}
