import { type Expression, type Span, visit } from "../../../../dialect/index";
import type { ColumnDoc } from "../../../catalogue/model";
import { compilationError, SnowflakeError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { functionEntry } from "../../../functions/index";
import { resolveSchemaObject } from "../../../names/resolve";
import { requirePrivilege } from "../../../privileges/index";
import type { Binder } from "../../../translate/binder";
import { settled } from "../../../translate/bound";
import { evaluate, newBinder, resolveType } from "../../../translate/index";
import { planText } from "../../../translate/planText";
import { type DataType, sqlName } from "../../../types/dataType";

/**
 * A default must be an expression that can be worked out now and whose type the column can take: a date is no text there, nor a
 * text a number. Source: https://docs.snowflake.com/en/sql-reference/sql/create-table
 */
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
  refuseBinary(column);
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

type Family = "number" | "text" | "boolean" | "date" | "time" | "timestamp" | "variant" | "any" | "none";

function familyOf({ kind }: DataType): Family {
  if (kind === "NUMBER" || kind === "FLOAT" || kind === "DECFLOAT") return "number";
  if (kind === "VARCHAR") return "text";
  if (kind === "BOOLEAN" || kind === "DATE" || kind === "TIME" || kind === "VARIANT")
    return kind.toLowerCase() as Family;
  if (kind.startsWith("TIMESTAMP")) return "timestamp";
  return kind === "ARRAY" || kind === "OBJECT" ? "any" : "none";
}

/** Which defaults a column takes; TRUE, FALSE and NULL it always does. A timestamp becomes no date. */
const TAKES: Record<Family, readonly Family[]> = {
  number: ["number", "date", "time", "timestamp"],
  text: ["text"],
  boolean: ["text", "date", "time", "timestamp"],
  date: ["number", "date"],
  time: ["number", "time"],
  timestamp: ["number", "date", "timestamp"],
  variant: ["text", "date", "time", "timestamp", "variant", "any"],
  any: ["number", "text", "date", "time", "timestamp", "variant", "any"],
  none: [],
};

function fits(from: DataType, to: DataType): boolean {
  if (from.kind === "NULL" || from.kind === "BOOLEAN" || from.kind === to.kind) return true;
  return TAKES[familyOf(to)].includes(familyOf(from));
}

/**
 * The default of a column that is added to a table: a constant as it is written, of the column's own family; of dates and times there
 * is none but NULL. Source: https://docs.snowflake.com/en/sql-reference/sql/alter-table#table-column-actions-tablecolumnaction
 */
export function checkAddedDefault(context: ExecutionContext, column: ColumnDoc, expression: Expression): void {
  if (expression.kind === "SequenceNextValue") return;
  refuseBinary(column);
  const binder = newBinder(context);
  const literal = expression.kind === "Unary" && expression.operator === "-" ? expression.operand : expression;
  if (!/^(Number|String|Boolean|Null|Binary)Literal$/.test(literal.kind)) {
    throw compilationError("002263", "22000", `Invalid column default expression [${asPlanned(binder, expression)}]`);
  }
  const { type } = binder.expression(expression);
  const own = familyOf(column.type);
  if (type.kind === "NULL" || own === "variant" || own === "any") return;
  if (familyOf(type) === own && (own === "number" || own === "text" || own === "boolean")) return;
  throw compilationError(
    "002023",
    "22000",
    `Expression type does not match column data type, expecting ${sqlName(column.type)} but got ${sqlName(settled(type))} for column ${column.name}`,
  );
}

/** Here a cast is repeated as a call of CAST, however it was written. */
function asPlanned(binder: Binder, node: Expression): string {
  if (node.kind !== "Cast" || node.syntax === "TRY_CAST") return planText(binder, node);
  const type = resolveType(node.type, binder.context);
  return `CAST(${planText(binder, node.expression)} AS ${sqlName(type)})`;
}

function refuseBinary({ type }: ColumnDoc): void {
  if (type.kind !== "BINARY") return;
  throw new SnowflakeError(
    "002023",
    "22000",
    "SQL compilation error: Default values are not allowed on 'BINARY' columns.",
  );
}

const mismatch = (column: ColumnDoc) =>
  compilationError("002023", "22000", `Default value data type does not match data type for column ${column.name}`);
