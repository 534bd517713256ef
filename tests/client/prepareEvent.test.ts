import assert from "node:assert/strict";
import type { EventInput } from "../../client/event";
import { prepareEvent, prepareEventText } from "../../client/prepareEvent";

const ACCEPTANCE = { lane: "DIRECT", recvAt: Date.parse("2026-03-01T12:00:00.456Z") };
const problemsOf = (event: unknown) => {
  try {
    prepareEvent(event as EventInput, ACCEPTANCE);
  } catch (error) {
    return (error as { problems?: string[] }).problems;
  }
  return [];
};

describe("an event", () => {
  it("travels as it was written, stamped once behind the rest", () => {
    const { json } = prepareEventText(
      '{"action":"price.seen", "attributes":{"p":1.50,"n":12345678901234567890123}}',
      ACCEPTANCE,
    );
    assert.equal(
      json,
      '{"action":"price.seen", "attributes":{"p":1.50,"n":12345678901234567890123},"_recv_at":"2026-03-01T12:00:00.456Z"}',
    );
  });

  it("keeps the time at which it was accepted before", () => {
    const text = '{"action":"a.b","_recv_at":"2026-02-01T00:00:00+01:00"}';
    assert.equal(prepareEventText(text, ACCEPTANCE).json, text);
    assert.equal(
      prepareEventText('{"action":"a.b","_recv_at":null}', ACCEPTANCE).json,
      '{"action":"a.b","_recv_at":"2026-03-01T12:00:00.456Z"}',
    );
  });

  it("tells all its problems at once", () => {
    assert.deepEqual(
      problemsOf({
        action: "Placed",
        occurred_at: "2026-03-01T10:00:00",
        actor_id: true,
        object: "x",
        attributes: [],
        revenue_impact: "much",
        source: 5,
      }),
      [
        'action: text "Placed" is malformed; expected noun.verb_past of a-z, 0-9, _ and dots',
        'occurred_at: "2026-03-01T10:00:00" has no offset; expected one such as Z or +01:00',
        "actor_id: expected text or a whole number of at most 38 digits, found true",
        'object: expected an object {type, id}, found text "x"',
        "attributes: expected an object, found a list",
        "source: expected text, found number 5",
        'revenue_impact: expected a number, found text "much"',
      ],
    );
  });

  for (const [event, problem] of [
    [{}, "action: is missing; expected noun.verb_past"],
    [null, "expected an event object, found null"],
    [[], "expected an event object, found a list"],
    [
      { action: "system.user.created" },
      `action: text "system.user.created" is reserved: system., mcp., quality. belong to the warehouse's own procedures`,
    ],
    [
      { action: "a.b", occurred_at: 1772359200 },
      "occurred_at: expected ISO 8601 text with an offset, such as 2026-03-01T10:00:00+01:00, found number 1772359200",
    ],
    [
      { action: "a.b", actor_id: 1.5 },
      "actor_id: expected text or a whole number of at most 38 digits, found number 1.5",
    ],
    [{ action: "a.b", occurredAt: "2026-03-01T10:00:00Z" }, "occurredAt: is not a field; did you mean occurred_at?"],
    [{ action: "a.b", occured_at: "2026-03-01T10:00:00Z" }, "occured_at: is not a field; did you mean occurred_at?"],
  ] as const) {
    it(`is refused: ${JSON.stringify(event)}`, () => assert.deepEqual(problemsOf(event), [problem]));
  }

  it("may carry fields that nobody reads", () => {
    assert.deepEqual(problemsOf({ action: "a.b", session: "s1", sources: 2 }), []);
  });

  it("may have exactly 1 000 000 bytes, counted in UTF-8 and without the time of receipt", () => {
    const withBytes = (bytes: number) => {
      const empty = Buffer.byteLength(JSON.stringify({ action: "note.added", attributes: { text: "" } }));
      const room = bytes - empty;
      return { action: "note.added", attributes: { text: "é".repeat(room >> 1) + "x".repeat(room & 1) } };
    };
    assert.equal(prepareEvent(withBytes(1_000_000), ACCEPTANCE).refusal, undefined);
    assert.equal(
      prepareEvent(withBytes(1_000_001), ACCEPTANCE).refusal,
      "payload has 1000001 bytes; the limit is 1000000",
    );
  });

  it("has an id of a number as it was written, and none of a number that can be written in two ways", () => {
    const idOf = (actor: string) => prepareEventText(`{"action":"a.b","actor_id":${actor}}`, ACCEPTANCE).eventId;
    assert.equal(idOf("12345678901234567890123"), idOf('"12345678901234567890123"'));
    for (const actor of ["1.0", "1e3", "-0"]) {
      assert.throws(() => idOf(actor), {
        problems: [`actor_id: expected text or a whole number of at most 38 digits, found number ${actor}`],
      });
    }
  });
});
