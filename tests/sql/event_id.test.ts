import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TestWarehouse } from "./warehouse";

interface Vector {
  name: string;
  event: Record<string, unknown>;
  source_lane: string;
  recv_at: string;
  event_id?: string;
  dead_letter?: true;
}

const { vectors } = JSON.parse(readFileSync(join(__dirname, "../fixtures/event_id_vectors.json"), "utf8")) as {
  vectors: Vector[];
};

describe("the event id in SQL", () => {
  let warehouse: TestWarehouse;
  before(async () => {
    warehouse = await TestWarehouse.start();
  });
  after(() => warehouse?.close());

  for (const vector of vectors) {
    it(`agrees with the shared vector: ${vector.name}`, async () => {
      await warehouse.query("TRUNCATE TABLE CLAUDE_BI.LANDING.RAW_EVENTS");
      const answer = await warehouse.ingest([{ ...vector.event, _recv_at: vector.recv_at }], vector.source_lane);
      assert.deepEqual([answer.accepted, answer.dead_lettered], vector.dead_letter ? [0, 1] : [1, 0]);
      const rows = await warehouse.query("SELECT EVENT_ID FROM CLAUDE_BI.ACTIVITY.EVENTS");
      assert.deepEqual(
        rows.map(({ EVENT_ID }) => EVENT_ID),
        vector.dead_letter ? [] : [vector.event_id],
      );
    });
  }
});
