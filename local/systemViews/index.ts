import { ACCOUNT_USAGE } from "./accountUsage/index";
import type { SystemTableFunction, SystemView } from "./contract";
import {
  APPLICABLE_ROLES,
  ENABLED_ROLES,
  OBJECT_PRIVILEGES,
  TABLE_PRIVILEGES,
  USAGE_PRIVILEGES,
} from "./informationSchema/access";
import { CATALOG_NAME, DATABASES, SCHEMATA } from "./informationSchema/containers";
import { COPY_HISTORY, LOAD_HISTORY } from "./informationSchema/copyHistory";
import { DYNAMIC_TABLES } from "./informationSchema/dynamicTables/dynamicTables";
import { DYNAMIC_TABLE_GRAPH_HISTORY } from "./informationSchema/dynamicTables/graphHistory";
import { DYNAMIC_TABLE_REFRESH_HISTORY } from "./informationSchema/dynamicTables/refreshHistory";
import { EMPTY_VIEWS, MISSING_VIEWS } from "./informationSchema/empty";
import { WAREHOUSE_METERING_HISTORY } from "./informationSchema/metering";
import {
  QUERY_HISTORY,
  QUERY_HISTORY_BY_SESSION,
  QUERY_HISTORY_BY_USER,
  QUERY_HISTORY_BY_WAREHOUSE,
} from "./informationSchema/queryHistory";
import { DATA_METRIC_FUNCTION_REFERENCES, POLICY_REFERENCES, TAG_REFERENCES } from "./informationSchema/references";
import { COLUMNS, REFERENTIAL_CONSTRAINTS, TABLE_CONSTRAINTS, tablesView, VIEWS } from "./informationSchema/relations";
import { FUNCTIONS, PROCEDURES } from "./informationSchema/routines";
import { ALERT_HISTORY } from "./informationSchema/schedules/alertHistory";
import { TASK_DEPENDENTS } from "./informationSchema/schedules/taskDependents";
import { COMPLETE_TASK_GRAPHS, CURRENT_TASK_GRAPHS } from "./informationSchema/schedules/taskGraphs";
import { TASK_HISTORY } from "./informationSchema/schedules/taskHistory";
import { FILE_FORMATS, PIPES, SEQUENCES, STAGES } from "./informationSchema/schemaObjects";
import { TABLE_STORAGE_METRICS } from "./informationSchema/storage";

const INFORMATION_SCHEMA: SystemView[] = [
  APPLICABLE_ROLES,
  COLUMNS,
  DATABASES,
  ENABLED_ROLES,
  FILE_FORMATS,
  FUNCTIONS,
  CATALOG_NAME,
  LOAD_HISTORY,
  OBJECT_PRIVILEGES,
  PROCEDURES,
  REFERENTIAL_CONSTRAINTS,
  SCHEMATA,
  SEQUENCES,
  STAGES,
  PIPES,
  TABLE_CONSTRAINTS,
  TABLE_PRIVILEGES,
  USAGE_PRIVILEGES,
  TABLE_STORAGE_METRICS,
  VIEWS,
  ...EMPTY_VIEWS,
];
INFORMATION_SCHEMA.push(tablesView(() => informationSchemaViews()));

/** One line per function; those of dynamic tables, tasks and alerts are defined where their history is kept. */
const TABLE_FUNCTIONS: readonly SystemTableFunction[] = [
  QUERY_HISTORY,
  QUERY_HISTORY_BY_SESSION,
  QUERY_HISTORY_BY_USER,
  QUERY_HISTORY_BY_WAREHOUSE,
  WAREHOUSE_METERING_HISTORY,
  DYNAMIC_TABLES,
  DYNAMIC_TABLE_GRAPH_HISTORY,
  DYNAMIC_TABLE_REFRESH_HISTORY,
  ALERT_HISTORY,
  COPY_HISTORY,
  COMPLETE_TASK_GRAPHS,
  CURRENT_TASK_GRAPHS,
  TASK_DEPENDENTS,
  TASK_HISTORY,
  POLICY_REFERENCES,
  DATA_METRIC_FUNCTION_REFERENCES,
  TAG_REFERENCES,
];

const byName = <T extends { name: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((item) => [item.name, item]));

const VIEWS_OF: Record<string, ReadonlyMap<string, SystemView>> = {
  INFORMATION_SCHEMA: byName(INFORMATION_SCHEMA),
  ACCOUNT_USAGE: byName(ACCOUNT_USAGE),
};
const FUNCTIONS_BY_NAME = byName(TABLE_FUNCTIONS);

/** `schema`: INFORMATION_SCHEMA of any database, or ACCOUNT_USAGE of SNOWFLAKE. */
export const systemView = (schema: string, name: string): SystemView | undefined => VIEWS_OF[schema]?.get(name);

/** Names of the views of every INFORMATION_SCHEMA, sorted. */
export const informationSchemaViews = (): string[] => INFORMATION_SCHEMA.map((view) => view.name).sort();

/** A view that Snowflake documents and that is not here; of ACCOUNT_USAGE nobody knows, so every name may be one. */
export const isMissingView = (schema: string, name: string): boolean =>
  schema !== "INFORMATION_SCHEMA" || MISSING_VIEWS.has(name);

export const systemTableFunction = (schema: string, name: string): SystemTableFunction | undefined =>
  schema === "INFORMATION_SCHEMA" ? FUNCTIONS_BY_NAME.get(name) : undefined;
