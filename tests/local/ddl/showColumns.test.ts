import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, execute, startServer } from "../support";

/** Each list with its columns in order. Source: "Output" of https://docs.snowflake.com/en/sql-reference/sql/show-…, …/info-schema/… */
const LISTS: Record<string, string> = {
  "SHOW DATABASES":
    "created_on name is_default is_current origin owner comment options retention_time kind owner_role_type object_visibility data_quality_monitoring_settings resharing_settings",
  "SHOW DATABASES HISTORY":
    "created_on name is_default is_current origin owner comment options retention_time dropped_on kind owner_role_type object_visibility data_quality_monitoring_settings resharing_settings",
  "SHOW SCHEMAS":
    "created_on name is_default is_current database_name owner comment options retention_time owner_role_type classification_profile_database classification_profile_schema classification_profile object_visibility is_nested",
  "SHOW SCHEMAS HISTORY":
    "created_on name is_default is_current database_name owner comment options retention_time dropped_on owner_role_type classification_profile_database classification_profile_schema classification_profile object_visibility is_nested",
  "SHOW DYNAMIC TABLES":
    "created_on name reserved database_name schema_name cluster_by rows bytes owner target_lag scheduler refresh_mode refresh_mode_reason warehouse initialization_warehouse comment text automatic_clustering scheduling_state last_suspended_on is_clone is_replica is_iceberg data_timestamp owner_role_type immutable_where execute_as_user",
  "SHOW OBJECTS":
    "created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time owner_role_type is_hybrid is_dynamic is_iceberg is_interactive",
  "SHOW TABLES HISTORY":
    "created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time dropped_on automatic_clustering change_tracking search_optimization search_optimization_progress search_optimization_bytes is_external enable_schema_evolution owner_role_type is_event is_hybrid is_iceberg is_dynamic is_immutable is_interactive row_timestamp error_logging",
  "SHOW VIEWS":
    "created_on name reserved database_name schema_name owner comment text is_secure is_materialized owner_role_type change_tracking",
  "SHOW TERSE TABLES": "created_on name kind database_name schema_name",
  "SHOW TERSE STREAMS": "created_on name kind database_name schema_name tableOn",
  "SHOW TERSE TASKS": "created_on name kind database_name schema_name schedule",
  "SHOW TERSE ROLES": "name is_default is_current is_inherited is_from_organization_user_group",
  "SHOW TERSE USERS":
    "name created_on display_name first_name last_name email comment has_password has_rsa_public_key type has_mfa has_pat has_workload_identity is_from_organization_user",
  "SHOW TERSE FILE FORMATS":
    "created_on name database_name schema_name type owner comment format_options owner_role_type",
  "SHOW TAGS":
    "created_on name database_name schema_name owner comment allowed_values owner_role_type propagate on_conflict multi_value",
  "SHOW PIPES":
    "created_on name database_name schema_name definition owner notification_channel comment integration pattern error_integration owner_role_type invalid_reason kind is_snowflake_managed",
  "SHOW COLUMNS":
    "table_name schema_name column_name data_type null? default kind expression comment database_name autoincrement schema_evolution_record write_default",
  "SHOW SEQUENCES":
    "name database_name schema_name next_value interval created_on owner comment owner_role_type ordered",
  "SHOW STAGES":
    "created_on name database_name schema_name url has_credentials has_encryption_key owner comment region type cloud notification_channel storage_integration endpoint owner_role_type directory_enabled",
  "SHOW FILE FORMATS": "created_on name database_name schema_name type owner comment format_options owner_role_type",
  "SHOW STREAMS":
    "created_on name database_name schema_name owner comment table_name source_type base_tables type stale mode stale_after invalid_reason owner_role_type",
  "SHOW TASKS":
    "created_on name id database_name schema_name owner comment warehouse schedule predecessors state definition condition allow_overlapping_execution error_integration last_committed_on last_suspended_on owner_role_type config task_relations last_suspended_reason success_integration scheduling_mode target_completion_interval execute_as_user overlap_policy created_by_user",
  "SHOW ROLES":
    "created_on name is_default is_current is_inherited assigned_to_users granted_to_roles granted_roles owner comment is_from_organization_user_group",
  "SHOW USERS":
    "name created_on login_name display_name first_name last_name email mins_to_unlock days_to_expiry comment disabled must_change_password snowflake_lock default_warehouse default_namespace default_role default_secondary_roles ext_authn_duo ext_authn_uid mins_to_bypass_mfa owner last_success_login expires_at_time locked_until_time has_password has_rsa_public_key type has_mfa has_pat has_workload_identity is_from_organization_user",
  "SHOW WAREHOUSES":
    "name state type size min_cluster_count max_cluster_count started_clusters running queued is_default is_current auto_suspend auto_resume available provisioning quiescing other created_on resumed_on updated_on owner comment enable_query_acceleration query_acceleration_max_scale_factor resource_monitor actives pendings failed suspended uuid scaling_policy owner_role_type resource_constraint generation",
  "SHOW GRANTS": "created_on privilege granted_on name role granted_to grantee_name grant_option granted_by",
  "SHOW GRANTS ON DATABASE listed":
    "created_on privilege granted_on name granted_to grantee_name grant_option granted_by granted_by_role_type",
  "SHOW GRANTS TO ROLE SYSADMIN":
    "created_on privilege granted_on name granted_to grantee_name grant_option granted_by",
  "SHOW GRANTS OF ROLE SYSADMIN": "created_on role granted_to grantee_name granted_by",
  "SHOW PARAMETERS": "key value default level description type",
  "SHOW VARIABLES": "session_id created_on updated_on name value type comment",
  "SELECT * FROM INFORMATION_SCHEMA.PROCEDURES":
    "PROCEDURE_CATALOG PROCEDURE_SCHEMA PROCEDURE_NAME PROCEDURE_OWNER ARGUMENT_SIGNATURE DATA_TYPE CHARACTER_MAXIMUM_LENGTH CHARACTER_OCTET_LENGTH NUMERIC_PRECISION NUMERIC_PRECISION_RADIX NUMERIC_SCALE PROCEDURE_LANGUAGE PROCEDURE_DEFINITION CREATED LAST_ALTERED COMMENT EXTERNAL_ACCESS_INTEGRATIONS SECRETS RUNTIME_VERSION PACKAGES INSTALLED_PACKAGES ARTIFACT_REPOSITORY OWNER_ROLE_TYPE",
  "SELECT * FROM INFORMATION_SCHEMA.FUNCTIONS":
    "FUNCTION_CATALOG FUNCTION_SCHEMA FUNCTION_NAME FUNCTION_OWNER ARGUMENT_SIGNATURE DATA_TYPE CHARACTER_MAXIMUM_LENGTH CHARACTER_OCTET_LENGTH NUMERIC_PRECISION NUMERIC_PRECISION_RADIX NUMERIC_SCALE FUNCTION_LANGUAGE FUNCTION_DEFINITION VOLATILITY IS_NULL_CALL IS_SECURE CREATED LAST_ALTERED COMMENT IS_EXTERNAL API_INTEGRATION CONTEXT_HEADERS MAX_BATCH_ROWS REQUEST_TRANSLATOR RESPONSE_TRANSLATOR COMPRESSION IMPORTS HANDLER TARGET_PATH RUNTIME_VERSION PACKAGES INSTALLED_PACKAGES IS_MEMOIZABLE EXTERNAL_ACCESS_INTEGRATIONS SECRETS IS_DATA_METRIC IS_AGGREGATE ARTIFACT_REPOSITORY",
  "DESCRIBE WAREHOUSE listing": "created_on name kind",
  "DESCRIBE DATABASE listed": "created_on name kind",
};

describe("columns of SHOW, DESCRIBE and INFORMATION_SCHEMA", () => {
  let server: LocalServer;
  let connection: Connection;
  before(async () => {
    server = await startServer();
    connection = await connect(server);
    for (const sql of ["CREATE DATABASE listed", "CREATE WAREHOUSE listing"]) await execute(connection, sql);
  });
  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  for (const [sql, columns] of Object.entries(LISTS))
    it(sql, async () => {
      const { statement } = await execute(connection, sql);
      assert.equal((statement.getColumns() ?? []).map((c) => c.getName()).join(" "), columns);
    });

  it("a view among objects has no rows and no bytes, as numbers", async () => {
    await execute(connection, "CREATE VIEW listed.PUBLIC.seen AS SELECT 1 AS a");
    const { rows } = await execute(connection, "SHOW OBJECTS LIKE 'SEEN' IN SCHEMA listed.PUBLIC");
    assert.deepEqual(
      rows.map((row) => [row.kind, row.rows, row.bytes]),
      [["VIEW", 0, 0]],
    );
  });

  it("a task of a graph has no overlap of its own, its root has", async () => {
    await execute(connection, "CREATE TASK root SCHEDULE = '60 MINUTE' AS SELECT 1");
    await execute(connection, "CREATE TASK leaf AFTER root AS SELECT 1");
    const { rows } = await execute(connection, "SHOW TASKS");
    assert.deepEqual(
      rows.map((row) => [row.name, row.allow_overlapping_execution]),
      [
        ["LEAF", "null"],
        ["ROOT", "false"],
      ],
    );
  });
});
