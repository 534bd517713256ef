import type { Judged, JudgedText } from "./judged";
import { readLoader } from "./loaders";

/** Properties of a command that hold what it runs, and where. */
const SCRIPTS = ["create", "update", "delete", "stdin", "interpreter", "environment", "command", "connection", "dir"];

/** Clients that reach Snowflake from a shell, and tools that change a schema there. */
const SNOWFLAKE =
  /\b(snow|snowcli|snowpipe|snowpark|dbt|schemachange|snowddl|permifrost)\b|snowsql|snowflake|CREATE\s+(OR\s+REPLACE\s+)?(\w+\s+)?TABLE/i;

const FIX = "Deploy what it does as resources of the stack, such as snowflake.Execute, which the law reads.";

/**
 * Resources of other packages that run code of their own. One that names Snowflake is a breach of TT06: what it does there
 * cannot be read. One that does not is only named, since most of them have nothing to do with the warehouse.
 */
export function readOtherPackage(
  type: string,
  props: Record<string, unknown>,
  isUnknown: (value: unknown) => boolean,
): Judged | undefined {
  const notKnown = (names: readonly string[]) => names.filter((name) => values(props[name]).some(isUnknown));
  if (/^command:(local|remote):(Command|run)/.test(type)) {
    return judged(
      "A command",
      SCRIPTS.map((name) => props[name]),
      notKnown(SCRIPTS),
    );
  }
  if (/^pulumi-(nodejs|python):dynamic[:/]/.test(type))
    return judged("A dynamic provider", [props["__provider"], props], notKnown(Object.keys(props)));
  // Providers of others for Snowflake, such as Terraform's `snowsql`, which runs SQL as it is given.
  if (/^[^:]*(snowflake|snowsql)[^:]*:/i.test(type)) return judged(type, ["snowsql"]);
  if (callsClient(strings(props).join(" "))) return judged(type, ["snowsql"]);
  const texts = readLoader(type, props);
  return texts.length === 0 ? undefined : { texts, unknown: [], remarks: [] };
}

/**
 * A call of one of Snowflake's clients, wherever a resource keeps it: the command of a container, of a job, of a build. Also
 * a script that loads Snowflake's driver, and the address of the SQL API.
 */
const CLIENT =
  /\bsnowsql\b|\bsnow\s+(--?[\w-]+([=\s]\s*[^\s-]\S*)?\s+)*(sql|object|dbt|notebook|streamlit|spcs|snowpark|dcm)\b|\b(import|from)\s+snowflake\.|\b(require|import)\s*\(\s*["']snowflake-sdk["']|\bfrom\s+["']snowflake-sdk["']|snowflakecomputing\.com\/api\/v2\/statements/i;

/** `["snow", "sql"]` inside a text, as lists of arguments are handed over, reads like `snow sql`. */
const callsClient = (text: string): boolean =>
  CLIENT.test(text) || CLIENT.test(text.replace(/[[\]"',\s]+/g, " ")) || (DBT.test(text) && /snowflake/i.test(text));

/** dbt, whose trade it is to make tables, where Snowflake is named as well. */
const DBT = /\bdbt-snowflake\b|\bdbt\s+(build|run|run-operation|seed|snapshot|clone|retry)\b/i;

const strings = (value: unknown): string[] => values(value).filter((one) => typeof one === "string");

/** Every value that is no list and no object, however deep it lies. */
function values(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(values) : [value];
}

function judged(what: string, holders: readonly unknown[], unknown: string[] = []): Judged {
  const reaches = SNOWFLAKE.test(JSON.stringify(holders) ?? "");
  const texts: JudgedText[] = reaches
    ? [{ sql: "", unread: { message: `${what} reaches Snowflake by code that is not read here.`, fix: FIX } }]
    : [];
  // What is not known yet may name it: that is told at the update.
  const clear = !reaches && unknown.length === 0;
  const remarks = clear ? [`${what} runs code that the law does not read; it does not name Snowflake.`] : [];
  return { texts, unknown: reaches ? [] : unknown, remarks };
}
