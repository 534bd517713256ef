import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import { passwordFile, type ServerProcess, startProcess, temporaryDirectory } from "../local/server/process";
import { connect, query } from "../local/support";
import { removeFolder } from "./deployedFolder";
import { call, NAMES, TestWarehouse } from "./warehouse";

const RAW = "CLAUDE_BI.LANDING.RAW_EVENTS";
const TOTAL = 60;
const BATCH = 5;
const KILLS = 2;

describe("A replay whose server is killed", () => {
  const secret = temporaryDirectory();
  let data: string;
  let server: ServerProcess;
  let exported: string[];
  const start = async () => {
    server = await startProcess(["--data", data, "--password-file", passwordFile(secret.path)]);
  };
  const login = () => connect(server, { role: NAMES.roles.deployer, warehouse: NAMES.warehouses.query });
  const numbers = async (connection: Connection, sqlText: string) =>
    Object.values((await query(connection, sqlText))[0] ?? {}).map(Number);
  const PROGRESS = `SELECT COALESCE(MAX(PAYLOAD:attributes:position::INT), 0) FROM ${RAW} WHERE _SOURCE_LANE = 'SYSTEM'`;
  /** Raw events that were replayed, and how many of them are different ones. */
  const LANDED = `SELECT COUNT(*), COUNT(DISTINCT PAYLOAD:actor_id::VARCHAR) FROM ${RAW} WHERE _SOURCE_LANE = 'SHOP'`;

  before(async () => {
    const warehouse = await TestWarehouse.start();
    await warehouse.ingest(
      Array.from({ length: TOTAL }, (_, n) => ({ action: "order.placed", actor_id: `u${n}`, attributes: { n } })),
      "SHOP",
    );
    await call(warehouse.deployer, "EXPORT_EVENTS('2020-01-01T00:00:00Z', '2999-01-01T00:00:00Z', 'all')");
    exported = await idsOf(warehouse.deployer);
    await warehouse.query(`DELETE FROM ${RAW}`);
    data = (await warehouse.leave()) as string;
    await start();
  });
  after(async () => {
    await server?.end("SIGKILL");
    removeFolder(data);
    secret.remove();
  });

  const idsOf = async (connection: Connection) =>
    (
      await query(connection, "SELECT EVENT_ID FROM CLAUDE_BI.ACTIVITY.EVENTS WHERE ACTION = 'order.placed' ORDER BY 1")
    ).map(({ EVENT_ID }) => String(EVENT_ID));

  it("has whole batches only, goes on behind the last one, and in the end every event once", async () => {
    assert.equal(exported.length, TOTAL);
    let position = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const replaying = await login();
      const watching = await login();
      // The driver goes on looking for the server that is gone; nobody waits for that.
      call(replaying, `BACKFILL_EVENTS('all', ${BATCH})`).catch(() => undefined);
      for (let seen = position; seen < position + 2 * BATCH; ) [seen = 0] = await numbers(watching, PROGRESS);
      await server.end("SIGKILL");
      await start();
      const survivor = await login();
      const [committed = 0] = await numbers(survivor, PROGRESS);
      assert.ok(committed >= position + 2 * BATCH && committed < TOTAL, `kill ${kill}: ${committed} events`);
      assert.deepEqual(await numbers(survivor, LANDED), [committed, committed]);
      position = committed;
    }
    const connection = await login();
    const answer = await call(connection, `BACKFILL_EVENTS('all', ${BATCH})`);
    assert.deepEqual(
      [answer.status, answer.events, answer.resumed_at, answer.replayed],
      ["complete", TOTAL, position, TOTAL - position],
    );
    assert.deepEqual(await numbers(connection, LANDED), [TOTAL, TOTAL]);
    await query(connection, "ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS REFRESH");
    assert.deepEqual(await idsOf(connection), exported);
  });
});
