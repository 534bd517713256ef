import type { FunctionDoc, ProcedureDoc, RoutineOptions } from "../../catalogue/model";
import type { ExecutionContext } from "../../execution/context";
import type { StatementResult } from "../../execution/result";
import { owns } from "../../privileges/index";
import { sqlName, varchar } from "../../types/dataType";
import { isHosted } from "../ddl/schemaObjects/routineOptions";
import { columnOf } from "../show/table";

const returnsText = ({ returns }: ProcedureDoc | FunctionDoc): string =>
  "table" in returns
    ? `TABLE (${returns.table.map((c) => `${c.name} ${sqlName(c.type)}`).join(", ")})`
    : `${sqlName(returns.type)}${returns.nullable ? "" : " NOT NULL"}`;

/** `(ARG VARCHAR, N NUMBER)`: without sizes, for the Snowflake plugin splits it at commas. */
const signature = (doc: ProcedureDoc | FunctionDoc): string =>
  `(${doc.arguments.map((a) => `${a.name} ${a.type.kind}`).join(", ")})`;

/** `[a, b]`, packages in quotes; secrets as JSON. */
export function optionText(name: string, value: RoutineOptions[string]): string {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  return name === "PACKAGES" ? `[${value.map((item) => `'${item}'`).join(",")}]` : `[${value.join(", ")}]`;
}

/** DESCRIBE PROCEDURE | FUNCTION. A secure routine shows its body to its owner only; a handler in an import has none. */
export function describeRoutine(context: ExecutionContext, doc: ProcedureDoc | FunctionDoc): StatementResult {
  const hidden = (doc.secure && !owns(context, doc)) || (doc.body === "" && isHosted(doc.language));
  const rows: [string, string | null][] = [
    ["signature", signature(doc)],
    ["returns", returnsText(doc)],
    ["language", doc.language],
    ["null handling", doc.nullInput === "STRICT" ? "RETURNS NULL ON NULL INPUT" : "CALLED ON NULL INPUT"],
    ["volatility", doc.volatility ?? "VOLATILE"],
    ...(doc.kind === "PROCEDURE" ? ([["execute as", doc.executeAs]] as [string, string][]) : []),
    ["body", hidden ? null : doc.body],
    ...Object.entries(doc.options ?? {})
      // The integration itself is not told.
      .filter(([name]) => name !== "API_INTEGRATION")
      .map(([name, value]): [string, string] => [name.toLowerCase(), optionText(name, value)]),
    ...(doc.kind === "FUNCTION" && doc.language === "PYTHON"
      ? ([["is_aggregate", "false"]] as [string, string][])
      : []),
  ];
  return { columns: ["property", "value"].map((name) => columnOf({ name, type: varchar() })), rows };
}
