import assert from "node:assert/strict";
import { renderSqlFile, stripHeader } from "../../components/renderSql";
import { NAMES, TestWarehouse, VALUES } from "./warehouse";

const DEFINITION = stripHeader(renderSqlFile("dynamic_tables/events.sql", VALUES));

const event = (n: number, country: string) => ({
  action: "order.placed",
  actor_id: `u${n}`,
  occurred_at: `2026-03-01T10:00:0${n}Z`,
  _recv_at: "2026-03-01T10:01:00Z",
  attributes: { country },
});

describe("Migrations", () => {
  let warehouse: TestWarehouse;
  before(async () => {
    warehouse = await TestWarehouse.start();
    await warehouse.ingest([event(1, "DE"), event(2, "FR")]);
  });
  after(() => warehouse?.close());

  const values = async (sqlText: string) => (await warehouse.query(sqlText)).map((row) => Object.values(row));
  const ids = () => values("SELECT EVENT_ID FROM CLAUDE_BI.ACTIVITY.EVENTS ORDER BY 1");
  const grants = () =>
    values(
      'SHOW GRANTS ON DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1, 2',
    );
  const refreshMode = () =>
    values(`SHOW DYNAMIC TABLES LIKE 'EVENTS' IN SCHEMA CLAUDE_BI.ACTIVITY ->> SELECT "refresh_mode" FROM $1`);

  it("another lag keeps every row without a new reading", async () => {
    const before = await ids();
    await warehouse.query(DEFINITION.replace("'1 minute'", "'5 minutes'"));
    assert.deepEqual(await ids(), before);
    await warehouse.query(DEFINITION);
  });

  it("a new column of the events table: same events, same grants, still incremental, old events have it too", async () => {
    const [before, rights] = [await ids(), await grants()];
    const widened = DEFINITION.replace(
      "min(_source_lane) as _source_lane",
      "min_by(payload:attributes:country::varchar, survival_order) as country,\n  min(_source_lane) as _source_lane",
    );
    assert.notEqual(widened, DEFINITION);
    await warehouse.query(widened);
    assert.deepEqual(await ids(), before);
    assert.deepEqual(await grants(), rights);
    assert.deepEqual(await refreshMode(), [["INCREMENTAL"]]);
    assert.deepEqual(await values("SELECT ACTOR_ID, COUNTRY FROM CLAUDE_BI.ACTIVITY.EVENTS ORDER BY 1"), [
      ["u1", "DE"],
      ["u2", "FR"],
    ]);
    await warehouse.ingest([event(3, "IT")]);
    assert.deepEqual(await values("SELECT COUNTRY FROM CLAUDE_BI.ACTIVITY.EVENTS WHERE ACTOR_ID = 'u3'"), [["IT"]]);
    assert.equal((await values("SELECT CUSTOMER FROM CLAUDE_BI.ACTIVITY.CUSTOMER_STREAM")).length, 3);
  });

  it("and back to the query of the release", async () => {
    const before = await ids();
    await warehouse.query(DEFINITION);
    assert.deepEqual(await ids(), before);
    const columns = await values('DESCRIBE DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS ->> SELECT "name" FROM $1');
    assert.equal(columns.flat().includes("COUNTRY"), false);
  });

  it("an edited procedure keeps its grants and has no moment of absence", async () => {
    const name = "CLAUDE_BI.MCP.RECORD_ALERT(VARCHAR, VARIANT)";
    const rights = () =>
      values(`SHOW GRANTS ON PROCEDURE ${name} ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1, 2`);
    const before = await rights();
    assert.ok(before.some(([privilege, grantee]) => privilege === "USAGE" && grantee === NAMES.roles.admin));
    const service = await warehouse.connect({ role: NAMES.roles.service, warehouse: NAMES.warehouses.query });
    const definition = stripHeader(renderSqlFile("procedures/record_alert.sql", VALUES));
    await warehouse.query(definition.replace("'status', 'recorded'", "'status', 'noted'"), service);
    assert.deepEqual(await rights(), before);
    const admin = await warehouse.person("BOSS", "admin");
    const [row] = await warehouse.query("CALL CLAUDE_BI.MCP.RECORD_ALERT('disk')", admin);
    assert.equal((Object.values(row ?? {})[0] as { status: string }).status, "noted");
    await warehouse.query(definition, service);
  });

  it("a view that is replaced with COPY GRANTS keeps its readers", async () => {
    const rights = () =>
      values(
        `SHOW GRANTS ON VIEW CLAUDE_BI.MCP.OPEN_ALERTS ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1, 2`,
      );
    const before = await rights();
    const service = await warehouse.connect({ role: NAMES.roles.service, warehouse: NAMES.warehouses.query });
    const query = stripHeader(renderSqlFile("views/open_alerts.sql", VALUES));
    await warehouse.query(`CREATE OR REPLACE VIEW CLAUDE_BI.MCP.OPEN_ALERTS COPY GRANTS AS ${query}`, service);
    assert.deepEqual(await rights(), before);
  });

  it("events of an older schema version are read as they were", async () => {
    await warehouse.ingest([{ ...event(4, "ES"), schema_version: "2.0.1" }]);
    assert.deepEqual(
      await values(
        "SELECT SCHEMA_VERSION, READ_AS FROM CLAUDE_BI.MCP.SCHEMA_VERSION_MAP WHERE ACTION = 'order.placed' AND SCHEMA_VERSION IS NOT NULL",
      ),
      [["2.0.1", "2.1.0"]],
    );
  });
});
