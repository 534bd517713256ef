import assert from "node:assert/strict";
import type { DuckDBConnection } from "@duckdb/node-api";
import { systemClock } from "../../../local/clock";
import { MemoryLimit } from "../../../local/store/memoryLimit";
import { Store } from "../../../local/store/store";
import { temporaryDirectory } from "../server/process";

/** Aggregates into one list, which cannot go to disk. */
const GREEDY = "SELECT len(list(i || ' of a list that is too long')) FROM range(8_000_000) r(i)";
const OUT_OF_MEMORY = {
  code: "300005",
  message:
    "Processing aborted: the local server ran out of memory for this statement. Start it with a greater --memory.",
};

describe("the engine's memory", () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let store: Store;
  const open = async (memoryLimit?: string) => {
    store = await Store.open({ directory: directory.path, clock: systemClock, memoryLimit });
  };
  const limit = async () =>
    (await store.withReader((c) => c.run("SELECT current_setting('memory_limit')"))).rows[0]?.[0];

  beforeEach(() => {
    directory = temporaryDirectory();
  });

  afterEach(async () => {
    await store.close();
    directory.remove();
  });

  it("is small, and greater for as long as a statement needs more", async () => {
    await open();
    const usual = await limit();
    assert.equal(usual, "152.5 MiB");
    for (const sql of [GREEDY, "SELECT 1"]) {
      const { rows } = await store.withReader((c) => c.run(sql));
      assert.equal(Number(rows[0]?.[0]), sql === GREEDY ? 8_000_000 : 1);
      assert.equal(await limit(), usual);
    }
    const seen: unknown[] = [];
    await store.withReader((c) => c.stream(GREEDY, [], (columns) => void seen.push(Number(columns[0]?.[0]))));
    assert.deepEqual(seen, [8_000_000]);
    assert.equal(await limit(), usual);
  });

  it("lets a write go on where it was", async () => {
    await open();
    const unit = await store.beginWrite();
    await unit.run("CREATE TABLE data.x (i BIGINT)");
    await unit.run("INSERT INTO data.x VALUES (1)");
    await unit.run(`INSERT INTO data.x ${GREEDY}`);
    await unit.commit();
    const { rows } = await store.withReader((c) => c.run("SELECT i FROM data.x ORDER BY i"));
    assert.deepEqual(rows, [[1n], [8_000_000n]]);
  });

  it("is raised also where another statement holds all of it for a moment, and not at all where it holds on", async () => {
    const raisedAfter = async (refusals: number) => {
      const memory = new MemoryLimit(undefined);
      let left = refusals;
      const run = async () => {
        if (left-- > 0) throw new Error("Out of Memory Error: failed to allocate data of size 2.0 KiB");
      };
      memory.attach({ run } as unknown as DuckDBConnection);
      const holder = {} as DuckDBConnection;
      return [await memory.raise(holder), await memory.raise(holder)];
    };
    assert.deepEqual(await raisedAfter(3), [true, false]);
    assert.deepEqual(await raisedAfter(Number.POSITIVE_INFINITY), [false, false]);
  });

  it("that somebody set stays as it is", async () => {
    await open("160MB");
    assert.equal(await limit(), "152.5 MiB");
    await assert.rejects(
      store.withReader((c) => c.run(GREEDY)),
      OUT_OF_MEMORY,
    );
    const unit = await store.beginWrite();
    await assert.rejects(unit.run(`CREATE TABLE data.x AS ${GREEDY}`), OUT_OF_MEMORY);
    await unit.rollback();
    assert.equal(await limit(), "152.5 MiB");
  });
});
