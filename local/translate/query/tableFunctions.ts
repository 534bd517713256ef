import {
  type Argument,
  type Expression,
  type FunctionCall,
  findFunction,
  type TableFunction,
} from "../../../dialect/index";
import { sleep } from "../../clock";
import { compilationError, statementNotFound, unsupportedFeature } from "../../errors";
import type { ResultColumn } from "../../execution/result";
import type { Value } from "../../execution/value";
import { resolveDatabase } from "../../names/resolve";
import { rowsAsRelation } from "../../results/relation";
import { wireToValue } from "../../results/value";
import { INFERRED, inferSchema } from "../../stages/inferSchema";
import { systemTableFunction } from "../../systemViews/index";
import { type DataType, number, varchar } from "../../types/dataType";
import type { Binder } from "../binder";
import { constantNumber, constantText, isNullLiteral } from "../bound";
import { namedArguments } from "./flatten";
import { derivedTable, relationOf } from "./tables";
import { userTableFunction } from "./userTableFunctions";

/** `TABLE(f(…))`: GENERATOR, RESULT_SCAN and the functions of INFORMATION_SCHEMA. */
export function bindTableFunction(binder: Binder, reference: TableFunction): string {
  const { call, alias } = reference;
  if (call.kind === "MethodCall") throw unsupportedFeature(`table method ${call.method.value}`);
  const parts = call.name.parts.map((p) => p.value);
  const name = parts.at(-1) as string;
  if (parts.length === 1 && name === "GENERATOR") return generator(binder, reference, call);
  if (parts.length === 1 && name === "RESULT_SCAN") return resultScan(binder, reference, call);
  if (parts.length === 1 && name === "INFER_SCHEMA") {
    const relation = rowsAsRelation(INFERRED, inferSchema(binder, call.args as Argument[]));
    binder.shared.prerequisites.push(relation.prerequisite);
    binder.shared.deterministic = false;
    return relationOf(binder, relation.sql, INFERRED, alias, alias?.name.value ?? name);
  }
  const system = systemTableFunction(parts.length > 1 ? (parts.at(-2) as string) : "INFORMATION_SCHEMA", name);
  if (system) {
    const args = systemArguments(binder, call, system.parameters);
    const databaseId =
      parts.length === 3 ? resolveDatabase(binder.context, parts[0] as string).id : binder.context.namespace.databaseId;
    const relation = rowsAsRelation(system.columns, () => system.rows(binder.context, args, databaseId));
    binder.shared.prerequisites.push(relation.prerequisite);
    binder.shared.deterministic = false;
    return relationOf(binder, relation.sql, system.columns, alias, alias?.name.value ?? name);
  }
  // No schema of that name holds functions of anybody else.
  if (parts.length > 1 && parts.at(-2) === "INFORMATION_SCHEMA") {
    throw unsupportedFeature(`table function INFORMATION_SCHEMA.${name}`);
  }
  const own = userTableFunction(binder, reference);
  if (own) return own;
  if (parts.length === 1 && findFunction(name)?.table) throw unsupportedFeature(`table function ${name}`);
  throw compilationError("002140", "42601", `Unknown table function ${parts.join(".")}`);
}

/** How many rows GENERATOR with TIMELIMIT makes; Snowflake promises no number. */
const ROWS_PER_SECOND = 1_000_000;

function generator(binder: Binder, reference: TableFunction, call: FunctionCall): string {
  const args = namedArguments(call.args, ["ROWCOUNT", "TIMELIMIT"]);
  const constant = (name: string): number | undefined => {
    const node = args.get(name);
    if (!node) return undefined;
    const given = binder.expression(node);
    // NULL is as good as leaving the argument out.
    if (isNullLiteral(given)) return undefined;
    const value = foldedNumber(binder, node);
    if (value !== undefined && value >= 0) return value;
    throw compilationError(
      "001015",
      "22023",
      `Invalid ${name} for GENERATOR: ${binder.source(node.span)}; expected a non-negative constant`,
    );
  };
  const rowCount = constant("ROWCOUNT");
  const seconds = constant("TIMELIMIT");
  // Rows that are counted out are there long before any limit of time.
  const rows = rowCount ?? Math.floor((seconds ?? 0) * ROWS_PER_SECOND);
  if (rowCount === undefined && seconds !== undefined) {
    const { signal, services } = binder.context;
    binder.shared.prerequisites.push(() => sleep(services.clock, seconds * 1000, signal));
    binder.shared.deterministic = false;
  }
  const own = binder.shared.fresh("r");
  binder.scope.relations.push({ name: reference.alias?.name.value ?? "GENERATOR", columns: [], rowNumber: `${own}.g` });
  return `range(${rows}) AS ${own}(g)`;
}

/** The value of a constant, also of one that is computed from whole numbers: `365 * 10`, `(2 * $days)::INT`. */
function foldedNumber(binder: Binder, node: Expression): number | undefined {
  if (node.kind === "Parenthesized") return foldedNumber(binder, node.expression);
  if (node.kind === "Cast" && isWhole(binder.expression(node).type)) {
    const value = foldedNumber(binder, node.expression);
    return value !== undefined && Number.isInteger(value) ? value : undefined;
  }
  const compute = node.kind === "Binary" ? WHOLE_NUMBERS[node.operator] : undefined;
  if (node.kind !== "Binary" || !compute) return constantNumber(binder.expression(node));
  const left = foldedNumber(binder, node.left);
  const right = foldedNumber(binder, node.right);
  if (left === undefined || right === undefined) return undefined;
  const value = compute(left, right);
  return Number.isSafeInteger(value) ? value : undefined;
}

const WHOLE_NUMBERS: Record<string, (left: number, right: number) => number> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
};

const isWhole = (type: DataType): boolean => type.kind === "NUMBER" && type.scale === 0;

/** The result of an earlier statement of the same user. */
function resultScan(binder: Binder, reference: TableFunction, call: FunctionCall): string {
  const { context, shared } = binder;
  const argument = call.args[0];
  if (!argument)
    throw compilationError("000938", "22023", "not enough arguments for function [RESULT_SCAN], expected 1, got 0");
  const given = binder.expression(argument as never);
  const id = constantText(given);
  if (given.type.kind === "NULL" || given.type.kind === "BOOLEAN")
    throw compilationError(
      "001015",
      "22023",
      `argument needs to be a string: '${binder.position(argument.span).line}'`,
    );
  if (id === undefined) throw unsupportedFeature("RESULT_SCAN of a query id that is no constant");
  const result = context.services.results.get(id, context.session.userId);
  if (!result) throw statementNotFound(id);
  const columns: ResultColumn[] = result.columns.map(({ source: _, ...c }) => c);
  const relation = rowsAsRelation(columns, () => result.rows);
  shared.prerequisites.push(relation.prerequisite);
  shared.deterministic = false;
  return derivedTable(binder, { sql: `SELECT * FROM ${relation.sql}`, columns, ordered: false }, reference.alias);
}

function systemArguments(
  binder: Binder,
  call: FunctionCall,
  parameters: readonly { name: string; optional: boolean }[],
): Map<string, Value> {
  const nodes = namedArguments(
    call.args as Argument[],
    parameters.map((p) => p.name),
  );
  const values = new Map<string, Value>();
  for (const [name, node] of nodes) values.set(name, constantValue(binder, node));
  const missing = parameters.find((p) => !p.optional && !values.has(p.name));
  if (missing)
    throw compilationError(
      "000938",
      "22023",
      `missing argument ${missing.name} of function ${call.name.parts.at(-1)?.value}`,
    );
  return values;
}

/** Arguments of system functions that are not constants are computed before the query runs, each as a query of its own. */
function constantValue(binder: Binder, node: Expression): Value {
  const { params, prerequisites } = binder.shared;
  const outer = params.splice(0);
  const value = binder.expression(node);
  const own = params.splice(0);
  params.push(...outer);
  const { literal } = value;
  if (literal?.kind === "string") return wireToValue(varchar(), literal.text);
  if (literal?.kind === "number" && value.type.kind === "NUMBER")
    return wireToValue(number(38, value.type.scale), literal.text);
  if (literal?.kind === "boolean") return wireToValue({ kind: "BOOLEAN" }, literal.text === "true" ? "1" : "0");
  if (literal?.kind === "null") return { type: { kind: "NULL" }, value: null };
  const deferred: Value = { type: value.type, value: null };
  prerequisites.push(async (connection) => {
    deferred.value = (await connection.run(`SELECT ${value.sql}`, own)).rows[0]?.[0] ?? null;
  });
  return deferred;
}
