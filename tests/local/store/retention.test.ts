import assert from "node:assert/strict";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { temporaryDirectory } from "../server/process";
import { connect, disconnect, query, SteerableClock, startServer } from "../support";

const HOUR = 3_600_000;

describe("retention of old data", () => {
  const directory = temporaryDirectory();
  let clock: SteerableClock;
  let server: LocalServer;
  let connection: Connection;

  const run = async (...statements: string[]) => {
    for (const sql of statements) await query(connection, sql);
  };
  const value = async (sql: string) => Object.values((await query(connection, sql))[0] ?? {})[0];
  /** Rows in tables of old images, by number of the table, and the tables that there are. */
  const stored = async () => {
    await disconnect(connection);
    await server.close();
    const instance = await DuckDBInstance.create(join(directory.path, "snowflake.duckdb"));
    const engine = await instance.connect();
    const names = await engine.runAndReadAll(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'data' AND table_name SIMILAR TO 'd[0-9]+' ORDER BY table_name",
    );
    const counts: number[] = [];
    for (const [name] of names.getRows()) {
      const { [0]: row } = (await engine.runAndReadAll(`SELECT count(*) FROM data.${name}`)).getRows();
      counts.push(Number(row?.[0]));
    }
    engine.closeSync();
    instance.closeSync();
    await start();
    return counts;
  };
  const start = async () => {
    server = await startServer({ data: directory.path, clock });
    connection = await connect(server, { database: "D", schema: "S" });
  };
  /** The cleaner works beside the statements: it is through when a later write has its turn. */
  const hoursLater = async (hours: number) => {
    await clock.advance(hours * HOUR);
    await run("create or replace sequence PASSED", "drop sequence PASSED");
  };

  before(async () => {
    clock = new SteerableClock();
    await start();
    await run(
      "create database D",
      "create schema D.S",
      "create table T (ID int)",
      "insert into T values (1), (2), (3)",
    );
  });

  after(async () => {
    await disconnect(connection);
    await server.close();
    directory.remove();
  });

  it("keeps what time travel reaches, and lets the rest go", async () => {
    await clock.advance(HOUR);
    await run("update T set ID = ID + 10");
    await hoursLater(22);
    assert.deepEqual(await stored(), [3]);
    assert.equal(await value("select sum(ID) from T at (offset => -80000)"), 6);
    await hoursLater(3);
    assert.deepEqual(await stored(), [0]);
    // More retention does not bring back what is gone.
    await run("alter table T set data_retention_time_in_days = 90");
    await assert.rejects(query(connection, "select * from T at (offset => -91000)"), { code: "000707" });
    assert.equal(await value("select sum(ID) from T at (offset => -3600)"), 36);
    await run("alter table T unset data_retention_time_in_days");
  });

  it("keeps what a stream has not yet read", async () => {
    await run("create stream CHANGED on table T");
    await clock.advance(HOUR);
    await run("delete from T where ID = 11");
    await hoursLater(72);
    assert.deepEqual(await stored(), [1]);
    assert.equal(await value("select ID from CHANGED where METADATA$ACTION = 'DELETE'"), 11);
    await run("create table READ as select ID from CHANGED");
    await hoursLater(30);
    assert.deepEqual(await stored(), [0, 0]);
  });

  it("keeps dropped and replaced tables as long as UNDROP finds them", async () => {
    await run("create or replace table READ (A int)", "drop table T");
    await hoursLater(23);
    assert.equal((await stored()).length, 3);
    await run("undrop table T");
    assert.equal(await value("select count(*) from T"), 2);
    await run("drop table T");
    await hoursLater(26);
    assert.equal((await stored()).length, 1);
    await assert.rejects(query(connection, "undrop table T"), {
      code: "090025",
      message: "Table T did not exist or was purged.",
    });
  });
});
