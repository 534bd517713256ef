import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "snowflake-sdk";
import { ACCOUNT_ROLE, bootstrapSql } from "../../cli/setup/bootstrapSql";
import { ensureKeyPair } from "../../cli/setup/keyPair";
import { LocalStack } from "../../cli/stack/localStack";
import { renderSqlFile, stripHeader } from "../../components/renderSql";
import type { LocalServer } from "../../local/index";
import { connect, disconnect, query, startServer } from "../local/support";

const PAYLOAD = '{"action": "order.placed", "occurred_at": "2026-03-01T00:00:00Z", "actor_id": "u1"}';
const BY_HAND = [
  "CREATE DATABASE CLAUDE_BI",
  "CREATE SCHEMA CLAUDE_BI.LANDING",
  "CREATE TABLE CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD VARIANT NOT NULL, _SOURCE_LANE VARCHAR(64) NOT NULL DEFAULT 'DIRECT', _RECV_AT TIMESTAMP_TZ NOT NULL DEFAULT CURRENT_TIMESTAMP())",
  `INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) SELECT PARSE_JSON('${PAYLOAD}')`,
];

describe("A RAW_EVENTS that was made by hand", function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), "two-table-adoption-"));
  let server: LocalServer;
  let session: Connection;

  before(async () => {
    server = await startServer();
    session = await connect(server, { role: "ACCOUNTADMIN" });
    for (const statement of BY_HAND) await query(session, statement);
  });
  after(async () => {
    await disconnect(session);
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is refused while it has a column that would be dropped", async () => {
    const check = stripHeader(renderSqlFile("adoption/landing_columns.sql", { database: { identifier: "CLAUDE_BI" } }));
    await query(session, "ALTER TABLE CLAUDE_BI.LANDING.RAW_EVENTS ADD COLUMN FILE_NAME VARCHAR");
    await assert.rejects(query(session, check), {
      message:
        /CLAUDE_BI\.LANDING\.RAW_EVENTS cannot be adopted: expected exactly the columns PAYLOAD VARIANT, _SOURCE_LANE VARCHAR and _RECV_AT TIMESTAMP_TZ\./,
    });
    await query(session, "ALTER TABLE CLAUDE_BI.LANDING.RAW_EVENTS DROP COLUMN FILE_NAME");
  });

  it("is taken over with its rows by a role of few privileges, and belongs to the stack like one of its own afterwards", async () => {
    const user = "TWO_TABLE_DEPLOY";
    const { privateKey, publicKey } = await ensureKeyPair(join(folder, "deployer.p8"));
    const objects = ["TABLE CLAUDE_BI.LANDING.RAW_EVENTS", "SCHEMA CLAUDE_BI.LANDING", "DATABASE CLAUDE_BI"];
    for (const statement of [
      ...bootstrapSql({ user, publicKey, accountRole: ACCOUNT_ROLE }).split("\n"),
      ...objects.map((object) => `GRANT OWNERSHIP ON ${object} TO ROLE ${ACCOUNT_ROLE} COPY CURRENT GRANTS`),
    ])
      await query(session, statement);
    const settings = { adopt: "true", user, privateKey, accountRole: ACCOUNT_ROLE, creditMonitor: "none" };
    const stack = new LocalStack({ folder, passphrase: "p", port: server.port, settings });
    const { stdout } = await stack.up();
    assert.match(stdout, /= 3 imported/);
    await query(session, `GRANT ROLE TWO_TABLE_DEPLOYER TO USER ${server.user}`);
    await query(session, "USE ROLE TWO_TABLE_DEPLOYER");
    assert.deepEqual(await query(session, "SELECT ACTION, ACTOR_ID FROM CLAUDE_BI.ACTIVITY.EVENTS"), [
      { ACTION: "order.placed", ACTOR_ID: "u1" },
    ]);
    const [table] = await query(session, "SHOW TABLES LIKE 'RAW_EVENTS' IN SCHEMA CLAUDE_BI.LANDING");
    assert.deepEqual(
      [table?.owner, table?.change_tracking, table?.cluster_by],
      ["TWO_TABLE_DEPLOYER", "ON", "LINEAR(TO_DATE(_RECV_AT))"],
    );
    await stack.set("adopt", "false");
    const { stdout: afterwards } = await stack.up();
    assert.match(afterwards, /^ {4}- 6 deleted\n {4}\d+ unchanged$/m);
  });
});
