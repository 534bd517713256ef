import { type Block, type ForCursor, locate, type ScriptValue, visit } from "../../dialect/index";
import { compilationError } from "../errors";

/**
 * What is wrong with a script before it runs: a variable that LET declares by a field of a cursor's row has no type, for the
 * cursor is not open yet.
 * Source: …/developer-guide/snowflake-scripting/variables, "How Snowflake Scripting infers the data type of a variable"
 */
export function checkScript(block: Block, text: string): void {
  visit(block, { ForCursor: (loop) => checkLoop(loop, text) });
}

function checkLoop({ variable, statements }: ForCursor, text: string): void {
  for (const statement of statements)
    visit(statement, {
      VariableDeclaration: ({ type, value, name, span }) => {
        if (type || !value || !isFieldOf(value, variable.value)) return;
        const { line, column } = locate(text, span.start);
        throw compilationError(
          "092228",
          "P0000",
          `error line ${line} at position ${column - 1} variable '${name.value}' cannot have its type inferred from initializer`,
        );
      },
    });
}

function isFieldOf(value: ScriptValue, row: string): boolean {
  if (value.kind === "Parenthesized") return isFieldOf(value.expression, row);
  return value.kind === "ColumnReference" && value.parts.length === 2 && value.parts[0]?.value === row;
}
