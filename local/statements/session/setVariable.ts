import { DuckDBBlobValue } from "@duckdb/node-api";
import type { Expression } from "../../../dialect/index";
import { compilationError, SnowflakeError, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { statusResult } from "../../execution/result";
import type { Value } from "../../execution/value";
import { runQuery } from "../../results/runQuery";
import { wireToValue } from "../../results/value";
import { evaluate, translateQuery } from "../../translate/index";
import { isSemiStructured } from "../../types/dataType";
import type { StatementHandler, StatementOf } from "../handler";
import { refuseInOwnerRights } from "./ownerRights";

/** Bytes that a text or binary variable may hold. Source: https://docs.snowflake.com/en/sql-reference/session-variables */
const SIZE_LIMIT = 16_384;

/** SET a = expression; SET (a, b) = (x, y); SET (a, b) = (SELECT …) */
export const setVariable: StatementHandler<StatementOf<"SetVariable">> = {
  async run(context, statement) {
    refuseInOwnerRights(context, "SET");
    const values = await valuesOf(context, statement.values, statement.names.length);
    if (values.length !== statement.names.length) {
      throw compilationError(
        "001013",
        "42601",
        `Number of variables (${statement.names.length}) does not match the number of values (${values.length}).`,
      );
    }
    statement.names.forEach((name, i) => {
      check(name.value, values[i] as Value);
    });
    statement.names.forEach((name, i) => {
      context.session.variables.set(name.value.toUpperCase(), values[i] as Value);
    });
    return statusResult("Statement executed successfully.");
  },
};

async function valuesOf(context: ExecutionContext, expressions: Expression[], wanted: number): Promise<Value[]> {
  const [only] = expressions;
  if (expressions.length === 1 && wanted > 1 && only?.kind === "SubqueryExpression") {
    const { columns, rows } = await runQuery(context, translateQuery(context, only.query));
    const [row, ...more] = Array.isArray(rows) ? rows : [];
    if (!row || more.length > 0) {
      throw new SnowflakeError("090150", "22000", "Single-row subquery returns more than one row.");
    }
    return columns.map((column, i) => wireToValue(column.type, row[i] ?? null));
  }
  const values: Value[] = [];
  for (const expression of expressions) values.push(await constantOf(context, expression));
  return values;
}

const notConstant = () => unsupportedFeature("assignment from non-constant source expression");

/** What a conversion, a division or a subquery within an expression throws. */
const FAILS_TO_FOLD = /^(1000\d\d|090150)$/;

/** A subquery alone runs as a query; all else has to fold to a constant. */
async function constantOf(context: ExecutionContext, expression: Expression): Promise<Value> {
  if (expression.kind === "Parenthesized") return constantOf(context, expression.expression);
  try {
    return await evaluate(context, expression);
  } catch (error) {
    const isQuery = expression.kind === "SubqueryExpression";
    if (isQuery || !(error instanceof SnowflakeError) || !FAILS_TO_FOLD.test(error.code)) throw error;
    throw notConstant();
  }
}

/** Of the semi-structured types a variable holds NULL alone. */
function check(name: string, { type, value }: Value): void {
  if (isSemiStructured(type) && value !== null) throw notConstant();
  const size =
    value instanceof DuckDBBlobValue ? value.bytes.length : typeof value === "string" ? Buffer.byteLength(value) : 0;
  if (size > SIZE_LIMIT) {
    throw new SnowflakeError(
      "001203",
      "22000",
      `Assignment to '${name}' not done because value exceeds size limit for variables. Its size is ${size}; the limit is ${SIZE_LIMIT} (internal storage size in bytes).`,
    );
  }
}
