import { DialectError, type Expression, parseExpression } from "../../dialect/index";
import { spellings } from "../bodyPolicies/spellings";
import type { ArgumentDoc, FunctionDoc, SchemaDoc } from "../catalogue/model";
import { SnowflakeError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { type DataType, sqlName } from "../types/dataType";
import { Binder, Shared } from "./binder";
import { bound, settled } from "./bound";
import { rules } from "./rules";

type Draft = Pick<FunctionDoc, "arguments" | "returns" | "body" | "language">;

/** What no value of an argument can mend. What else a translation without the arguments' values meets is left to the call. */
const CERTAIN: ReadonlySet<string> = new Set(["000904", "002003", "002140", "001044", "000938", "000939"]);

/**
 * A SQL function is compiled when it is created, in its schema, with its arguments as declared: names must be known, and the type
 * of its value must be of the declared family. The body stands in parentheses, which moves the places of its first line by one.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/create-function, …/developer-guide/udf/sql/udf-sql-introduction
 */
export function checkFunction(context: ExecutionContext, schema: SchemaDoc, fn: Draft): void {
  compile(context, schema, fn, "Compilation of SQL UDF failed: ");
}

/** The body of a masking or row access policy, as that of a function. */
export function checkPolicy(
  context: ExecutionContext,
  schema: SchemaDoc,
  { arguments: args, returns, body }: { arguments: ArgumentDoc[]; returns: DataType; body: string },
): void {
  const declared =
    returns.kind === "VARCHAR" && returns.length === 16_777_216 ? { ...returns, length: 134_217_728 } : returns;
  const known = args.flatMap((argument) => spellings(argument.name, args).map((name) => ({ ...argument, name })));
  compile(
    context,
    schema,
    { arguments: known, returns: { type: declared, nullable: true }, body, language: "SQL" },
    "",
  );
}

function compile(context: ExecutionContext, schema: SchemaDoc, fn: Draft, prefix: string): void {
  if (fn.language !== "SQL" || /^\s*(begin|declare)\b/i.test(fn.body)) return;
  const text = `(${fn.body.replace(/;\s*$/, "")}\n)`;
  const node = bodyOf(text);
  if (!node) return;
  const outer = new Binder(rules, context, new Shared(), text);
  const namespace = { databaseId: schema.parentId, schemaId: schema.id };
  const binder = outer.elsewhere(context.nested({ namespace }), text);
  binder.scope.isRoutine = true;
  for (const argument of fn.arguments) binder.scope.lambdas.set(argument.name, placeholder(argument));
  try {
    if ("table" in fn.returns) checkColumns(fn.returns.table, typesOf(binder, node));
    else checkValue(fn.returns.type, typesOf(binder, node));
  } catch (error) {
    if (!(error instanceof SnowflakeError) || error.code === INCOMPATIBLE) throw error;
    if (!CERTAIN.has(error.code)) return;
    if (node.kind === "SubqueryExpression" && !("table" in fn.returns)) throw error;
    throw new SnowflakeError(error.code, error.sqlState, `${prefix}${error.message}`);
  }
}

/** A body that does not parse was refused with the statement; one that is no expression is another kind of body. */
function bodyOf(text: string): Expression | undefined {
  try {
    const node = parseExpression(text);
    return node.kind === "Parenthesized" && node.expression.kind === "SubqueryExpression" ? node.expression : node;
  } catch (error) {
    if (error instanceof DialectError) return undefined;
    throw error;
  }
}

const placeholder = ({ type }: ArgumentDoc) => bound("NULL", type);

const typesOf = (binder: Binder, node: Expression): DataType[] =>
  node.kind === "SubqueryExpression"
    ? binder.query(node.query).columns.map((c) => c.type)
    : [binder.expression(node).type];

const INCOMPATIBLE = "090207";

const incompatible = (declared: DataType, actual: string, column = "") =>
  new SnowflakeError(
    INCOMPATIBLE,
    "42601",
    `Declared return type '${sqlName(declared)}'${column} is incompatible with actual return type '${actual}'`,
  );

function checkValue(declared: DataType, types: readonly DataType[]): void {
  const [actual, ...more] = types;
  if (more.length > 0) throw incompatible(declared, `ROW(${types.map(sqlName).join(", ")})`);
  if (actual && !isCompatible(declared, actual)) throw incompatible(declared, sqlName(settled(actual)));
}

function checkColumns(declared: readonly { name: string; type: DataType }[], types: readonly DataType[]): void {
  if (declared.length !== types.length)
    throw new SnowflakeError(
      INCOMPATIBLE,
      "42601",
      `Mismatch between declared return signature column count (${declared.length}) and actual column count (${types.length})`,
    );
  declared.forEach(({ name, type }, i) => {
    const actual = types[i] as DataType;
    if (!isCompatible(type, actual)) throw incompatible(type, sqlName(settled(actual)), ` for column '${name}'`);
  });
}

/**
 * Of one family: fixed and floating numbers differ, as do the kinds of timestamps, and VARIANT, ARRAY and OBJECT. Lengths and
 * precisions of numbers, texts and binaries may differ, fractions of seconds may not. NULL is of every family.
 */
function isCompatible(declared: DataType, actual: DataType): boolean {
  if (actual.kind === "NULL") return true;
  if (declared.kind !== actual.kind) return false;
  return !("scale" in declared && "scale" in actual) || declared.kind === "NUMBER" || declared.scale === actual.scale;
}
