import {
  type Cast,
  type Expression,
  parseExpression,
  type Span,
  type DataType as WrittenType,
} from "../../dialect/index";
import { SnowflakeError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import type { Value } from "../execution/value";
import { convertDirectly } from "../translate/directConversion";
import { evaluate } from "../translate/index";
import { becomesVariant, type DataType, isSemiStructured, sameType, sqlName, VARIANT } from "../types/dataType";

const NOWHERE: Span = { start: 0, end: 0 };
const HELD = "VALUE HELD FOR CONVERSION";

/** Converts a value as an assignment does; the errors are those of CAST. */
export async function convert(context: ExecutionContext, value: Value, type: DataType | undefined): Promise<Value> {
  if (!type || sameType(value.type, type)) return value;
  const direct = convertDirectly(value, type);
  if (direct) return direct;
  const holding = context.nested({
    variables: { get: (name) => (name === HELD ? value : undefined) },
    ownQueryId: false,
  });
  const expression: Expression = {
    kind: "BindVariable",
    span: NOWHERE,
    name: { kind: "Identifier", span: NOWHERE, text: HELD, value: HELD, quoted: true },
  };
  const cast = (from: Expression, to: DataType): Expression => {
    return { kind: "Cast", span: NOWHERE, syntax: "CAST", expression: from, type: written(to) };
  };
  // A single value becomes an array of it, as TO_ARRAY makes one.
  const isSingle = type.kind === "ARRAY" && !type.element && becomesVariant(value.type);
  try {
    return await evaluate(holding, cast(isSingle ? cast(expression, VARIANT) : expression, type));
  } catch (error) {
    if (!(error instanceof SnowflakeError)) throw error;
    // What was held has no text of its own.
    const text =
      typeof value.value === "string" && !isSemiStructured(value.type) ? `'${value.value}'` : `${value.value}`;
    throw new SnowflakeError(
      error.code,
      error.sqlState,
      error.message.replace("[CAST( AS", () => `[CAST(${text} AS`),
    );
  }
}

/** Our type as a type of the syntax tree. */
function written(type: DataType): WrittenType {
  const plain = /^(\w+)(?:\(([\d,]*)\))?$/.exec(sqlName(type));
  if (!plain) return (parseExpression(`NULL::${sqlName(type)}`) as Cast).type;
  const [, name = "VARCHAR", parameters = ""] = plain;
  return { kind: "DataType", span: NOWHERE, name, parameters: parameters.split(",").filter(Boolean).map(Number) };
}
