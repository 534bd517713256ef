import type { CreateFunction, CreateProcedure } from "../../../../dialect/index";
import type { RoutineLanguage, RoutineOptions } from "../../../catalogue/model";
import { compilationError, invalidValue, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { nameParts } from "../../../names/parts";
import { fullName, printName, resolveSchemaObject } from "../../../names/resolve";
import { requirePrivilege } from "../../../privileges/index";
import { Properties } from "../support/properties";
import { accountObject } from "../support/target";

const HOSTED = ["PYTHON", "JAVA", "SCALA"] as const;
const LANGUAGES: readonly RoutineLanguage[] = ["SQL", "JAVASCRIPT", ...HOSTED];

const TEXTS = ["HANDLER", "RUNTIME_VERSION", "TARGET_PATH", "ARTIFACT_REPOSITORY", "RESOURCE_CONSTRAINT"];
const LISTS = ["IMPORTS", "PACKAGES"];

/** Languages that run somewhere else: their routines are made and described here, and refused by name when called. */
export const isHosted = (language: RoutineLanguage): boolean => (HOSTED as readonly string[]).includes(language);

export function languageOf(statement: CreateProcedure | CreateFunction): RoutineLanguage {
  if (statement.kind === "CreateFunction" && statement.external) return "EXTERNAL";
  const language = LANGUAGES.find((known) => known === statement.language.toUpperCase());
  if (!language) throw unsupportedFeature(`LANGUAGE ${statement.language.toUpperCase()}`);
  return language;
}

/** Kept for DESCRIBE and GET_DDL. Errors: 002029 for what the language asks for, 002003 for a name that is nobody's. */
export function routineOptions(
  context: ExecutionContext,
  language: RoutineLanguage,
  kind: "PROCEDURE" | "FUNCTION",
  properties: Properties,
): RoutineOptions | undefined {
  requireOptions(language, kind, properties);
  const options: RoutineOptions = {};
  for (const name of TEXTS) {
    const text = properties.text(name);
    if (text !== undefined) options[name] = text;
  }
  for (const name of LISTS) {
    const list = properties.list(name);
    if (list !== undefined) options[name] = list;
    else if (isHosted(language)) options[name] = [];
  }
  const access = properties.list("EXTERNAL_ACCESS_INTEGRATIONS");
  if (access) options["EXTERNAL_ACCESS_INTEGRATIONS"] = access.map((name) => integrationNamed(context, name));
  const secrets = secretsOf(context, properties);
  if (secrets) options["SECRETS"] = secrets;
  if (language === "EXTERNAL") Object.assign(options, externalOptions(context, properties));
  return Object.keys(options).length > 0 ? options : undefined;
}

function requireOptions(language: RoutineLanguage, kind: "PROCEDURE" | "FUNCTION", properties: Properties): void {
  const required =
    language === "EXTERNAL"
      ? ["API_INTEGRATION"]
      : !isHosted(language)
        ? []
        : kind === "PROCEDURE"
          ? ["RUNTIME_VERSION", "PACKAGES", "HANDLER"]
          : language === "PYTHON"
            ? ["RUNTIME_VERSION", "HANDLER"]
            : ["HANDLER"];
  const missing = required.filter((name) => !properties.has(name));
  if (missing.length > 0) {
    throw compilationError("002029", "42601", `Missing option(s): [${missing.join(", ")}]`);
  }
}

function integrationNamed(context: ExecutionContext, name: string): string {
  requirePrivilege(context, "USAGE", accountObject(context, "INTEGRATION", name));
  return name;
}

/** `SECRETS = ('variable' = db.s.secret)`: variable → full name. */
function secretsOf(context: ExecutionContext, properties: Properties): Record<string, string> | undefined {
  const value = properties.value("SECRETS");
  if (value === undefined) return undefined;
  const entries = value.kind === "PropertyMap" ? value.properties : [];
  return Object.fromEntries(
    entries.map((entry) => {
      const [name] = new Properties(context, [entry]).objectNames(entry.name) ?? [];
      if (!name) throw invalidValue(entry.name, "SECRETS");
      const secret = resolveSchemaObject(context, "SECRET", name, "SECRETS");
      return [entry.name.replace(/^'(.*)'$/s, "$1"), fullName(context.catalogue, secret)];
    }),
  );
}

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-external-function */
function externalOptions(context: ExecutionContext, properties: Properties): RoutineOptions {
  const headers = properties.record("HEADERS");
  const contextHeaders = properties.list("CONTEXT_HEADERS");
  const translator = (name: string): string => {
    const value = properties.value(name);
    if (value?.kind !== "ObjectName" && value?.kind !== "IdentifierFunction") return "null";
    return printName(...nameParts(context, value));
  };
  return {
    API_INTEGRATION: integrationNamed(context, properties.name("API_INTEGRATION")?.at(-1) ?? ""),
    HEADERS: headers
      ? JSON.stringify(
          Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.replace(/^'(.*)'$/s, "$1"), value])),
        )
      : "null",
    CONTEXT_HEADERS: contextHeaders ? JSON.stringify(contextHeaders.map((name) => name.toUpperCase())) : "null",
    MAX_BATCH_ROWS: properties.text("MAX_BATCH_ROWS") ?? "not set",
    COMPRESSION: (properties.text("COMPRESSION") ?? "AUTO").toUpperCase(),
    REQUEST_TRANSLATOR: translator("REQUEST_TRANSLATOR"),
    RESPONSE_TRANSLATOR: translator("RESPONSE_TRANSLATOR"),
  };
}
