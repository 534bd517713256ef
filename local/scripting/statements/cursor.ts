import type { CloseCursor, Expression, FetchCursor, OpenCursor, Span } from "../../../dialect/index";
import { invalidIdentifier, SnowflakeError } from "../../errors";
import type { StatementResult } from "../../execution/result";
import { wireToValue } from "../../results/value";
import { NULL } from "../../types/dataType";
import type { Interpreter } from "../interpreter";
import { RowReader } from "../rowReader";
import type { Scope, Slot } from "../scope";

type CursorSlot = Extract<Slot, { kind: "cursor" }>;

export async function openCursor(
  interpreter: Interpreter,
  { cursor, using, span }: OpenCursor,
  scope: Scope,
): Promise<void> {
  const slot = cursorNamed(interpreter, cursor.value, scope, span);
  if (slot.reader) throw new SnowflakeError("090236", "24000", `Cursor '${cursor.value}' is already open.`);
  slot.reader = await openReader(interpreter, slot, using, scope, span);
}

/**
 * The next row into variables; behind the last row they become NULL. Variables without a column are left as they are.
 * Source: …/snowflake-scripting/fetch, …/snowflake-scripting/cursors "Using a cursor to fetch data"
 */
export async function fetchCursor(
  interpreter: Interpreter,
  { cursor, into, span }: FetchCursor,
  scope: Scope,
): Promise<void> {
  const { reader } = cursorNamed(interpreter, cursor.value, scope, span);
  if (!reader) throw new SnowflakeError("090236", "24000", `Cursor '${cursor.value}' is not open.`);
  const row = await reader.next();
  for (const [index, target] of into.entries()) {
    const name = target.kind === "Identifier" ? target.value : target.name.value;
    const column = reader.columns[index];
    if (!column) break;
    const value = row ? wireToValue(column.type, row[index] ?? null) : { type: NULL, value: null };
    await interpreter.assign(name, value, scope, target.span);
  }
}

export async function closeCursor(
  interpreter: Interpreter,
  { cursor, span }: CloseCursor,
  scope: Scope,
): Promise<void> {
  const slot = cursorNamed(interpreter, cursor.value, scope, span);
  if (!slot.reader) throw new SnowflakeError("090236", "24000", `Cursor '${cursor.value}' is not open.`);
  slot.reader = undefined;
}

/** Runs what the cursor is for; `?` in its query are the values of USING. */
export async function openReader(
  interpreter: Interpreter,
  slot: CursorSlot,
  using: readonly Expression[],
  scope: Scope,
  span: Span = slot.source.span,
): Promise<RowReader> {
  const values = await Promise.all(using.map((expression) => interpreter.evaluate(expression, scope)));
  slot.result = await interpreter.statementAt(span, () => resultOf(interpreter, slot, values, scope));
  return new RowReader(slot.result);
}

/** All rows of an open cursor, however far it has been read. */
export function cursorResult(
  interpreter: Interpreter,
  name: string,
  scope: Scope,
  span: { start: number; end: number },
): StatementResult {
  const { reader, result } = cursorNamed(interpreter, name, scope, span);
  if (!reader || !result) throw new SnowflakeError("090236", "24000", `Cursor '${name}' is not open.`);
  return result;
}

async function resultOf(
  interpreter: Interpreter,
  { source }: CursorSlot,
  values: Awaited<ReturnType<Interpreter["evaluate"]>>[],
  scope: Scope,
): Promise<StatementResult> {
  if (source.kind === "ColumnReference" || source.kind === "BindVariable") {
    const name = source.kind === "BindVariable" ? source.name.value : (source.parts[0]?.value ?? "");
    const slot = scope.find(name);
    if (slot?.kind === "resultSet" && slot.job) return slot.job.done;
    const text = scope.get(name);
    if (typeof text?.value === "string") {
      return interpreter.context.nested({ binds: { values } }).executeText(text.value);
    }
    throw invalidIdentifier(name, interpreter.positionOf(source.span));
  }
  const context = interpreter.context.nested({ variables: scope, binds: { values } });
  return interpreter.ownText(source.span, () => context.execute(source as never, interpreter.text));
}

function cursorNamed(
  interpreter: Interpreter,
  name: string,
  scope: Scope,
  span: { start: number; end: number },
): CursorSlot {
  const slot = scope.find(name);
  if (slot?.kind !== "cursor") throw invalidIdentifier(name, interpreter.positionOf(span));
  return slot;
}
