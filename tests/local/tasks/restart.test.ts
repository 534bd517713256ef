import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, disconnect, query, SteerableClock, startServer } from "../support";

describe("Schedules over a restart", () => {
  it("tasks and alerts go on with their next time; what was missed is not made up for, history stays", async () => {
    const data = mkdtempSync(join(tmpdir(), "tasks-test-"));
    const life = async (
      start: string,
      work: (run: (sql: string) => Promise<unknown[]>, clock: SteerableClock) => Promise<void>,
    ) => {
      const clock = new SteerableClock(start);
      const server = await startServer({ data, clock });
      const connection = await connect(server);
      await work((sql) => query(connection, sql), clock);
      await disconnect(connection);
      await server.close();
    };
    const until = async (run: (sql: string) => Promise<unknown[]>, count: number): Promise<unknown[]> => {
      for (let i = 0; i < 500; i++) {
        const rows = await run("SELECT who FROM d.public.noted ORDER BY who");
        if (rows.length >= count) return rows;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`fewer than ${count} runs`);
    };
    await life("2026-03-02T10:00:00Z", async (run, clock) => {
      for (const sql of [
        "CREATE DATABASE d",
        "CREATE WAREHOUSE w",
        "CREATE TABLE noted (who VARCHAR)",
        "CREATE TASK t WAREHOUSE = w SCHEDULE = '10 MINUTE' AS INSERT INTO noted VALUES ('task')",
        "CREATE ALERT a WAREHOUSE = w SCHEDULE = '10 MINUTE' IF (EXISTS (SELECT 1)) THEN INSERT INTO d.public.noted VALUES ('alert')",
        "ALTER TASK t RESUME",
        "ALTER ALERT a RESUME",
      ])
        await run(sql);
      await clock.advance(600_000);
      assert.equal((await until(run, 2)).length, 2);
    });
    await life("2026-03-02T12:34:00Z", async (run, clock) => {
      await run("USE SCHEMA d.public");
      const next = await run(
        "SELECT NAME, TO_VARCHAR(CONVERT_TIMEZONE('UTC', SCHEDULED_TIME), 'HH24:MI') AS AT, STATE FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) ORDER BY SCHEDULED_TIME",
      );
      assert.deepEqual(next, [
        { NAME: "T", AT: "10:10", STATE: "SUCCEEDED" },
        { NAME: "T", AT: "12:40", STATE: "SCHEDULED" },
      ]);
      await clock.advance(300_000);
      assert.equal((await run("SELECT 1 FROM noted")).length, 2);
      await clock.advance(60_000);
      assert.deepEqual(await until(run, 4), [{ WHO: "alert" }, { WHO: "alert" }, { WHO: "task" }, { WHO: "task" }]);
    });
    rmSync(data, { recursive: true });
  });
});
