import assert from "node:assert/strict";
import type { LocalServer } from "../../../local/index";
import { WireClient } from "../server/wire";
import { startServer } from "../support";

/** Source: https://docs.snowflake.com/en/sql-reference/constructs/values, …/sql/insert */
describe("VALUES", () => {
  let server: LocalServer;
  let client: WireClient;
  const values = (rows: number) => `VALUES ${"(1),".repeat(rows - 1)}(1)`;

  before(async () => {
    server = await startServer();
    client = new WireClient(server);
    await client.login();
    await client.query("CREATE DATABASE D");
    await client.query("CREATE TABLE D.PUBLIC.T (A INT)");
  });

  after(() => server.close());

  it("may have 200 000 rows", async () => {
    const { data } = await client.query(`INSERT INTO D.PUBLIC.T ${values(200_000)}`);
    assert.deepEqual(data.rowset, [["200000"]]);
  });

  it("may not have more, in SELECT and in INSERT", async () => {
    for (const [sql, position] of [
      [`SELECT COUNT(*) FROM ${values(200_001)}`, 21],
      [`INSERT INTO D.PUBLIC.T ${values(200_001)}`, 23],
    ] as const) {
      const refused = await client.query(sql);
      assert.deepEqual(
        [refused.code, refused.message],
        [
          "001795",
          `SQL compilation error: error line 1 at position ${position}\nmaximum number of expressions in a list exceeded, expected at most 200,000, got 200,001`,
        ],
      );
    }
  });
});
