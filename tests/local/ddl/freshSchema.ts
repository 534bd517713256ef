import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

/** Within a `describe`: a server of its own, and before each test an empty schema D.S that is the current one. */
export function freshSchema() {
  let server: LocalServer;
  let connection: snowflake.Connection;

  before(async () => {
    server = await startServer();
    connection = await connect(server);
  });

  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  beforeEach(async () => {
    for (const sql of [
      "create or replace database D",
      "create schema D.S",
      "use schema D.S",
      "use warehouse COMPUTE_WH",
    ])
      await run(sql);
  });

  const run = (sql: string) => query(connection, sql);
  return {
    run,
    status: async (sql: string) => (await run(sql))[0]?.["status"],
    refused: (sql: string, code: string, message: string) =>
      assert.rejects(run(sql), (error: Error & { code?: unknown }) => {
        assert.equal(error.message, message);
        assert.equal(error.code, code);
        return true;
      }),
    /** Each row as the texts of these columns with spaces between. */
    rows: async (sql: string, ...columns: string[]) =>
      (await run(sql)).map((row) => columns.map((column) => String(row[column])).join(" ")),
  };
}
