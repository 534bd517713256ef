import assert from "node:assert/strict";
import { systemClock } from "../../../local/clock";
import { SnowflakeError } from "../../../local/errors";
import { Store } from "../../../local/store/store";

describe("a write unit", () => {
  let store: Store;

  before(async () => {
    store = await Store.open({ clock: systemClock });
    const unit = await store.beginWrite();
    await unit.run("CREATE TABLE data.t (id INT)");
    await unit.commit();
  });

  after(() => store.close());

  beforeEach(async () => {
    const unit = await store.beginWrite();
    await unit.run("DELETE FROM data.t");
    await unit.commit();
  });

  const ids = async () =>
    (await store.withReader((c) => c.run("SELECT id FROM data.t ORDER BY id"))).rows.map(([id]) => id);

  it("changes rows and catalogue together, or neither", async () => {
    const undone = await store.beginWrite();
    await undone.run("INSERT INTO data.t VALUES (1)");
    undone.catalogue.create<"DATABASE">({ kind: "DATABASE", name: "UNDONE", ownerId: null });
    await undone.rollback();
    assert.deepEqual([await ids(), store.catalogue.database("UNDONE")], [[], undefined]);
    const done = await store.beginWrite();
    await done.run("INSERT INTO data.t VALUES (1)");
    done.catalogue.create<"DATABASE">({ kind: "DATABASE", name: "DONE", ownerId: null });
    assert.deepEqual([await ids(), store.catalogue.database("DONE")], [[], undefined]);
    await done.commit();
    assert.deepEqual([await ids(), store.catalogue.database("DONE")?.name], [[1], "DONE"]);
  });

  it("loses only the failed attempt, however the attempts are nested", async () => {
    const unit = await store.beginWrite();
    const failing = () => unit.run("INSERT INTO data.t SELECT error('engine says no')::INT");
    await unit.run("INSERT INTO data.t VALUES (1)");
    await unit.attempt(async () => {
      await unit.run("INSERT INTO data.t VALUES (2)");
      unit.catalogue.create<"DATABASE">({ kind: "DATABASE", name: "KEPT", ownerId: null });
      await assert.rejects(
        unit.attempt(async () => {
          await unit.run("INSERT INTO data.t VALUES (3)");
          unit.catalogue.create<"DATABASE">({ kind: "DATABASE", name: "LOST", ownerId: null });
          await failing();
        }),
        SnowflakeError,
      );
      await unit.run("INSERT INTO data.t VALUES (4)");
    });
    await assert.rejects(unit.attempt(failing), SnowflakeError);
    await unit.commit();
    assert.deepEqual(await ids(), [1, 2, 4]);
    assert.deepEqual([store.catalogue.database("KEPT")?.name, store.catalogue.database("LOST")], ["KEPT", undefined]);
  });

  it("waits for the one before, in order, and gives up when told", async () => {
    const first = await store.beginWrite();
    const order: string[] = [];
    const controller = new AbortController();
    const second = store.beginWrite().then(async (unit) => {
      order.push("second");
      await unit.rollback();
    });
    const givenUp = assert.rejects(store.beginWrite(controller.signal), /enough/);
    const third = store.beginWrite().then(async (unit) => {
      order.push("third");
      await unit.rollback();
    });
    controller.abort(new Error("enough"));
    await givenUp;
    assert.deepEqual(order, []);
    await first.rollback();
    await Promise.all([second, third]);
    assert.deepEqual(order, ["second", "third"]);
  });

  it("calls its hooks after the commit only", async () => {
    let called = 0;
    const undone = await store.beginWrite();
    undone.afterCommit(() => called++);
    await undone.rollback();
    const done = await store.beginWrite();
    done.afterCommit(() => called++);
    assert.equal(called, 0);
    await done.commit();
    assert.equal(called, 1);
  });
});
