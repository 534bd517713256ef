import type { ArgumentDoc, FunctionDoc, ProcedureDoc } from "../../../catalogue/model";
import { optionText } from "../../describe/routine";
import { schemaObjects } from "../scope";
import { count, type ShowColumn, type ShowTable, text } from "../table";
import { createdOn, database, name, schema, yesNo } from "./common";

type Routine = ProcedureDoc | FunctionDoc;

const returnText = ({ returns }: Routine): string =>
  "table" in returns ? `TABLE (${returns.table.map((c) => `${c.name} ${c.type.kind}`).join(", ")})` : returns.type.kind;

const argumentText = ({ type, defaultText }: ArgumentDoc): string =>
  `${defaultText === undefined ? "" : "DEFAULT "}${type.kind}`;

/** `P(VARCHAR, DEFAULT NUMBER) RETURN VARCHAR`: types without sizes, as the Snowflake plugin reads them. */
export const argumentsText = (doc: Routine): string =>
  `${doc.name}(${doc.arguments.map(argumentText).join(", ")}) RETURN ${returnText(doc)}`;

const option =
  (name: string) =>
  ({ options }: Routine): string =>
    options?.[name] === undefined ? "" : optionText(name, options[name]);

const columns: ShowColumn<Routine>[] = [
  createdOn,
  name,
  { ...schema },
  text("is_builtin", () => "N"),
  text("is_aggregate", (doc) => yesNo(doc.kind === "FUNCTION" && doc.aggregate)),
  text("is_ansi", () => "N"),
  count("min_num_arguments", (doc) => doc.arguments.filter((a) => a.defaultText === undefined).length),
  count("max_num_arguments", (doc) => doc.arguments.length),
  text("arguments", argumentsText),
  text(
    "description",
    (doc) => doc.comment ?? (doc.kind === "PROCEDURE" ? "user-defined procedure" : "user-defined function"),
  ),
  { ...database, name: "catalog_name" },
  text("is_table_function", (doc) => yesNo("table" in doc.returns)),
  text("valid_for_clustering", (doc) => yesNo(doc.kind === "FUNCTION" && doc.volatility === "IMMUTABLE")),
  text("is_secure", (doc) => yesNo(doc.secure)),
  text("secrets", option("SECRETS")),
  text("external_access_integrations", option("EXTERNAL_ACCESS_INTEGRATIONS")),
];

export const PROCEDURES: ShowTable<Routine> = {
  columns,
  items: (context, statement) => schemaObjects(context, statement, "PROCEDURE"),
  ignores: ["STARTS WITH", "LIMIT"],
  name: (doc) => doc.name,
};

export const FUNCTIONS: ShowTable<Routine> = {
  columns: [
    ...columns,
    text("is_external_function", (doc) => yesNo(doc.language === "EXTERNAL")),
    text("language", (doc) => doc.language),
    text("is_memoizable", (doc) => yesNo(doc.kind === "FUNCTION" && doc.memoizable)),
    text("is_data_metric", () => "N"),
    text("is_ai_function", () => "N"),
  ],
  items: (context, statement) => schemaObjects(context, statement, "FUNCTION"),
  ignores: ["STARTS WITH", "LIMIT"],
  name: (doc) => doc.name,
};

export const EXTERNAL_FUNCTIONS: ShowTable<Routine> = {
  ...FUNCTIONS,
  items: (context, statement) =>
    schemaObjects(context, statement, "FUNCTION").filter(({ language }) => language === "EXTERNAL"),
};
