import assert from "node:assert/strict";
import { foldIdentifier, quoteName } from "../../components/identifier";
import { namesOf, outputKey } from "../../components/names";

const base = { database: "CLAUDE_BI", deployerRole: "TWO_TABLE_DEPLOYER", entity: "CUSTOMER" };

describe("names", () => {
  it("carry no suffix without an environment", () => {
    assert.deepEqual(namesOf({ ...base, environment: "" }), {
      database: "CLAUDE_BI",
      schemas: ["LANDING", "ACTIVITY", "MCP"],
      warehouses: { query: "CLAUDE_WAREHOUSE", refresh: "DT_XS_WH" },
      roles: {
        service: "MCP_SERVICE_ROLE",
        admin: "MCP_ADMIN_ROLE",
        monitor: "MCP_MONITOR_ROLE",
        user: "MCP_USER_ROLE",
        ingest: "MCP_INGEST_ROLE",
        deployer: "TWO_TABLE_DEPLOYER",
      },
      resourceMonitor: "CLAUDE_BI_CREDITS",
      entity: "CUSTOMER",
    });
  });

  it("of two environments in one account share nothing at account level", () => {
    const accountLevel = (environment: string) => {
      const { database, warehouses, roles, resourceMonitor } = namesOf({ ...base, environment });
      return [database, ...Object.values(warehouses), ...Object.values(roles), resourceMonitor];
    };
    assert.deepEqual(
      accountLevel("").filter((name) => accountLevel("DEV").includes(name)),
      [],
    );
    assert.equal(namesOf({ ...base, environment: "DEV" }).database, "CLAUDE_BI_DEV");
  });

  it("are folded as Snowflake folds them", () => {
    assert.equal(foldIdentifier("claude_bi$1"), "CLAUDE_BI$1");
    assert.equal(quoteName("A", 'B"C'), '"A"."B""C"');
  });

  it("become camel case in the outputs", () => {
    assert.deepEqual(["DT_HEALTH_MONITOR", "QUERY_ACTIVITY_LAST_24H", "ENTITY_STREAM"].map(outputKey), [
      "dtHealthMonitor",
      "queryActivityLast24h",
      "entityStream",
    ]);
  });
});
