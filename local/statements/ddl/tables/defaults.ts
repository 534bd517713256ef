import { type Expression, type Span, visit } from "../../../../dialect/index";
import type { ColumnDoc } from "../../../catalogue/model";
import { compilationError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { functionEntry } from "../../../functions/index";
import { resolveSchemaObject } from "../../../names/resolve";
import { requirePrivilege } from "../../../privileges/index";
import { evaluate, newBinder, resolveType } from "../../../translate/index";
import { planText } from "../../../translate/planText";
import { type DataType, isSemiStructured, sqlName } from "../../../types/dataType";

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

/**
 * The default of a column that is added to a table is a literal of the column's own kind: nothing is computed or converted.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/alter-table
 */
export async function checkAddedDefault(
  context: ExecutionContext,
  column: ColumnDoc,
  expression: Expression,
): Promise<void> {
  if (expression.kind === "SequenceNextValue") return checkDefault(context, column, expression);
  if (expression.kind === "NullLiteral") return;
  const literal = expression.kind === "Unary" && expression.operator === "-" ? expression.operand : expression;
  if (!LITERALS.has(literal.kind)) {
    throw compilationError("002263", "22000", `Invalid column default expression [${written(context, expression)}]`);
  }
  const { type } = await evaluate(context, expression);
  if (isSemiStructured(column.type) || isOfKind(type, column.type)) return;
  throw compilationError(
    "002023",
    "22000",
    `Expression type does not match column data type, expecting ${sqlName(column.type)} but got ${sqlName(type)} for column ${column.name}`,
  );
}

const written = (context: ExecutionContext, expression: Expression): string =>
  expression.kind === "Cast"
    ? `CAST(${written(context, expression.expression)} AS ${sqlName(resolveType(expression.type, context))})`
    : planText(newBinder(context), expression);

const LITERALS = new Set<Expression["kind"]>([
  "StringLiteral",
  "NumberLiteral",
  "BooleanLiteral",
  "BinaryLiteral",
  "TypedLiteral",
]);

const isNumeric = (type: DataType): boolean => type.kind === "NUMBER" || type.kind === "FLOAT";

const isOfKind = (from: DataType, to: DataType): boolean =>
  from.kind === to.kind ||
  (isNumeric(from) && isNumeric(to)) ||
  (from.kind.startsWith("TIMESTAMP") && to.kind.startsWith("TIMESTAMP"));

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
  if (isNumeric(from) && isNumeric(to)) return true;
  if (from.kind === "VARCHAR") return TEXT_READERS.has(to.kind);
  const dated = (t: DataType) => t.kind === "DATE" || t.kind.startsWith("TIMESTAMP");
  return (dated(from) && dated(to)) || (from.kind.startsWith("TIMESTAMP") && to.kind === "TIME");
}

const mismatch = (column: ColumnDoc) =>
  compilationError("002023", "22000", `Default value data type does not match data type for column ${column.name}`);
