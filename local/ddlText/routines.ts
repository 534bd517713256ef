import type { FunctionDoc, ProcedureDoc, RoutineOptions } from "../catalogue/model";
import { sqlName } from "../types/dataType";
import { type DdlContext, referenced } from "./namer";
import { quoteText } from "./quote";

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The body as a text literal: the delimiters of the statement are not kept. */
const bodyText = (body: string): string => `'${body.replaceAll("'", "''")}'`;

function returnsText(returns: ProcedureDoc["returns"]): string {
  if ("table" in returns) {
    return `TABLE (${returns.table.map((c) => `${quoted(c.name)} ${sqlName(c.type)}`).join(", ")})`;
  }
  return `${sqlName(returns.type)}${returns.nullable ? "" : " NOT NULL"}`;
}

/** As CREATE takes it; what is empty is left out. */
function optionText([name, value]: [string, RoutineOptions[string]]): string[] {
  if (typeof value === "string") return [`${name} = ${quoteText(value)}`];
  const items = Array.isArray(value)
    ? value.map((item) => (name === "EXTERNAL_ACCESS_INTEGRATIONS" ? quoted(item) : quoteText(item)))
    : Object.entries(value).map(([variable, secret]) => `${quoteText(variable)} = ${secret}`);
  return items.length > 0 ? [`${name} = (${items.join(", ")})`] : [];
}

/** The options of an external function are kept as DESCRIBE prints them. */
function externalText([name, value]: [string, RoutineOptions[string]]): string[] {
  const text = String(value);
  if (text === "null" || text === "not set") return [];
  if (name === "HEADERS") {
    const headers = Object.entries(JSON.parse(text) as Record<string, string>);
    return [`HEADERS = (${headers.map(([header, said]) => `${quoteText(header)} = ${quoteText(said)}`).join(", ")})`];
  }
  if (name === "CONTEXT_HEADERS") return [`CONTEXT_HEADERS = (${(JSON.parse(text) as string[]).join(", ")})`];
  return [`${name} = ${name === "API_INTEGRATION" ? quoted(text) : text}`];
}

/** Defaults that the statement left out are written, EXECUTE AS OWNER among them. */
export function routineText(context: DdlContext, routine: ProcedureDoc | FunctionDoc): string {
  const place = context.qualified ? `${referenced(context, routine.parentId)}.` : "";
  const args = routine.arguments.map(
    (a) =>
      `${quoted(a.name)} ${a.isOutput ? "OUT " : ""}${sqlName(a.type)}${a.defaultText ? ` DEFAULT ${a.defaultText}` : ""}`,
  );
  const isExternal = routine.language === "EXTERNAL";
  const kind = isExternal ? "EXTERNAL FUNCTION" : routine.kind;
  const lines = [
    `CREATE OR REPLACE ${routine.secure ? "SECURE " : ""}${kind} ${place}${quoted(routine.name)}(${args.join(", ")})`,
    `RETURNS ${returnsText(routine.returns)}`,
    ...(isExternal ? [] : [`LANGUAGE ${routine.language}`]),
    ...(routine.nullInput === "STRICT" ? ["STRICT"] : []),
    ...(routine.volatility ? [routine.volatility] : []),
    ...Object.entries(routine.options ?? {}).flatMap(isExternal ? externalText : optionText),
    ...(routine.comment ? [`COMMENT=${quoteText(routine.comment)}`] : []),
    ...(routine.kind === "PROCEDURE" ? [`EXECUTE AS ${routine.executeAs}`] : []),
    ...(routine.body === "" ? [] : [`AS ${bodyText(routine.body)}`]),
  ];
  return `${lines.join("\n")};`;
}
