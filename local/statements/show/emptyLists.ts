import { schemasInScope } from "./scope";
import { emptyShow, type ShowTable } from "./table";

const POLICY = "created_on name database_name schema_name kind owner comment options owner_role_type";
const INTEGRATION = "name type category enabled comment created_on";

/**
 * Kinds of objects that cannot be made here, so that nothing is listed, with the columns of their lists.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/show and the page of each kind.
 */
const COLUMNS: Record<string, string> = {
  "EXTERNAL TABLES":
    "created_on name database_name schema_name invalid invalid_reason owner comment stage location file_format_name file_format_type cloud region notification_channel last_refreshed_on table_format last_refresh_details owner_role_type",
  "HYBRID TABLES": "created_on name database_name schema_name owner rows bytes comment owner_role_type",
  "ICEBERG TABLES":
    "created_on name database_name schema_name owner external_volume_name catalog_name iceberg_table_type catalog_table_name catalog_namespace base_location can_write_metadata comment name_mapping owner_role_type catalog_sync_name auto_refresh_status partition_specs current_partition_spec_id",
  "EVENT TABLES": "created_on name database_name schema_name owner comment owner_role_type",
  "REPLICATION DATABASES": "region_group snowflake_region created_on account_name name comment is_primary primary",
  "REPLICATION ACCOUNTS": "snowflake_region created_on account_name account_locator comment",
  "CATALOG INTEGRATIONS": INTEGRATION,
  "EXTERNAL ACCESS INTEGRATIONS": INTEGRATION,
  APPLICATIONS:
    "created_on name is_default is_current source_type source owner comment version label patch options retention_time",
  "APPLICATION PACKAGES":
    "created_on name is_default is_current distribution owner comment retention_time options dropped_on application_class",
  "CORTEX SEARCH SERVICES": "created_on name database_name schema_name comment",
  "EXTERNAL VOLUMES": "name allow_writes comment",
  "FAILOVER GROUPS":
    "region_group snowflake_region created_on account_name name type comment is_primary primary object_types allowed_integration_types allowed_accounts organization_name account_locator replication_schedule secondary_state next_scheduled_refresh owner",
  "MANAGED ACCOUNTS":
    "account_name cloud region account_locator created_on account_url account_locator_url is_reader comment",
  "AGGREGATION POLICIES": POLICY,
  "PROJECTION POLICIES": POLICY,
  "SESSION POLICIES": POLICY,
  "GIT REPOSITORIES":
    "created_on name database_name schema_name origin api_integration git_credentials owner owner_role_type comment",
  "COMPUTE POOLS":
    "name state min_nodes max_nodes instance_family num_services num_jobs auto_suspend_secs auto_resume active_nodes idle_nodes target_nodes created_on resumed_on updated_on owner comment is_exclusive application placement_group backup_instance_families",
  NOTEBOOKS:
    "created_on name database_name schema_name comment owner query_warehouse url_id owner_role_type code_warehouse",
  "SEMANTIC VIEWS": "created_on name database_name schema_name comment owner owner_role_type extension",
  "DBT PROJECTS":
    "name database_name schema_name created_on updated_on owner comment dbt_version default_version default_version_name default_version_alias default_version_location_uri default_version_source_location_uri dbt_snowflake_version default_target default_environment default_writeback auto_compile external_access_integrations last_deployed_from",
  "IMAGE REPOSITORIES":
    "created_on name database_name schema_name repository_url owner owner_role_type comment encryption privatelink_repository_url",
  MODELS: "created_on name model_type database_name schema_name owner comment versions default_version_name aliases",
};

/** Nothing, in a scope that exists. */
const nothingInScope: ShowTable<never>["items"] = (context, statement) => {
  if (statement.in?.name) schemasInScope(context, statement);
  return [];
};

const TERSE = ["created_on", "name", "kind", "database_name", "schema_name"];

export const EMPTY_LISTS: ReadonlyMap<string, ShowTable<never>> = new Map(
  Object.entries(COLUMNS).map(([type, columns]) => {
    const table = emptyShow(...columns.split(" "));
    return [type, columns.includes("schema_name") ? { ...table, terse: TERSE, items: nothingInScope } : table];
  }),
);
