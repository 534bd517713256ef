import type { Argument, Expression } from "../../dialect/index";
import {
  argumentNotConstant,
  compilationError,
  SnowflakeError,
  unsupportedFeature,
  wrongArgumentCount,
} from "../errors";
import { type Bound, constantText, isNullLiteral } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { callText, planText } from "../translate/planText";
import { starReferences } from "../translate/query/star";
import { quote } from "../translate/sql";
import { BOOLEAN, isSemiStructured, varchar } from "../types/dataType";
import { addressRange } from "../udf/text/addresses";
import { ANALYZERS, SEARCH_MODES } from "../udf/text/fullText";
import { type Call, type FunctionTable, scalar } from "./call";

/** The columns that are searched: one, several in parentheses, or those of a star. */
function searched(argument: Argument): readonly Argument[] {
  if (argument.kind === "ColumnSelection") return argument.columns;
  return argument.kind === "RowExpression" ? argument.items : [argument];
}

/** Columns of other types are passed over. */
function texts(call: Call): string[] {
  const { binder } = call;
  const columns = searched(call.node.args[0] as Argument).flatMap((node): Expression[] =>
    node.kind === "Star" ? starReferences(binder, node) : [node as Expression],
  );
  const found = columns
    .map((node) => binder.expression(node))
    .filter((value) => value.type.kind === "VARCHAR" || isSemiStructured(value.type) || isNullLiteral(value));
  if (found.length > 0) return found.map((value) => cast(value, varchar(), call.settings).sql);
  const { line, column } = call.position();
  throw new SnowflakeError(
    "001173",
    "22023",
    `SQL compilation error: error line ${line} at position ${column}: Expected non-empty set of columns supporting full-text search.`,
  );
}

/** What is sought: a constant text; undefined for NULL. */
function sought(call: Call): string | undefined {
  const node = call.node.args[1] as Expression;
  const value = call.binder.expression(node);
  if (isNullLiteral(value)) return undefined;
  if (!value.literal) throw argumentNotConstant(call.name, 2, planText(call.binder, node));
  const text = constantText(value);
  if (text === undefined) throw compilationError("001045", "22023", "argument needs to be a string: '1'");
  return text;
}

/** An option given by name. */
function option<T extends string>(call: Call, name: string, known: readonly T[]): T {
  const given = call.node.args.find((arg) => arg.kind === "NamedArgument" && arg.name.value === name);
  if (given?.kind !== "NamedArgument") return known[0] as T;
  const value = constantText(call.binder.expression(given.value as Expression));
  const found = known.find((one) => one === value?.toUpperCase());
  if (!found) throw unsupportedFeature(`${name} ${call.binder.source(given.value.span)} of ${call.name}`);
  return found;
}

const OPTIONS = ["ANALYZER", "SEARCH_MODE"] as const;

/** Two arguments in their places; the others by name. */
function checkArguments(call: Call): void {
  const { args } = call.node;
  const named = args.filter((arg) => arg.kind === "NamedArgument");
  const placed = args.length - named.length;
  const values = {
    ...call.node,
    args: args.map((arg) => (arg.kind === "NamedArgument" ? arg.value : arg) as Argument),
  };
  const echo = callText(call.binder, values, call.name);
  if (placed < 2) throw wrongArgumentCount(echo, 2, placed, call.position());
  if (placed > 2 && named.length > 0) throw wrongArgumentCount(echo, 2 + named.length, args.length, call.position());
  if (placed > 2)
    throw new SnowflakeError(
      "001881",
      "42601",
      `SQL compilation error: Expected ${placed - 2} named argument(s), found 0`,
    );
  const unknown = named.find((arg) => !OPTIONS.some((name) => name === arg.name.value));
  if (unknown)
    throw compilationError("001020", "42601", `Unknown argument ${unknown.name.value} of function ${call.name}`);
}

/** Source: https://docs.snowflake.com/en/sql-reference/functions/search */
function search(call: Call): Bound {
  checkArguments(call);
  const analyzer = option(call, "ANALYZER", ANALYZERS);
  const mode = option(call, "SEARCH_MODE", SEARCH_MODES);
  if (mode === "EXACT" && analyzer === "UNICODE_ANALYZER")
    throw unsupportedFeature("SEARCH_MODE 'EXACT' with UNICODE_ANALYZER");
  const text = sought(call);
  const list = texts(call).join(", ");
  if (text === undefined) return call.result("NULL::BOOLEAN", BOOLEAN, true);
  return call.result(`sf_search([${list}], ${[text, analyzer, mode].map(quote).join(", ")})`, BOOLEAN, true);
}

/** Source: https://docs.snowflake.com/en/sql-reference/functions/search_ip */
function searchAddress(call: Call): Bound {
  const { args } = call.node;
  const echo = () => callText(call.binder, call.node, call.name);
  if (args.length !== 2) throw wrongArgumentCount(echo(), 2, args.length, call.position());
  const text = sought(call);
  if (text !== undefined && !addressRange(text)) {
    const message = `invalid argument for function [${echo()}] unexpected argument [${text}] at position 1,`;
    throw compilationError("000937", "22023", message, call.binder.position(call.node_(1).span));
  }
  const list = texts(call).join(", ");
  if (text === undefined) return call.result("NULL::BOOLEAN", BOOLEAN, true);
  return call.result(`sf_search_ip([${list}], ${quote(text)})`, BOOLEAN, true);
}

const reading = { raw: () => true, readsStars: () => true };

export const fullTextFunctions: FunctionTable = {
  SEARCH: scalar(0, Number.POSITIVE_INFINITY, search, { ...reading, options: OPTIONS }),
  SEARCH_IP: scalar(0, Number.POSITIVE_INFINITY, searchAddress, reading),
};
