import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, disconnect, query, SteerableClock, startServer } from "../support";

describe("a dynamic table after a restart of the server", () => {
  const data = mkdtempSync(join(tmpdir(), "restart-"));
  after(() => rmSync(data, { recursive: true, force: true }));

  it("goes on where it was: its next refresh is due by itself and reads only what is new", async () => {
    const first = await startServer({ data, clock: new SteerableClock("2026-03-01T10:00:00Z") });
    const before = await connect(first);
    for (const sql of [
      "CREATE DATABASE R",
      "CREATE TABLE A (K INT, V INT)",
      "INSERT INTO A VALUES (1, 1), (1, 2), (2, 3)",
      "CREATE DYNAMIC TABLE D TARGET_LAG = '1 minute' WAREHOUSE = COMPUTE_WH AS SELECT K, SUM(V) AS S FROM A GROUP BY K",
      "INSERT INTO A VALUES (1, 10)",
    ])
      await query(before, sql);
    await disconnect(before);
    await first.close();

    const clock = new SteerableClock("2026-03-01T12:00:00Z");
    const second = await startServer({ data, clock });
    const connection = await connect(second, { database: "R", schema: "PUBLIC" });
    await clock.advance(1);
    const last = async () =>
      (
        await query(
          connection,
          "SELECT STATE, REFRESH_ACTION AS A, REFRESH_TRIGGER AS T, STATISTICS:numScannedRows::INT AS N FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(NAME => 'D', RESULT_LIMIT => 1))",
        )
      )[0];
    for (let i = 0; i < 200 && (await last())?.T !== "SCHEDULED"; i++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    for (let i = 0; i < 200 && (await last())?.STATE === "EXECUTING"; i++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(await last(), { STATE: "SUCCEEDED", A: "INCREMENTAL", T: "SCHEDULED", N: 1 });
    assert.deepEqual(await query(connection, "SELECT * FROM D ORDER BY K"), [
      { K: 1, S: 13 },
      { K: 2, S: 3 },
    ]);
    await second.close();
  });
});
