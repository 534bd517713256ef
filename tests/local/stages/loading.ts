import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, type Row, startServer } from "../support";

/** For the tests of one `describe`: a server with an empty stage `st` and an empty table `t (a INT, b VARCHAR(5))` before each. */
export function loading() {
  let server: LocalServer;
  let connection: Connection;
  let folder: string;
  const run = (sql: string): Promise<Row[]> => query(connection, sql);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "copy-test-"));
    server = await startServer();
    connection = await connect(server);
    await run("CREATE DATABASE d");
    await run("CREATE WAREHOUSE w");
  });
  after(async () => {
    await disconnect(connection);
    await server.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    await run("CREATE OR REPLACE STAGE st");
    await run("CREATE OR REPLACE TABLE t (a INT, b VARCHAR(5))");
  });

  return {
    server: () => server,
    connection: () => connection,
    run,
    rows: async (sql: string) => (await run(sql)).map((row) => Object.values(row)),
    async put(name: string, content: string | Buffer, place = "@st"): Promise<void> {
      writeFileSync(join(folder, name), content);
      await run(`PUT file://${folder}/${name} ${place} AUTO_COMPRESS = FALSE OVERWRITE = TRUE`);
    },
  };
}
