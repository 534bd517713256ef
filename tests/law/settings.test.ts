import assert from "node:assert/strict";
import { DEFAULT_SETTINGS, lawSettings } from "../../law/index";

describe("the configuration of the law", () => {
  it("has a default for everything", () => assert.deepEqual(lawSettings({}), DEFAULT_SETTINGS));

  it("reads names as Snowflake does, so that small letters do not govern a database that nobody has", () => {
    const { database, landing, events, refreshWarehouse, serviceRole } = lawSettings({
      database: "claude_bi_dev",
      landingTable: "raw.Events",
      eventsTable: '"core".EVENTS',
      refreshWarehouse: '"small-wh"',
      serviceRole: "Writer$1",
    });
    assert.deepEqual(
      [database, landing, events, refreshWarehouse, serviceRole],
      ["CLAUDE_BI_DEV", { schema: "RAW", name: "EVENTS" }, { schema: "core", name: "EVENTS" }, "small-wh", "WRITER$1"],
    );
  });

  it("tells every problem at once, with what was found and what was expected", () => {
    const config = {
      database: "",
      landingTable: "RAW_EVENTS",
      eventsTable: "A.B.C",
      targetLagSeconds: 0,
      refreshWarehouse: "small wh",
      deployerRole: 7,
      databse: "X",
    };
    const aName = 'expected a name, such as MY_NAME, or one in double quotes such as "my-name".';
    assert.throws(() => lawSettings(config as never), {
      message: [
        "two-table-law: databse is no setting; there are database, landingTable, eventsTable, targetLagSeconds, refreshWarehouse, serviceRole, deployerRole, accountRole, procedureSchema.",
        `two-table-law: database is ""; ${aName}`,
        'two-table-law: landingTable is "RAW_EVENTS"; expected SCHEMA.NAME, such as LANDING.RAW_EVENTS.',
        'two-table-law: eventsTable is "A.B.C"; expected SCHEMA.NAME, such as LANDING.RAW_EVENTS.',
        "two-table-law: targetLagSeconds is 0; expected a number of seconds, such as 60.",
        `two-table-law: refreshWarehouse is "small wh"; ${aName}`,
        `two-table-law: deployerRole is 7; ${aName}`,
      ].join("\n"),
    });
  });
});
