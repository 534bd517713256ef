import type { Expression } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseDataType } from "../dataTypes";

/** What a dot may follow: a path already begun, and `$1.key` of staged files. */
const STEPPED_INTO: ReadonlySet<Expression["kind"]> = new Set(["FieldAccess", "IndexAccess", "PositionalColumn"]);

/** Casts, paths into semi-structured values, COLLATE and the `(+)` of old outer joins, behind an operand. */
export function parsePostfix(cursor: Cursor, operand: Expression, start: number): Expression {
  let expression = operand;
  if (operand.kind === "Exists") return operand;
  for (;;) {
    switch (cursor.token.keyword) {
      case "::":
        cursor.next();
        expression = { kind: "Cast", syntax: "::", expression, type: parseDataType(cursor), span: cursor.span(start) };
        continue;
      case ":": {
        cursor.next();
        expression = {
          kind: "FieldAccess",
          base: expression,
          operator: ":",
          key: cursor.anyIdentifier(),
          span: cursor.span(start),
        };
        continue;
      }
      case ".":
        if (!STEPPED_INTO.has(expression.kind)) return expression;
        cursor.next();
        expression = {
          kind: "FieldAccess",
          base: expression,
          operator: ".",
          key: cursor.anyIdentifier(),
          span: cursor.span(start),
        };
        continue;
      case "[": {
        cursor.next();
        const index = cursor.expression();
        cursor.expect("]");
        expression = { kind: "IndexAccess", base: expression, index, span: cursor.span(start) };
        continue;
      }
      case "COLLATE": {
        if (cursor.peek().kind !== "String") return expression;
        cursor.next();
        const collation = cursor.string().value;
        expression = { kind: "Collate", expression, collation, span: cursor.span(start) };
        continue;
      }
      case "(":
        // Only the marker begins so: what stands in its place is wrong.
        if (expression.kind !== "ColumnReference" || !cursor.acceptSequence("(", "+", ")"))
          throw cursor.unexpected(["+"], cursor.peek());
        expression = { kind: "OuterJoinMarker", expression, span: cursor.span(start) };
        continue;
      default:
        return expression;
    }
  }
}
