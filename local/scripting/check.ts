import {
  type Block,
  type ForCursor,
  type Identifier,
  locate,
  type ScriptValue,
  type Span,
  visit,
} from "../../dialect/index";
import { compilationError, type SnowflakeError } from "../errors";
import { printName } from "../names/print";

/**
 * What is wrong with a script before it runs: a variable that LET declares by a field of a cursor's row has no type, for the
 * cursor is not open yet.
 * Source: …/developer-guide/snowflake-scripting/variables, "How Snowflake Scripting infers the data type of a variable"
 */
export function checkScript(block: Block, text: string): void {
  visit(block, { ForCursor: (loop) => checkLoop(loop, text) });
}

export function notInferred({ value }: Identifier, text: string, { start }: Span): SnowflakeError {
  const { line, column } = locate(text, start);
  const said = ` variable '${printName(value)}' cannot have its type inferred from initializer`;
  return compilationError("092228", "P0000", said, { line, column: column - 1 });
}

function checkLoop({ variable, statements }: ForCursor, text: string): void {
  for (const statement of statements)
    visit(statement, {
      VariableDeclaration: ({ type, value, name, span }) => {
        if (type || !value || !isFieldOf(value, variable.value)) return;
        throw notInferred(name, text, span);
      },
    });
}

function isFieldOf(value: ScriptValue, row: string): boolean {
  if (value.kind === "Parenthesized") return isFieldOf(value.expression, row);
  return value.kind === "ColumnReference" && value.parts.length === 2 && value.parts[0]?.value === row;
}
