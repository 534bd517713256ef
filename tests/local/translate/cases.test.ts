import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import cases from "../cases/queries.json";
import { connect, disconnect, execute, startServer } from "../support";

describe("queries answer as Snowflake's documentation says", () => {
  let server: LocalServer;
  let connection: Connection;
  before(async () => {
    server = await startServer();
    connection = await connect(server);
  });
  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  for (const { name, sql, rows } of cases) {
    it(name, async () => {
      const answer = await execute(connection, sql, { rowMode: "array", fetchAsString: ["Number"] });
      assert.deepEqual(answer.rows, rows);
    });
  }

  const failures: [sql: string, code: string, message: RegExp][] = [
    ["SELECT 1/0", "100051", /^Division by zero$/],
    ["SELECT 'abc'::INT", "100038", /^Numeric value 'abc' is not recognized$/],
    ["SELECT nope FROM (SELECT 1 AS a)", "000904", /invalid identifier 'NOPE'/],
    ["SELECT nofunc(1)", "002140", /Unknown function NOFUNC/],
  ];
  for (const [sql, code, message] of failures) {
    it(`${sql} fails with ${code}`, async () => {
      await assert.rejects(execute(connection, sql), (error: { code?: string | number; message?: string }) => {
        assert.equal(String(error.code).padStart(6, "0"), code);
        assert.match(error.message ?? "", message);
        return true;
      });
    });
  }
});
