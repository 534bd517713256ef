import type { Call, FunctionCall, TableFunction } from "../../../dialect/index";
import { parseQuery } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";
import { resolvePlace } from "../../names/resolve";
import { isVisible } from "../../privileges/index";
import { rowsAsRelation } from "../../results/relation";
import type { Binder } from "../binder";
import { bound } from "../bound";
import { cast } from "../conversion/cast";
import { bodyBinder, calledFunction } from "../userFunctions";
import { derivedTable, relationOf } from "./tables";

/** `TABLE(f(…))` of a user-defined table function or of a procedure that returns a table; undefined when there is neither. */
export function userTableFunction(binder: Binder, { call, alias }: TableFunction): string | undefined {
  if (call.kind === "MethodCall") return undefined;
  const query = tableFunction(binder, call);
  if (query) return derivedTable(binder, query, alias);
  return procedureResult(binder, call, alias);
}

/** The body takes the place of the call, its columns get the declared names and types. */
function tableFunction(binder: Binder, call: FunctionCall) {
  const called = calledFunction(binder, call);
  if (!called) return undefined;
  const { fn } = called;
  if (!("table" in fn.returns)) throw unsupportedFeature(`scalar function ${fn.name} in FROM`);
  if (fn.language !== "SQL") throw unsupportedFeature(`${fn.language} function ${fn.name}`);
  binder.shared.viewDepth++;
  try {
    const body = bodyBinder(binder, called).child().query(parseQuery(fn.body));
    const own = binder.shared.fresh("r");
    const columns = fn.returns.table.map(({ name, type }) => ({ name, type, nullable: true }));
    const outputs = columns.map(({ type }, i) => {
      const given = body.columns[i];
      const value = given ? bound(`${own}.o${i + 1}`, given.type, given.nullable) : bound("NULL", { kind: "NULL" });
      return `${cast(value, type, binder.settings).sql} AS o${i + 1}`;
    });
    return { sql: `SELECT ${outputs.join(", ")} FROM (${body.sql}) AS ${own}`, columns, ordered: false };
  } finally {
    binder.shared.viewDepth--;
  }
}

/**
 * The procedure runs before the query does. Its columns must be declared.
 * Source: https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-selecting-from
 */
function procedureResult(binder: Binder, call: FunctionCall, alias: TableFunction["alias"]): string | undefined {
  const { context, shared } = binder;
  if (call.name.parts.length === 1 && context.namespace.schemaId === null) return undefined;
  const place = resolvePlace(context, call.name, "CALL");
  const [doc, ...others] = context.catalogue
    .overloads("PROCEDURE", place.schema.id, place.name)
    .filter((candidate) => isVisible(context, candidate))
    .filter(({ arguments: parameters }) => call.args.length <= parameters.length);
  if (!doc) return undefined;
  if (others.length > 0) throw unsupportedFeature(`TABLE() of the overloaded procedure ${place.name}`);
  if (!("table" in doc.returns) || doc.returns.table.length === 0)
    throw unsupportedFeature(`TABLE() of the procedure ${place.name}, which declares no columns`);
  const columns = doc.returns.table.map(({ name, type }) => ({ name, type, nullable: true }));
  const statement: Call = { kind: "Call", span: call.span, procedure: call.name, args: call.args };
  const relation = rowsAsRelation(columns, async () => (await context.execute(statement, context.text)).rows);
  shared.prerequisites.push(relation.prerequisite);
  shared.deterministic = false;
  return relationOf(binder, relation.sql, columns, alias, alias?.name.value ?? place.name);
}
