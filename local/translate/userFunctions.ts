import type { Expression, FunctionCall, Query } from "../../dialect/index";
import { DialectError, parseExpression, parseQuery } from "../../dialect/index";
import { invalidArgumentTypes, unknownUserFunction, unsupportedFeature } from "../errors";
import { resolvePlace } from "../names/resolve";
import { isVisible, ownerRights, require } from "../privileges/index";
import { sqlName } from "../types/dataType";
import type { Binder } from "./binder";
import { type Bound, settled } from "./bound";
import { cast } from "./conversion/cast";
import { javascriptCall } from "./javascriptCall";
import { bestFitting, type Fitting, placeArguments } from "./signatures";

/** A call of a user-defined SQL function: its body takes the place of the call. Undefined when there is no such function. */
export function userFunction(binder: Binder, node: FunctionCall): Bound | undefined {
  const called = calledFunction(binder, node);
  return called && inlineBody(binder, called);
}

/** Undefined when no function has the name. */
export function calledFunction(binder: Binder, node: FunctionCall): Fitting | undefined {
  const { context } = binder;
  const name = node.name.parts.at(-1)?.value as string;
  if (node.name.parts.length === 1 && context.namespace.schemaId === null) return undefined;
  const place = resolvePlace(context, node.name, "CALL");
  const overloads = context.catalogue.overloads("FUNCTION", place.schema.id, name).filter((f) => isVisible(context, f));
  if (overloads.length === 0) return undefined;
  const args = node.args.map((arg) => argument(binder, (arg.kind === "NamedArgument" ? arg.value : arg) as Expression));
  const names = node.args.map((arg) => (arg.kind === "NamedArgument" ? arg.name.value : undefined));
  const types = `(${args.map((a) => sqlName(settled(a.type))).join(", ")})`;
  const candidates = overloads.flatMap((fn) => {
    const placed = placeArguments(fn, args, names);
    return placed ? [{ fn, placed }] : [];
  });
  const chosen = bestFitting(candidates, () => invalidArgumentTypes(name, types, binder.position(node.span)));
  if (!chosen) throw unknownUserFunction(name, types);
  require(context, "USAGE", chosen.fn);
  return chosen;
}

function argument(binder: Binder, node: Expression): Bound {
  const { columnReads } = binder.shared;
  const before = columnReads.length;
  const value = binder.expression(node);
  return columnReads.length > before ? { ...value, readsColumns: true } : value;
}

/** For the body of a function: its owner's rights, its schema, its arguments by name. */
export function bodyBinder(binder: Binder, { fn, placed }: Fitting): Binder {
  if (binder.shared.viewDepth > 20) throw unsupportedFeature(`recursive function ${fn.name}`);
  const schema = binder.context.catalogue.get("SCHEMA", fn.parentId);
  const inner = binder.elsewhere(
    binder.context.nested({
      rights: ownerRights(binder.context, fn),
      isDefinition: true,
      namespace: { databaseId: schema?.parentId ?? 0, schemaId: fn.parentId },
      ownQueryId: false,
    }),
    fn.body,
    `Function object: ${fn.name}`,
  );
  inner.scope.isRoutine = true;
  fn.arguments.forEach((argument, i) => {
    const value = placed[i] ?? inner.expression(parseExpression(argument.defaultText ?? "NULL"));
    const { readsColumns } = value;
    const converted = cast(value, argument.type, binder.settings);
    inner.scope.lambdas.set(argument.name, readsColumns ? { ...converted, readsColumns } : converted);
  });
  return inner;
}

function inlineBody(binder: Binder, called: Fitting): Bound {
  const { fn } = called;
  if (!("type" in fn.returns)) throw unsupportedFeature(`table function ${fn.name} as a scalar`);
  const inner = bodyBinder(binder, called);
  if (fn.language === "JAVASCRIPT") {
    const args = fn.arguments.map(({ name }) => inner.scope.lambdas.get(name) as Bound);
    return javascriptCall(binder, fn, args, fn.returns.type);
  }
  if (fn.language !== "SQL") throw unsupportedFeature(`${fn.language} function ${fn.name}`);
  binder.shared.viewDepth++;
  try {
    const body = bodyOf(fn.body);
    const result =
      body.kind === "Query"
        ? inner.expression({ kind: "SubqueryExpression", query: body, span: body.span })
        : inner.expression(body);
    return cast(result, fn.returns.type, binder.settings);
  } finally {
    binder.shared.viewDepth--;
  }
}

function bodyOf(text: string): Expression | Query {
  try {
    return parseExpression(text);
  } catch (error) {
    if (!(error instanceof DialectError)) throw error;
    if (/^\s*(begin|declare)\b/i.test(text))
      throw unsupportedFeature("function whose body is a Snowflake Scripting block");
    return parseQuery(text);
  }
}
