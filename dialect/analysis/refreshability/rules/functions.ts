import type { FunctionCall, MethodCall } from "../../../ast/index";
import type { FunctionDefinition } from "../../../functions/definition";
import { findFunction } from "../../../functions/index";
import { type Clause, clauseOf } from "../clause";
import type { RefreshRule, Report } from "../reason";

/** Functions whose result depends on more than their arguments. */
export const functions: RefreshRule = (report) => ({
  MethodCall(call, ancestors) {
    if (ancestors.at(-1)?.kind !== "TableFunction")
      selectOnly(report, call, methodName(call), clauseOf(call, ancestors));
  },
  FunctionCall(call, ancestors) {
    const { parts } = call.name;
    const name = parts[parts.length - 1]?.value ?? "";
    const cortex = isCortex(call);
    // A name with a schema is the user's own function, whose volatility the text does not tell.
    if (parts.length > 1 && !cortex) return;
    const clause = clauseOf(call, ancestors);
    if (cortex) return selectOnly(report, call, `SNOWFLAKE.CORTEX.${name}`, clause);
    const definition = findFunction(name);
    if (definition === undefined || definition.table) return;
    switch (definition.determinism) {
      case "clock":
        return clock(report, call, name, clause);
      case "session":
        return session(report, call, name);
      case "random":
        report(call, {
          construct: "Non-deterministic function",
          message: `${name} is not deterministic and does not refresh incrementally.`,
          fix: randomFix(name),
        });
        return;
      case "arbitrary":
        report(call, {
          construct: name,
          message: `${name} is not deterministic: dynamic tables support it in no refresh mode.`,
          fix: "Use MIN, MAX, MIN_BY or MAX_BY, which say which value is meant.",
          supportedInFull: false,
        });
        return;
      case "approximate":
      case "model":
        return selectOnly(report, call, name, clause);
      default:
        if (isGeospatial(definition))
          report(call, {
            construct: "Geospatial data",
            message: `${name} works on geospatial data, which refreshes in full only.`,
            fix: "Keep coordinates as numbers and compute the geography in a view over the dynamic table.",
          });
    }
  },
});

const isCortex = ({ name: { parts } }: FunctionCall): boolean =>
  parts.length === 3 && parts[0]?.value === "SNOWFLAKE" && parts[1]?.value === "CORTEX";

/** `MODEL!PREDICT` */
export const methodName = ({ object, method }: MethodCall): string =>
  `${object.kind === "ObjectName" ? object.parts.map(({ value }) => value).join(".") : "IDENTIFIER(…)"}!${method.value}`;

/** The name of a function that refreshes incrementally in the SELECT list alone; undefined for every other. */
export function selectOnlyName(call: FunctionCall | MethodCall): string | undefined {
  if (call.kind === "MethodCall") return methodName(call);
  const { parts } = call.name;
  if (isCortex(call)) return parts.map(({ value }) => value).join(".");
  const definition = parts.length === 1 ? findFunction(parts[0]?.value ?? "") : undefined;
  return definition?.determinism === "approximate" || definition?.determinism === "model" ? definition.name : undefined;
}

/** Takes or gives GEOGRAPHY or GEOMETRY. Most functions of H3 work on numbers and texts. */
const isGeospatial = ({ parameters, returns }: FunctionDefinition): boolean =>
  [returns, ...parameters.map(({ type }) => type)].some((type) => type === "geography" || type === "geometry");

/** CURRENT_TIMESTAMP and its kin filter rows and nothing else. SYSDATE is no alias of them. */
function clock(report: Report, call: FunctionCall, name: string, clause: Clause | undefined): void {
  const filters = clause === "WHERE" || clause === "HAVING" || clause === "QUALIFY";
  if (filters && name !== "SYSDATE") return;
  report(call, {
    construct: "Non-deterministic function",
    message:
      name === "SYSDATE"
        ? "SYSDATE is not deterministic and does not refresh incrementally."
        : `${name} is supported only in WHERE, HAVING and QUALIFY.`,
    fix:
      name === "SYSDATE"
        ? "Use CURRENT_TIMESTAMP in WHERE, HAVING or QUALIFY."
        : "Keep a time that comes with the row, or METADATA$ROW_LAST_COMMIT_TIME; compute ages in a view over the dynamic table.",
  });
}

function session(report: Report, call: FunctionCall, name: string): void {
  report(call, {
    construct: "Non-deterministic function",
    message: `${name} depends on who asks and does not refresh incrementally.`,
    fix: "Compute it in a view over the dynamic table, where the reader is known.",
    // https://docs.snowflake.com/en/user-guide/dynamic-tables/troubleshoot-creation
    supportedInFull: name !== "CURRENT_USER" && name !== "CURRENT_SESSION",
  });
}

function selectOnly(report: Report, call: FunctionCall | MethodCall, name: string, clause: Clause | undefined): void {
  if (clause === "SELECT" || clause === undefined) return;
  report(call, {
    construct: "Function of the SELECT list only",
    message: `${name} refreshes incrementally in the SELECT list only, not in ${clause}.`,
    fix: "Compute it in the SELECT list of a dynamic table and filter in a second one, or in a view over it.",
  });
}

function randomFix(name: string): string {
  if (name === "UUID_STRING")
    return "Derive the id from the row, for example SHA2 of its natural key, or take it over from the source.";
  if (name.startsWith("SEQ")) return "Number the rows with ROW_NUMBER() OVER (PARTITION BY … ORDER BY …).";
  return "Take the value over from the source table, where it is stored once.";
}
