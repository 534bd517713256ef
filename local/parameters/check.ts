import { compilationError, invalidValue, SnowflakeError, unsupportedFeature } from "../errors";
import { PARAMETERS, type ParameterDefinition, type ParameterLevel, type ParameterValue } from "./definitions";

const unknownParameter = (name: string, level: ParameterLevel) =>
  new SnowflakeError(
    "001006",
    "22023",
    `SQL compilation error:\ninvalid parameter '${name}' for ${level.toLowerCase()}`,
  );

/** Checks and converts a value for ALTER … SET name = value. Errors: 001006 no such parameter here, 001008 bad value. */
export function checkParameter(name: string, given: ParameterValue, level: ParameterLevel): ParameterValue {
  const definition = PARAMETERS.get(name);
  if (!definition && UNSUPPORTED.has(name)) throw unsupportedFeature(`parameter ${name}`);
  if (!definition?.levels.includes(level)) throw unknownParameter(name, level);
  const bad = () => invalidValue(String(given), name);
  switch (definition.type) {
    case "BOOLEAN": {
      const value = String(given).toLowerCase();
      if (value !== "true" && value !== "false") throw bad();
      refuse(definition, value);
      return value === "true";
    }
    case "NUMBER": {
      const value = Number(given);
      if (String(given).trim() === "" || !Number.isInteger(value)) throw bad();
      if (definition.range && value > definition.range[1]) {
        const days = definition.range[1];
        if (name === "MAX_DATA_EXTENSION_TIME_IN_DAYS")
          throw compilationError("001008", "22023", `Exceeds maximum allowable extension time (${days}).`);
        if (name === "DATA_RETENTION_TIME_IN_DAYS")
          throw compilationError("001008", "22023", `Exceeds maximum allowable retention time (${days} day(s)).`);
      }
      if (definition.range && (value < definition.range[0] || value > definition.range[1])) throw bad();
      return value;
    }
    case "STRING": {
      const value = String(given);
      if (definition.values && !definition.values.includes(value.toUpperCase())) throw bad();
      refuse(definition, value);
      const isAuto = TAKES_NO_AUTO.has(name) && value.toUpperCase() === "AUTO";
      if (isAuto || (name === "TIMEZONE" && !isTimeZone(value)))
        throw compilationError("001006", "22023", `invalid value [${value}] for parameter '${name}'`);
      return definition.values && /^[A-Z_ 0-9-]+$/.test(String(definition.default)) ? value.toUpperCase() : value;
    }
  }
}

/** Parameters of sessions and accounts that say something of what there is not here. https://docs.snowflake.com/en/sql-reference/parameters */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  "ACTIVE_PYTHON_PROFILER",
  "ALLOW_BIND_VALUES_ACCESS",
  "BASE_LOCATION_PREFIX",
  "CORTEX_MODELS_ALLOWLIST",
  "CSV_TIMESTAMP_FORMAT",
  "DATA_METRIC_SCHEDULE",
  "DEFAULT_NULL_ORDERING",
  "DISABLE_USER_PRIVILEGE_GRANTS",
  "ENABLE_GET_DDL_USE_DATA_TYPE_ALIAS",
  "ENABLE_UNREDACTED_SECURE_OBJECT_ERROR",
  // Not on the page: drivers' users set them to be told of the element types of ARRAY, OBJECT and MAP.
  "ENABLE_STRUCTURED_TYPES_IN_CLIENT_RESPONSE",
  "ENABLE_STRUCTURED_TYPES_NATIVE_ARROW_FORMAT",
  "FORCE_ENABLE_STRUCTURED_TYPES_NATIVE_ARROW_FORMAT",
  "ICEBERG_VERSION_DEFAULT",
  "PYTHON_PROFILER_TARGET_STAGE",
  "READ_CONSISTENCY_MODE",
  "ROW_TIMESTAMP_DEFAULT",
  "SQL_TRACE_QUERY_TEXT",
  "USE_WORKSPACES_FOR_SQL",
]);

/**
 * Accounts take AUTO for the two formats of timestamps with a zone alone.
 * Source: https://docs.snowflake.com/en/release-notes/bcr-bundles/2025_07/bcr-2115
 */
const TAKES_NO_AUTO: ReadonlySet<string> = new Set([
  "DATE_OUTPUT_FORMAT",
  "TIMESTAMP_NTZ_OUTPUT_FORMAT",
  "TIMESTAMP_OUTPUT_FORMAT",
  "TIME_OUTPUT_FORMAT",
]);

function refuse({ name, refused }: ParameterDefinition, value: string): void {
  const written = value.toUpperCase();
  if (refused?.includes(written)) throw unsupportedFeature(`${name} = ${written}`);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}
