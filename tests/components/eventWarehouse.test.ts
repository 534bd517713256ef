import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { EventWarehouse } from "../../components/eventWarehouse";
import { grantKey, grantMatrix } from "../../components/grantMatrix";
import { outputsSchema } from "../../components/outputs";
import { readSettings } from "../../components/settings";
import { findResource, type RecordedResource, recordResources, settled } from "./recordingMocks";

const settings = {
  account: "ACME-WAREHOUSE",
  user: "ci",
  password: "secret",
  host: "127.0.0.1",
  port: "8084",
  protocol: "http",
};
const EXECUTE = "snowflake:index/execute:Execute";
const GRANT = "snowflake:index/grantPrivilegesToAccountRole:GrantPrivilegesToAccountRole";

async function deploy(config: Record<string, string> = {}) {
  const recorded = recordResources();
  const warehouse = new EventWarehouse("warehouse", {
    settings: readSettings({ config: { ...settings, ...config }, environment: {} }),
  });
  const outputs = outputsSchema.parse(await settled(warehouse.outputs));
  return { recorded, outputs };
}

describe("EventWarehouse", () => {
  let recorded: RecordedResource[];
  before(async () => {
    ({ recorded } = await deploy());
  });

  it("creates exactly one table and one dynamic table", () => {
    const tableLike = recorded.filter(
      ({ type }) => /Table|MaterializedView/.test(type) && type.startsWith("snowflake:"),
    );
    assert.deepEqual(
      tableLike.map(({ name }) => name),
      ["warehouse-landing-raw-events"],
    );
    const executed = recorded.filter(({ type }) => type === EXECUTE).map(({ inputs }) => String(inputs.execute));
    assert.deepEqual(
      [...new Set(executed)]
        .filter((text) => /^create [a-z ]*\btable\b/i.test(text))
        .map((text) => text.split("\n")[0]),
      ["create or alter dynamic table CLAUDE_BI.ACTIVITY.EVENTS"],
    );
  });

  it("asks for the landing table with these inputs", () => {
    assert.deepEqual(findResource(recorded, "snowflake:index/table:Table", "warehouse-landing-raw-events").inputs, {
      database: "CLAUDE_BI",
      schema: "LANDING",
      name: "RAW_EVENTS",
      columns: [
        { name: "PAYLOAD", type: "VARIANT", nullable: false },
        { name: "_SOURCE_LANE", type: "VARCHAR(64)", nullable: false, default: { constant: "DIRECT" } },
        { name: "_RECV_AT", type: "TIMESTAMP_TZ(9)", nullable: false, default: { expression: "CURRENT_TIMESTAMP()" } },
      ],
      clusterBies: ["TO_DATE(_RECV_AT)"],
      changeTracking: true,
      dataRetentionTimeInDays: 1,
      comment: "Everything that arrived, append-only; written by the insert procedures alone",
    });
  });

  it("asks for the database without PUBLIC and for three schemas under managed access", () => {
    assert.deepEqual(findResource(recorded, "snowflake:index/database:Database", "warehouse-database").inputs, {
      name: "CLAUDE_BI",
      dropPublicSchemaOnCreation: true,
      comment: "Activity Schema 2.0 event warehouse of exactly two tables",
    });
    const schemas = recorded.filter(({ type }) => type === "snowflake:index/schema:Schema");
    assert.deepEqual(schemas.map(({ inputs }) => [inputs.database, inputs.name, inputs.withManagedAccess]).sort(), [
      ["CLAUDE_BI", "ACTIVITY", "true"],
      ["CLAUDE_BI", "LANDING", "true"],
      ["CLAUDE_BI", "MCP", "true"],
    ]);
  });

  it("asks for two X-Small warehouses under one monitor", () => {
    const warehouse = (name: string, comment: string) => ({
      name,
      comment,
      warehouseType: "STANDARD",
      warehouseSize: "XSMALL",
      autoSuspend: 60,
      autoResume: "true",
      initiallySuspended: true,
      resourceMonitor: "CLAUDE_BI_CREDITS",
    });
    const type = "snowflake:index/warehouse:Warehouse";
    assert.deepEqual(findResource(recorded, type, "warehouse-warehouses-query").inputs, {
      ...warehouse("CLAUDE_WAREHOUSE", "Queries and procedures"),
      statementTimeoutInSeconds: 3600,
    });
    assert.deepEqual(
      findResource(recorded, type, "warehouse-warehouses-refresh").inputs,
      warehouse("DT_XS_WH", "Refreshes ACTIVITY.EVENTS only"),
    );
  });

  it("lets only the owner of an object drop it, so that an edit of its definition never does", () => {
    const executes = recorded.filter(({ type }) => type === EXECUTE);
    for (const { name, inputs } of executes.filter((resource) => resource.name.endsWith("-definition"))) {
      assert.match(String(inputs.execute), /^create or alter /, name);
      assert.match(String(inputs.revert), /^SELECT '.*' AS KEPT$/, name);
      const owner = findResource(recorded, EXECUTE, name.replace(/-definition$/, "-owner"));
      assert.match(String(owner.inputs.execute), /^SELECT '.*' AS OWNS$/, name);
      assert.match(String(owner.inputs.revert), /^DROP .* IF EXISTS CLAUDE_BI\./, name);
      const restored = findResource(recorded, EXECUTE, name.replace(/-definition$/, "-restored"));
      assert.deepEqual(restored.inputs, { execute: inputs.execute, revert: inputs.revert }, name);
    }
  });

  it("hands the SQL of the events table over without header comment and without a placeholder", () => {
    const { inputs } = findResource(recorded, EXECUTE, "warehouse-activity-events-definition");
    assert.match(
      String(inputs.execute),
      /^create or alter dynamic table CLAUDE_BI\.ACTIVITY\.EVENTS\n {2}target_lag = '1 minute'\n {2}warehouse = DT_XS_WH\n {2}refresh_mode = INCREMENTAL\n/,
    );
    assert.doesNotMatch(String(inputs.execute), /\{\{|any_value/i);
    assert.equal(
      inputs.query,
      `SHOW DYNAMIC TABLES LIKE 'EVENTS' IN SCHEMA CLAUDE_BI.ACTIVITY ->> SELECT "name", "target_lag", "refresh_mode", "warehouse", "cluster_by", "scheduling_state", SHA2("text") AS "text_sha2" FROM $1`,
    );
  });

  it("keeps grants when a view is edited", () => {
    const views = recorded.filter(({ type }) => type === "snowflake:index/view:View");
    assert.ok(views.length > 0);
    for (const { name, inputs } of views) assert.equal(inputs.copyGrants, true, name);
  });

  it("asks for a view with these inputs", () => {
    const { inputs } = findResource(recorded, "snowflake:index/view:View", "warehouse-view-my_permissions");
    assert.deepEqual(
      { ...inputs, statement: String(inputs.statement).replace(/\s+/g, " ") },
      {
        database: "CLAUDE_BI",
        schema: "MCP",
        name: "MY_PERMISSIONS",
        statement:
          "select pattern, effect, source, max_rows, max_runtime_seconds, daily_runtime_seconds, expires_at, reason, decided_at from CLAUDE_BI.MCP.CURRENT_PERMISSIONS where user_name = current_user()",
        comment: "One row per action pattern of the user who asks: what they may query, within which budgets, and why.",
        copyGrants: true,
      },
    );
  });

  it("asks for one view of each file in sql/views, the stream by its entity", () => {
    const names = (resources: RecordedResource[]) =>
      resources.filter(({ type }) => type === "snowflake:index/view:View").map(({ inputs }) => String(inputs.name));
    const files = readdirSync(join(__dirname, "../../sql/views")).map((file) =>
      file.replace(/\.sql$/, "").toUpperCase(),
    );
    assert.deepEqual(names(recorded).sort(), files.map((name) => name.replace("ENTITY_", "CUSTOMER_")).sort());
  });

  it("asks for an alert with these inputs, and for the others by their intervals", () => {
    const type = "snowflake:index/alert:Alert";
    const { inputs } = findResource(recorded, type, "warehouse-alert-refresh_lag");
    assert.deepEqual(
      { ...inputs, condition: String(inputs.condition).replace(/\s+/g, " ") },
      {
        database: "CLAUDE_BI",
        schema: "MCP",
        name: "REFRESH_LAG_ALERT",
        warehouse: "CLAUDE_WAREHOUSE",
        alertSchedule: { interval: 5 },
        condition: "select 1 from CLAUDE_BI.MCP.DT_HEALTH_MONITOR where lag_seconds > 3 * target_lag_seconds",
        action:
          "CALL CLAUDE_BI.MCP.RECORD_ALERT('refresh_lag', TO_VARIANT('The events table trails the landing table by more than three times its target lag.'))",
        comment: "The events table trails the landing table by more than three times its target lag.",
        enabled: true,
      },
    );
    const intervals = recorded
      .filter((resource) => resource.type === type)
      .map((alert) => [alert.inputs.name, (alert.inputs.alertSchedule as { interval: number }).interval]);
    assert.deepEqual(intervals.sort(), [
      ["CREDIT_BUDGET_ALERT", 60],
      ["DEAD_LETTERS_ALERT", 15],
      ["REFRESH_FAILURE_ALERT", 5],
      ["REFRESH_LAG_ALERT", 5],
      ["THIRD_TABLE_ALERT", 60],
    ]);
  });

  it("asks for the backup stage and its format with these inputs", () => {
    assert.deepEqual(findResource(recorded, "snowflake:index/stage:Stage", "warehouse-backup-stage").inputs, {
      database: "CLAUDE_BI",
      schema: "MCP",
      name: "EVENT_BACKUP",
      comment: "Raw events, exported by EXPORT_EVENTS and replayed by BACKFILL_EVENTS",
    });
    const { inputs } = findResource(recorded, EXECUTE, "warehouse-backup-format-definition");
    assert.equal(
      inputs.execute,
      "create or alter file format CLAUDE_BI.MCP.EVENT_BACKUP_FORMAT type = json compression = auto comment = 'Files of the stage EVENT_BACKUP'",
    );
  });

  it("creates users by three procedures, or by none where that is switched off", async () => {
    const ofUsers = (resources: RecordedResource[]) =>
      resources.filter(({ name }) => /(create|enable|disable)_mcp_user/.test(name)).length;
    const { recorded: without } = await deploy({ userManagement: "false" });
    assert.ok(ofUsers(recorded) > 0);
    assert.equal(ofUsers(without), 0);
    const privileges = (resources: RecordedResource[]) =>
      findResource(resources, GRANT, "warehouse-grants-service-account").inputs.privileges;
    assert.deepEqual(privileges(recorded), ["CREATE USER", "EXECUTE ALERT", "MONITOR USAGE"]);
    assert.deepEqual(privileges(without), ["EXECUTE ALERT", "MONITOR USAGE"]);
    assert.equal(without.filter(({ type }) => type.includes("grantOwnership")).length, 0);
  });

  it("mails alerts where an integration is set, and nowhere else", async () => {
    const text = (resources: RecordedResource[]) =>
      String(findResource(resources, EXECUTE, "warehouse-procedure-record_alert-definition").inputs.execute);
    const { recorded: mailing } = await deploy({
      notificationIntegration: "MAIL",
      notificationEmail: "team@example.com",
    });
    assert.match(text(recorded), /if \('' <> ''\) then/);
    assert.match(text(mailing), /if \('MAIL' <> ''\) then\s+call system\$send_email\(\s+'MAIL',\s+'team@example.com',/);
  });

  it("sets sizes, lag, retention, entity and timeout as configured", async () => {
    const { recorded: other } = await deploy({
      queryWarehouseSize: "small",
      refreshWarehouseSize: "X-LARGE",
      statementTimeoutSeconds: "600",
      targetLag: "5 minutes",
      retentionDays: "7",
      entity: "visitor",
    });
    const warehouse = (name: string) =>
      findResource(other, "snowflake:index/warehouse:Warehouse", `warehouse-warehouses-${name}`).inputs;
    assert.deepEqual([warehouse("query").warehouseSize, warehouse("query").statementTimeoutInSeconds], ["SMALL", 600]);
    assert.deepEqual(
      [warehouse("refresh").warehouseSize, warehouse("refresh").statementTimeoutInSeconds],
      ["XLARGE", undefined],
    );
    const { execute } = findResource(other, EXECUTE, "warehouse-activity-events-definition").inputs;
    assert.match(String(execute), /target_lag = '5 minutes'/);
    assert.match(String(execute), /data_retention_time_in_days = 7/);
    assert.equal(
      findResource(other, "snowflake:index/table:Table", "warehouse-landing-raw-events").inputs.dataRetentionTimeInDays,
      7,
    );
    assert.ok(other.some(({ inputs }) => inputs.name === "VISITOR_STREAM"));
  });

  it("names every object in upper case, so that unquoted SQL finds it", () => {
    for (const { name, inputs } of recorded.filter(({ type }) => type.startsWith("snowflake:"))) {
      if (typeof inputs.name === "string") assert.match(inputs.name, /^[A-Z][A-Z0-9_]*$/, name);
    }
  });

  it("creates one grant for each row of the matrix and no other", async () => {
    const keys = recorded
      .filter(({ type }) => type === GRANT)
      .map(({ name }) => name.replace(/^warehouse-(deployer-grants|grants|access)-/, ""));
    assert.deepEqual(keys.sort(), grantMatrix({ userManagement: true }).map(grantKey).sort());
  });

  it("spells the object of a procedure grant with its argument types", () => {
    assert.deepEqual(findResource(recorded, GRANT, "warehouse-access-ingest-procedure-mcp-ingest_events").inputs, {
      accountRoleName: "MCP_INGEST_ROLE",
      privileges: ["USAGE"],
      onSchemaObject: { objectType: "PROCEDURE", objectName: '"CLAUDE_BI"."MCP"."INGEST_EVENTS"(VARIANT, VARCHAR)' },
    });
  });

  it("makes the service role a member of the deployer and of no user", () => {
    const memberships = recorded.filter(({ type }) => type === "snowflake:index/grantAccountRole:GrantAccountRole");
    assert.deepEqual(
      memberships
        .filter(({ inputs }) => inputs.userName !== undefined)
        .map(({ inputs }) => [inputs.roleName, inputs.userName]),
      [["TWO_TABLE_DEPLOYER", "CI"]],
    );
    assert.deepEqual(
      memberships
        .filter(({ inputs }) => inputs.roleName === "MCP_SERVICE_ROLE")
        .map(({ inputs }) => inputs.parentRoleName),
      ["TWO_TABLE_DEPLOYER"],
    );
  });

  it("connects three times: as account role, as deployer and as service role, with the password as a secret", () => {
    const providers = recorded.filter(({ type }) => type === "pulumi:providers:snowflake");
    assert.deepEqual(providers.map(({ inputs }) => inputs.role).sort(), [
      "ACCOUNTADMIN",
      "MCP_SERVICE_ROLE",
      "TWO_TABLE_DEPLOYER",
    ]);
    for (const { name, inputs } of providers) {
      assert.deepEqual([inputs.host, inputs.port, inputs.protocol], ["127.0.0.1", "8084", "http"], name);
      const SECRET = "1b47061264138c4ac30d75fd1eb44270";
      assert.equal((inputs.password as Record<string, unknown>)["4dabf18193072939515e22adb298388d"], SECRET, name);
    }
  });

  it("differs in another environment by names alone", async () => {
    const dev = await deploy({ environment: "DEV", monthlyCredits: "0" });
    assert.equal(dev.outputs.tables.events, "CLAUDE_BI_DEV.ACTIVITY.EVENTS");
    assert.equal(dev.outputs.warehouses.refresh, "DT_XS_WH_DEV");
    assert.deepEqual(
      dev.recorded.filter(({ type }) => type.includes("resourceMonitor")),
      [],
    );
    const names = (resources: RecordedResource[]) =>
      resources
        .map(({ name }) => name)
        .filter((name) => !name.includes("credits"))
        .sort();
    assert.deepEqual(names(dev.recorded), names(recorded));
  });

  it("gives outputs that tell where and what, and no secret", async () => {
    const { outputs } = await deploy();
    assert.deepEqual(outputs.account, { account: "ACME-WAREHOUSE", host: "127.0.0.1", protocol: "http", port: 8084 });
    assert.equal(outputs.procedures.ingestEvents, "CLAUDE_BI.MCP.INGEST_EVENTS");
    assert.doesNotMatch(JSON.stringify(outputs), /secret/);
  });
});
