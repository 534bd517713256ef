import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { eventId } from "../../client/eventId";
import { parseInstant } from "../../client/instant";
import { InvalidEventError } from "../../client/invalidEvent";
import { prepareEventText } from "../../client/prepareEvent";
import vectors from "../fixtures/event_id_vectors.json";

interface Vector {
  name: string;
  event: object;
  source_lane: string;
  recv_at: string;
  event_id?: string | null;
}

const idOf = ({ event, source_lane: lane, recv_at }: Vector) =>
  prepareEventText(JSON.stringify(event), { lane, recvAt: parseInstant(recv_at) as number }).eventId;

describe("the event id", () => {
  for (const vector of vectors.vectors as Vector[]) {
    if (vector.event_id) {
      it(`is that of the shared vector "${vector.name}"`, () => assert.equal(idOf(vector), vector.event_id));
    } else {
      it(`does not exist for the shared vector "${vector.name}"`, () =>
        assert.throws(() => idOf(vector), InvalidEventError));
    }
  }

  it("is the hash of the eight fields, whatever text they hold", () => {
    const text = fc.string({ unit: "grapheme" });
    const time = fc.integer({ min: -62135596800000, max: 253402300799999 });
    fc.assert(
      fc.property(
        text,
        text,
        text,
        text,
        time,
        text,
        time,
        (action, actorId, objectType, objectId, at, sourceLane, recvAt) => {
          const stamp = (ms: number) => new Date(ms).toISOString().replace("Z", "");
          const joined = ["v2", action, actorId, objectType, objectId, stamp(at), sourceLane, stamp(recvAt)].join("|");
          assert.equal(
            eventId({ action, actorId, objectType, objectId, occurredAt: at, sourceLane, recvAt }),
            createHash("sha256").update(joined).digest("hex"),
          );
        },
      ),
    );
  });

  it("is the same for the same instant at any offset, and for null, missing and empty fields", () => {
    const base = { source_lane: "DIRECT", recv_at: "2026-03-01T12:00:00Z", name: "" };
    const ids = [
      { action: "a.b", occurred_at: "2026-03-01T10:00:00.1239Z" },
      { action: "a.b", occurred_at: "2026-03-01T15:30:00.123+05:30", actor_id: null, object: null },
      { action: "a.b", occurred_at: "2026-03-01 02:00:00,1230-08", actor_id: "", object: { type: "", id: null } },
    ].map((event) => idOf({ ...base, event }));
    assert.equal(new Set(ids).size, 1);
  });
});
