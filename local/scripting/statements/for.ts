import { DuckDBDecimalValue } from "@duckdb/node-api";
import type { ForCounter, ForCursor } from "../../../dialect/index";
import { invalidIdentifier, SnowflakeError } from "../../errors";
import type { Value } from "../../execution/value";
import { number } from "../../types/dataType";
import { ScriptError } from "../exceptions";
import type { Interpreter } from "../interpreter";
import { RowReader } from "../rowReader";
import type { Scope } from "../scope";
import type { Signal } from "../signal";
import { convert } from "../values";
import { openReader } from "./cursor";
import { pass } from "./loop";

const INTEGER = number(38, 0);

/** `FOR i IN [REVERSE] a TO b`: both ends included; the ends are evaluated once; no pass at all when a > b. */
export async function forCounter(
  interpreter: Interpreter,
  loop: ForCounter,
  scope: Scope,
): Promise<Signal | undefined> {
  const from = await integer(interpreter, loop.from, scope);
  const to = await integer(interpreter, loop.to, scope);
  const step = loop.by ? await integer(interpreter, loop.by, scope) : 1n;
  const own = scope.child();
  const last = step > 0n ? to - ((to - from) % step) : to;
  const [start, move] = loop.reverse ? [last, -step] : [from, step];
  for (let i = start; i >= from && i <= to; i += move) {
    own.declare(loop.variable.value, { kind: "value", type: INTEGER, value: counter(i) });
    const signal = await pass(interpreter, loop, own);
    if (signal) return signal === "stop" ? undefined : signal;
  }
  return undefined;
}

const counter = (i: bigint): Value => ({ type: INTEGER, value: new DuckDBDecimalValue(i, 38, 0) });

async function integer(interpreter: Interpreter, expression: ForCounter["from"], scope: Scope): Promise<bigint> {
  const { value } = await convert(interpreter.context, await interpreter.evaluate(expression, scope), INTEGER);
  if (!(value instanceof DuckDBDecimalValue))
    throw ScriptError.of(
      "EXPRESSION_ERROR",
      new SnowflakeError("100072", "22004", "A bound of FOR is NULL; expected a whole number"),
      interpreter.positionOf(expression.span),
    );
  return value.value;
}

/** `FOR r IN cursor | resultset`; a cursor is opened for the loop. */
export async function forCursor(interpreter: Interpreter, loop: ForCursor, scope: Scope): Promise<Signal | undefined> {
  const reader = await readerOf(interpreter, loop, scope);
  const own = scope.child();
  for (let row = await reader.next(); row; row = await reader.next()) {
    own.declare(loop.variable.value, { kind: "row", columns: reader.columns, row });
    const signal = await pass(interpreter, loop, own);
    if (signal) return signal === "stop" ? undefined : signal;
  }
  return undefined;
}

async function readerOf(interpreter: Interpreter, loop: ForCursor, scope: Scope): Promise<RowReader> {
  const source = loop.in;
  if (source.kind === "StatementValue") return new RowReader(await interpreter.sql(source.statement, scope));
  if (source.kind === "SubqueryExpression") return new RowReader(await interpreter.sql(source.query, scope));
  const name =
    source.kind === "ColumnReference"
      ? source.parts[0]?.value
      : source.kind === "BindVariable"
        ? source.name.value
        : undefined;
  const slot = name === undefined ? undefined : scope.find(name);
  if (slot?.kind === "resultSet" && slot.job) return new RowReader(await slot.job.done);
  if (slot?.kind === "cursor") return slot.reader ?? openReader(interpreter, slot, [], scope);
  throw invalidIdentifier(name ?? "?", interpreter.positionOf(source.span));
}
