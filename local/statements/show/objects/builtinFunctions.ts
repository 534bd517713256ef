import { type FunctionDefinition, FUNCTIONS as KNOWN, type TypeHint } from "../../../../dialect/index";
import type { FunctionDoc } from "../../../catalogue/model";
import { schemaObjects } from "../scope";
import type { ShowColumn, ShowTable } from "../table";
import { yesNo } from "./common";
import { FUNCTIONS as OWN } from "./routines";

type Listed = FunctionDoc | FunctionDefinition;

const isOwn = (item: Listed): item is FunctionDoc => "parentId" in item;

const TYPES: Partial<Record<TypeHint, string>> = {
  number: "NUMBER(38,0)",
  integer: "NUMBER(38,0)",
  text: "VARCHAR",
  timestamp: "TIMESTAMP_NTZ(9)",
  timestamp_ltz: "TIMESTAMP_LTZ(9)",
  timestamp_ntz: "TIMESTAMP_NTZ(9)",
  timestamp_tz: "TIMESTAMP_TZ(9)",
  time: "TIME(9)",
};

function signature({ name, parameters, returns }: FunctionDefinition): string {
  const typeOf = (hint: TypeHint): string =>
    hint === "same" ? typeOf(parameters[0]?.type ?? "any") : (TYPES[hint] ?? hint.toUpperCase());
  return `${name}(${parameters.map(({ type }) => typeOf(type)).join(", ")}) RETURN ${typeOf(returns)}`;
}

/** Of a built-in function: what stands in no schema is NULL; the columns left out here are `N` or empty. */
const BUILTIN: Readonly<Record<string, (fn: FunctionDefinition) => string | number | null>> = {
  created_on: () => null,
  name: (fn) => fn.name,
  schema_name: () => null,
  is_builtin: () => "Y",
  is_aggregate: (fn) => yesNo(fn.aggregate),
  min_num_arguments: (fn) => fn.minimumArguments,
  max_num_arguments: (fn) => (Number.isFinite(fn.maximumArguments) ? fn.maximumArguments : null),
  arguments: signature,
  catalog_name: () => null,
  is_table_function: (fn) => yesNo(fn.table),
  valid_for_clustering: (fn) => yesNo(fn.determinism === "deterministic" && !fn.aggregate && !fn.table),
  language: () => "SQL",
  is_ai_function: (fn) => yesNo(fn.determinism === "model"),
};

const EMPTY = new Set(["description", "secrets", "external_access_integrations"]);

const columns = OWN.columns.map(
  (column): ShowColumn<Listed> => ({
    ...column,
    value(item, context) {
      if (isOwn(item)) return column.value(item, context);
      return BUILTIN[column.name]?.(item) ?? (column.name in BUILTIN ? null : EMPTY.has(column.name) ? "" : "N");
    },
  }),
);

const builtins = (): FunctionDefinition[] => [...KNOWN.values()].sort((a, b) => (a.name < b.name ? -1 : 1));

/** SHOW FUNCTIONS: those of users, and Snowflake's own, which no schema or database has. Source: https://docs.snowflake.com/en/sql-reference/sql/show-functions */
export const ALL_FUNCTIONS: ShowTable<Listed> = {
  columns,
  items(context, statement) {
    const own = schemaObjects(context, statement, "FUNCTION");
    const isNarrowed = statement.in !== undefined && statement.in.type !== "ACCOUNT";
    return isNarrowed ? own : [...builtins(), ...own];
  },
  ignores: ["STARTS WITH", "LIMIT"],
  name: ({ name }) => name,
};

export const BUILTIN_FUNCTIONS: ShowTable<Listed> = { ...ALL_FUNCTIONS, items: builtins };
