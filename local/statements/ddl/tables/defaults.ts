import type { Expression } from "../../../../dialect/index";
import type { ColumnDoc } from "../../../catalogue/model";
import { compilationError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { resolveSchemaObject } from "../../../names/resolve";
import { requirePrivilege } from "../../../privileges/index";
import { evaluate } from "../../../translate/index";
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
  const { type } = await evaluate(context, expression);
  if (type.kind === "VARCHAR" && type.collation !== undefined) throw mismatch(column);
  if (!fits(type, column.type)) throw mismatch(column);
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
