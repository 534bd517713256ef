import type { FunctionCall, OdbcEscape } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";
import type { Binder } from "../binder";
import type { Bound } from "../bound";
import { callOf } from "./literals";

/** Functions of ODBC and JDBC that have another name in Snowflake. */
const NAMES: Readonly<Record<string, string>> = {
  DATABASE: "CURRENT_DATABASE",
  LCASE: "LOWER",
  LOCATE: "CHARINDEX",
  UCASE: "UPPER",
  USER: "CURRENT_USER",
};

/** `{fn UCASE('a')}`: the function itself. */
export function odbcEscape(binder: Binder, { escape: form, expression }: OdbcEscape): Bound {
  if (form !== "fn") throw unsupportedFeature(`{${form} …}`);
  const name = expression.kind === "FunctionCall" ? nameOf(expression) : undefined;
  if (expression.kind !== "FunctionCall" || name === undefined) return binder.expression(expression);
  return binder.rules.expression(binder, callOf(name, [...expression.args], expression.span));
}

const nameOf = ({ name: { parts } }: FunctionCall): string | undefined =>
  parts.length === 1 ? NAMES[parts[0]?.value ?? ""] : undefined;
