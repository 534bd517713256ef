import { type Expression, type Span, visit } from "../../../../dialect/index";
import type { ColumnDoc } from "../../../catalogue/model";
import { compilationError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { functionEntry } from "../../../functions/index";
import { resolveSchemaObject } from "../../../names/resolve";
import { requirePrivilege } from "../../../privileges/index";
import { evaluate, newBinder } from "../../../translate/index";
import { type DataType, isSemiStructured } from "../../../types/dataType";

const TEXT_READERS = new Set<DataType["kind"]>([
  "VARCHAR",
  "DATE",
  "TIME",
  "TIMESTAMP_NTZ",
  "TIMESTAMP_LTZ",
  "TIMESTAMP_TZ",
  "BINARY",
]);

/** A default must be an expression that can be worked out now and whose type the column can take. */
export async function checkDefault(
  context: ExecutionContext,
  column: ColumnDoc,
  expression: Expression,
): Promise<void> {
  if (expression.kind === "SequenceNextValue") {
    const sequence = resolveSchemaObject(context, "SEQUENCE", expression.sequence, "CREATE TABLE");
    requirePrivilege(context, "USAGE", sequence);
    if (column.type.kind !== "NUMBER" && column.type.kind !== "FLOAT") throw mismatch(column);
    return;
  }
  refuseRows(context, expression);
  const { type } = await evaluate(context, expression);
  if (type.kind === "VARCHAR" && type.collation !== undefined) throw mismatch(column);
  if (!fits(type, column.type)) throw mismatch(column);
}

/** A default is worked out of one row alone. */
function refuseRows(context: ExecutionContext, expression: Expression): void {
  const refuse = (what: string, span: Span) =>
    compilationError(
      "002004",
      "42601",
      `${what} as part of the specification of a default value clause.`,
      newBinder(context).position(span),
    );
  visit(expression, {
    enter(node) {
      if (node.kind === "Query") throw refuse("sub-queries are not supported", node.span);
      if (node.kind !== "FunctionCall" || node.name.parts.length > 1 || node.over) return;
      const kind = functionEntry(node.name.parts[0]?.value ?? "")?.kind;
      if (kind === "aggregate") throw refuse("aggregate functions are not allowed", node.span);
    },
  });
}

function fits(from: DataType, to: DataType): boolean {
  if (from.kind === "NULL" || from.kind === to.kind || isSemiStructured(to)) return true;
  if (to.kind === "VARCHAR") return true;
  const numeric = (t: DataType) => t.kind === "NUMBER" || t.kind === "FLOAT";
  if (numeric(from) && numeric(to)) return true;
  if (from.kind === "VARCHAR") return TEXT_READERS.has(to.kind);
  const dated = (t: DataType) => t.kind === "DATE" || t.kind.startsWith("TIMESTAMP");
  return (dated(from) && dated(to)) || (from.kind.startsWith("TIMESTAMP") && to.kind === "TIME");
}

const mismatch = (column: ColumnDoc) =>
  compilationError("002023", "22000", `Default value data type does not match data type for column ${column.name}`);
