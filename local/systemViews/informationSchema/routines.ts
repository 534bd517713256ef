import type { FunctionDoc, ProcedureDoc } from "../../catalogue/model";
import { owns } from "../../privileges/index";
import { optionText } from "../../statements/describe/routine";
import { databaseName, ownerName, schemaName } from "../../statements/show/scope";
import { number, sqlName } from "../../types/dataType";
import { count, moment, none, type SystemColumn, systemViewOf, text } from "../define";
import { objectsOf } from "./scope";

type Routine = ProcedureDoc | FunctionDoc;

const yesNo = (value: unknown): string => (value ? "YES" : "NO");

const signature = (doc: Routine): string => `(${doc.arguments.map((a) => `${a.name} ${a.type.kind}`).join(", ")})`;

const returned = ({ returns }: Routine): string =>
  "table" in returns
    ? `TABLE (${returns.table.map((c) => `${c.name} ${sqlName(c.type)}`).join(", ")})`
    : sqlName(returns.type);

const typeFact =
  (pick: (type: { kind: string; length?: number; precision?: number; scale?: number }) => number | undefined) =>
  ({ returns }: Routine) =>
    "table" in returns ? null : pick(returns.type as never);

/** What procedures and functions have in common, up to their text. */
const columns = (kind: "PROCEDURE" | "FUNCTION"): SystemColumn<Routine>[] => [
  text(`${kind}_CATALOG`, (doc, context) => databaseName(context, doc)),
  text(`${kind}_SCHEMA`, (doc, context) => schemaName(context, doc)),
  text(`${kind}_NAME`, (doc) => doc.name),
  text(`${kind}_OWNER`, (doc, context) => ownerName(context, doc)),
  text("ARGUMENT_SIGNATURE", signature),
  text("DATA_TYPE", returned),
  count(
    "CHARACTER_MAXIMUM_LENGTH",
    typeFact((t) => (t.kind === "VARCHAR" ? t.length : undefined)),
  ),
  count(
    "CHARACTER_OCTET_LENGTH",
    typeFact((t) => (t.kind === "VARCHAR" ? Math.min((t.length ?? 0) * 4, 16_777_216) : undefined)),
  ),
  count(
    "NUMERIC_PRECISION",
    typeFact((t) => t.precision),
  ),
  count(
    "NUMERIC_PRECISION_RADIX",
    typeFact((t) => (t.kind === "NUMBER" ? 10 : undefined)),
  ),
  count(
    "NUMERIC_SCALE",
    typeFact((t) => (t.kind === "NUMBER" ? t.scale : undefined)),
  ),
  text(`${kind}_LANGUAGE`, (doc) => doc.language),
  text(`${kind}_DEFINITION`, (doc, context) => (owns(context, doc) || !doc.secure ? doc.body : null)),
];

const HISTORY: SystemColumn<Routine>[] = [
  moment("CREATED", (doc) => doc.createdOn),
  moment("LAST_ALTERED", (doc) => doc.lastDdlOn ?? doc.createdOn),
  text("COMMENT", (doc) => doc.comment),
];

const option = (name: string): SystemColumn<Routine> =>
  text(name, (doc) => {
    const value = doc.options?.[name];
    return value === undefined ? null : optionText(name, value);
  });

/** Source: https://docs.snowflake.com/en/sql-reference/info-schema/procedures */
export const PROCEDURE_COLUMNS: SystemColumn<Routine>[] = [
  ...columns("PROCEDURE"),
  ...HISTORY,
  option("EXTERNAL_ACCESS_INTEGRATIONS"),
  option("SECRETS"),
  option("RUNTIME_VERSION"),
  option("PACKAGES"),
  none("INSTALLED_PACKAGES"),
  option("ARTIFACT_REPOSITORY"),
  text("OWNER_ROLE_TYPE", () => "ROLE"),
];

/** Source: https://docs.snowflake.com/en/sql-reference/info-schema/functions */
export const FUNCTION_COLUMNS: SystemColumn<Routine>[] = [
  ...columns("FUNCTION"),
  text("VOLATILITY", (doc) => doc.volatility ?? "VOLATILE"),
  text("IS_NULL_CALL", (doc) => yesNo(doc.nullInput === "CALLED")),
  text("IS_SECURE", (doc) => yesNo(doc.secure)),
  ...HISTORY,
  text("IS_EXTERNAL", (doc) => yesNo(doc.language === "EXTERNAL")),
  option("API_INTEGRATION"),
  option("CONTEXT_HEADERS"),
  none("MAX_BATCH_ROWS", number()),
  option("REQUEST_TRANSLATOR"),
  option("RESPONSE_TRANSLATOR"),
  option("COMPRESSION"),
  option("IMPORTS"),
  option("HANDLER"),
  option("TARGET_PATH"),
  option("RUNTIME_VERSION"),
  option("PACKAGES"),
  none("INSTALLED_PACKAGES"),
  text("IS_MEMOIZABLE", (doc) => yesNo(doc.kind === "FUNCTION" && doc.memoizable)),
  option("EXTERNAL_ACCESS_INTEGRATIONS"),
  option("SECRETS"),
  text("IS_DATA_METRIC", () => "NO"),
  text("IS_AGGREGATE", (doc) => yesNo(doc.kind === "FUNCTION" && doc.aggregate)),
  option("ARTIFACT_REPOSITORY"),
];

export const PROCEDURES = systemViewOf<Routine>("PROCEDURES", PROCEDURE_COLUMNS, (context, databaseId) =>
  objectsOf(context, databaseId, "PROCEDURE"),
);

export const FUNCTIONS = systemViewOf<Routine>("FUNCTIONS", FUNCTION_COLUMNS, (context, databaseId) =>
  objectsOf(context, databaseId, "FUNCTION"),
);
