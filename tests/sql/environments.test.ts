import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../local/index";
import { connect, disconnect, query, startServer } from "../local/support";
import { deploy, environment, refusal } from "./warehouse";

const MAIN = environment("");
const DEV = environment("dev", { entity: "visitor", retentionDays: "2" });

const event = (n: number) => ({ action: "order.placed", actor_id: `u${n}`, occurred_at: `2026-03-01T10:00:0${n}Z` });

describe("Two environments in one account", () => {
  let server: LocalServer;
  const connections: Connection[] = [];
  let main: Connection;
  let dev: Connection;
  before(async () => {
    server = await startServer();
    const deployed = await deploy(server, MAIN);
    const other = await deploy(server, DEV);
    connections.push(...deployed.values(), ...other.values());
    main = deployed.get(MAIN.names.roles.deployer) as Connection;
    dev = other.get(DEV.names.roles.deployer) as Connection;
    // Only what their own role may: the administrator holds both.
    for (const connection of [main, dev]) await query(connection, "USE SECONDARY ROLES NONE");
  });
  after(async () => {
    for (const connection of connections) await disconnect(connection);
    await server.close();
  });

  const ingest = (connection: Connection, database: string, events: object[]) =>
    query(connection, `CALL ${database}.MCP.INGEST_EVENTS(PARSE_JSON(?), 'SHOP')`, [JSON.stringify(events)]);
  const ids = async (connection: Connection, database: string) => {
    await query(connection, `ALTER DYNAMIC TABLE ${database}.ACTIVITY.EVENTS REFRESH`);
    const rows = await query(connection, `SELECT EVENT_ID FROM ${database}.ACTIVITY.EVENTS ORDER BY 1`);
    return rows.map(({ EVENT_ID }) => EVENT_ID);
  };

  it("have no name in common but those of schemas and their objects", () => {
    const all = ({ names }: typeof MAIN) => [
      names.database,
      names.resourceMonitor,
      ...Object.values(names.roles),
      ...Object.values(names.warehouses),
    ];
    assert.deepEqual(
      all(DEV),
      all(MAIN).map((name) => `${name}_DEV`),
    );
  });

  it("hold their own events", async () => {
    await ingest(main, "CLAUDE_BI", [event(1), event(2)]);
    await ingest(dev, "CLAUDE_BI_DEV", [event(3)]);
    assert.equal((await ids(main, "CLAUDE_BI")).length, 2);
    assert.equal((await ids(dev, "CLAUDE_BI_DEV")).length, 1);
    const [row] = await query(dev, "SELECT CUSTOMER FROM CLAUDE_BI_DEV.ACTIVITY.VISITOR_STREAM");
    assert.equal(row?.CUSTOMER, "u3");
  });

  it("cannot read, write or call one another", async () => {
    for (const sqlText of [
      "SELECT * FROM CLAUDE_BI.LANDING.RAW_EVENTS",
      "SELECT * FROM CLAUDE_BI.MCP.CURRENT_PERMISSIONS",
      "CALL CLAUDE_BI.MCP.INGEST_EVENTS(PARSE_JSON('[]'), 'SHOP')",
      "INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) SELECT PARSE_JSON('{}')",
      "ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS SUSPEND",
    ]) {
      assert.match(
        await refusal(query(dev, sqlText)),
        /not authorized|Insufficient privileges|cannot be performed|Unknown user-defined function/,
        sqlText,
      );
    }
  });

  it("grant within themselves", async () => {
    await query(dev, "CALL CLAUDE_BI_DEV.MCP.GRANT_USER_PERMISSION('ANN', '*')");
    const rights = async (connection: Connection, database: string) =>
      (await query(connection, `SELECT COUNT(*) AS N FROM ${database}.MCP.CURRENT_PERMISSIONS`))[0]?.N;
    assert.deepEqual([await rights(main, "CLAUDE_BI"), await rights(dev, "CLAUDE_BI_DEV")], [0, 1]);
  });

  it("hand their events over, as the same events, when one takes the other's place", async () => {
    const before = await ids(main, "CLAUDE_BI");
    const both = await connect(server, { role: DEV.names.roles.deployer, warehouse: DEV.names.warehouses.query });
    connections.push(both);
    await query(both, "USE SECONDARY ROLES ALL");
    await query(
      both,
      "INSERT INTO CLAUDE_BI_DEV.LANDING.RAW_EVENTS (PAYLOAD, _SOURCE_LANE, _RECV_AT) SELECT PAYLOAD, _SOURCE_LANE, _RECV_AT FROM CLAUDE_BI.LANDING.RAW_EVENTS",
    );
    const now = await ids(dev, "CLAUDE_BI_DEV");
    assert.deepEqual(
      before.filter((id) => !now.includes(id)),
      [],
    );
  });
});
