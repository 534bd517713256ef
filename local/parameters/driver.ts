import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { Session } from "../session/session";
import type { ParameterValue } from "./definitions";
import { sessionParameter } from "./effective";

/** What drivers read from login and every answer to format and parse values. */
const NAMES = [
  "AUTOCOMMIT",
  "BINARY_OUTPUT_FORMAT",
  "CLIENT_METADATA_REQUEST_USE_CONNECTION_CTX",
  "CLIENT_PREFETCH_THREADS",
  "CLIENT_RESULT_CHUNK_SIZE",
  "CLIENT_RESULT_COLUMN_CASE_INSENSITIVE",
  "CLIENT_SESSION_KEEP_ALIVE",
  "CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY",
  "CLIENT_STAGE_ARRAY_BINDING_THRESHOLD",
  "CLIENT_TELEMETRY_ENABLED",
  "CLIENT_TIMESTAMP_TYPE_MAPPING",
  "DATE_OUTPUT_FORMAT",
  "GEOGRAPHY_OUTPUT_FORMAT",
  "GO_QUERY_RESULT_FORMAT",
  "JS_TREAT_INTEGER_AS_BIGINT",
  "PYTHON_CONNECTOR_QUERY_RESULT_FORMAT",
  "QUERY_TAG",
  "TIMESTAMP_LTZ_OUTPUT_FORMAT",
  "TIMESTAMP_NTZ_OUTPUT_FORMAT",
  "TIMESTAMP_OUTPUT_FORMAT",
  "TIMESTAMP_TZ_OUTPUT_FORMAT",
  "TIMEZONE",
  "TIME_OUTPUT_FORMAT",
] as const;

/** What one driver reads besides, by the name it gives itself. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  JDBC: [
    "CLIENT_MEMORY_LIMIT",
    "CLIENT_METADATA_USE_SESSION_DATABASE",
    "JDBC_FORMAT_DATE_WITH_TIMEZONE",
    "JDBC_TREAT_DECIMAL_AS_INT",
    "JDBC_TREAT_TIMESTAMP_NTZ_AS_UTC",
    "JDBC_USE_SESSION_TIMEZONE",
  ],
};

export const driverParameters = (
  catalogue: CatalogueSnapshot,
  session: Session,
): { name: string; value: ParameterValue }[] =>
  [...NAMES, ...(OWN[session.client.application] ?? [])].map((name) => ({
    name,
    value: sessionParameter(catalogue, session, name).value,
  }));
