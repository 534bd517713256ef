import type { FunctionDoc, ProcedureDoc } from "../catalogue/model";
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

/** Defaults that the statement left out are written, EXECUTE AS OWNER among them. */
export function routineText(context: DdlContext, routine: ProcedureDoc | FunctionDoc): string {
  const place = context.qualified ? `${referenced(context, routine.parentId)}.` : "";
  const args = routine.arguments.map(
    (a) =>
      `${quoted(a.name)} ${a.isOutput ? "OUT " : ""}${sqlName(a.type)}${a.defaultText ? ` DEFAULT ${a.defaultText}` : ""}`,
  );
  const lines = [
    `CREATE OR REPLACE ${routine.secure ? "SECURE " : ""}${routine.kind} ${place}${quoted(routine.name)}(${args.join(", ")})`,
    `RETURNS ${returnsText(routine.returns)}`,
    `LANGUAGE ${routine.language}`,
    ...(routine.nullInput === "STRICT" ? ["STRICT"] : []),
    ...(routine.volatility ? [routine.volatility] : []),
    ...Object.entries(routine.options ?? {}).map(([name, value]) => `${name} = ${quoteText(value)}`),
    ...(routine.comment ? [`COMMENT=${quoteText(routine.comment)}`] : []),
    ...(routine.kind === "PROCEDURE" ? [`EXECUTE AS ${routine.executeAs}`] : []),
    `AS ${bodyText(routine.body)};`,
  ];
  return lines.join("\n");
}
