import type { Expression } from "../../ast/index";
import type { Cursor } from "../cursor";

export function parseExpression(cursor: Cursor): Expression {
  throw cursor.unexpected(["an expression"]);
}
