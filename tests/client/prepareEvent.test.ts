import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import type { EventInput } from "../../client/event";
import { LosslessNumber, parseExact } from "../../client/exactJson";
import { InvalidEventError } from "../../client/invalidEvent";
import { readPlainEvent } from "../../client/plainEvent";
import { prepareEvent, prepareEventText, prepareTextThoroughly, prepareThoroughly } from "../../client/prepareEvent";

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
        'revenue_impact: expected a number of at most 32 digits before the point, found text "much"',
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
      "occurred_at: expected ISO 8601 text with an offset, such as 2026-03-01T10:00:00+01:00, found number 1772359200 (as seconds since 1970, 2026-03-01T10:00:00.000Z)",
    ],
    [
      { action: "a.b", occurred_at: "1772359200123456" },
      'occurred_at: text "1772359200123456" is not an ISO 8601 time with an offset, such as 2026-03-01T10:00:00+01:00 (as microseconds since 1970, 2026-03-01T10:00:00.123Z)',
    ],
    [
      { action: "a.b", occurred_at: "2026-03-01T10:00:00\u200bZ" },
      'occurred_at: text "2026-03-01T10:00:00\\u200bZ" is not an ISO 8601 time with an offset, such as 2026-03-01T10:00:00+01:00',
    ],
    [
      { action: "order.рlaced" },
      'action: text "order.рlaced" is malformed; expected noun.verb_past of a-z, 0-9, _ and dots (р is U+0440)',
    ],
    [
      { action: "a.b", revenue_impact: `1${"0".repeat(32)}` },
      'revenue_impact: expected a number of at most 32 digits before the point, found text "100000000000000000000000000000000"',
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

  it("has no id of a number that JavaScript has rounded already", () => {
    const rounded = (field: string) =>
      `${field}: number 9007199254740992 is beyond 2^53, where JavaScript rounds; expected text or a bigint`;
    const id = 2 ** 53;
    assert.deepEqual(problemsOf({ action: "Placed", actor_id: id, anonymous_actor_id: id, object: { id: -id } }), [
      rounded("actor_id"),
      rounded("anonymous_actor_id"),
      rounded("object.id").replace("number ", "number -"),
      'action: text "Placed" is malformed; expected noun.verb_past of a-z, 0-9, _ and dots',
    ]);
    assert.deepEqual(problemsOf({ action: "a.b", actor_id: 2n ** 53n, object: { id: id - 1 } }), []);
    const received = parseExact('{"action":"a.b","actor_id":9007199254740992}') as EventInput;
    assert.match(prepareEvent(received, ACCEPTANCE).json, /"actor_id":9007199254740992,/);
  });

  it("with a number that no double holds is refused by its place, since it would be stored as infinity", () => {
    const problemsOfText = (text: string) => {
      try {
        return prepareEventText(text, ACCEPTANCE).json;
      } catch (error) {
        return (error as InvalidEventError).problems;
      }
    };
    const refused = (...places: string[]) =>
      places.map(
        (place) => `${place}: the number is beyond the range of a double, which ends at 1.7976931348623157e308`,
      );
    assert.deepEqual(
      problemsOfText(
        '{"action":"a.b","revenue_impact":1e999,"attributes":{"n":[0,-1e400],"m":12345678901234567890e300}}',
      ),
      refused("revenue_impact", "attributes.n.1", "attributes.m"),
    );
    assert.deepEqual(problemsOf({ action: "a.b", attributes: { n: 10n ** 400n } }), refused("attributes.n"));
    assert.equal(typeof problemsOfText('{"action":"a.b","attributes":{"n":1e308,"m":1e-999,"t":"1e999"}}'), "string");
  });

  it("that is nested too deeply, or has an object without a kind, is told so", () => {
    const deep: Record<string, unknown> = {};
    for (let at = deep, depth = 0; depth < 100_000; depth++) at = at.a = {} as Record<string, unknown>;
    assert.deepEqual(problemsOf({ action: "a.b", attributes: deep }), ["the event: nested too deeply"]);
    const strange = Object.create({ constructor: undefined });
    assert.deepEqual(problemsOf({ action: "a.b", attributes: { strange } }), [
      "attributes.strange: an object without a constructor is no JSON value",
    ]);
  });

  describe("made of objects that act when they are read", () => {
    const thrower = (thrown: unknown) => ({
      get x() {
        throw thrown;
      },
    });
    const revoked = () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    };
    for (const [name, event, problem] of [
      [
        "a getter that throws",
        { attributes: thrower(new Error("no connection\nat x")) },
        "attributes.x: cannot be read: no connection",
      ],
      ["one that throws no Error", { attributes: thrower(null) }, "attributes.x: cannot be read: null"],
      [
        "one of the event itself",
        Object.defineProperty({}, "actor_id", { get: () => Object.keys(revoked()), enumerable: true }),
        "actor_id: cannot be read: Cannot perform 'ownKeys' on a proxy that has been revoked",
      ],
      [
        "a revoked proxy",
        { attributes: { deep: revoked() } },
        "attributes.deep: cannot be read: Cannot perform 'getPrototypeOf' on a proxy that has been revoked",
      ],
      [
        "a hole in a list",
        { attributes: { list: Object.assign([1], { 2: 3 }) } },
        "attributes.list[1]: undefined is no JSON value",
      ],
    ] as [string, object, string][]) {
      it(`is refused by its place: ${name}`, () => {
        const descriptors = Object.getOwnPropertyDescriptors(event);
        assert.deepEqual(problemsOf(Object.defineProperties({ action: "a.b" }, descriptors)), [problem]);
      });
    }

    const idOf = (json: string) => prepareEventText(json.replace(/,"_recv_at":"[^"]*"/, ""), ACCEPTANCE).eventId;

    for (const [name, event] of [
      [
        "a getter",
        (next: () => number) => ({
          action: "a.b",
          get actor_id() {
            return `u${next()}`;
          },
        }),
      ],
      [
        "a time that is always now",
        (next: () => number) => ({
          action: "a.b",
          get occurred_at() {
            return new Date(next() * 1000);
          },
        }),
      ],
      [
        "an object's id",
        (next: () => number) => ({
          action: "a.b",
          object: {
            type: "t",
            get id() {
              return String(next());
            },
          },
        }),
      ],
      [
        "a proxy",
        (next: () => number) =>
          new Proxy(
            { action: "a.b", actor_id: "u" },
            { get: (of, key) => (key === "actor_id" ? `u${next()}` : Reflect.get(of, key)) },
          ),
      ],
      [
        "a date that writes itself",
        () => ({ action: "a.b", occurred_at: Object.assign(new Date(0), { toJSON: () => "2026-03-01T00:00:00Z" }) }),
      ],
    ] as [string, (next: () => number) => object][]) {
      it(`has the id of what travels, though it reads otherwise each time: ${name}`, () => {
        let reads = 0;
        const { json, eventId } = prepareEvent(event(() => reads++) as EventInput, ACCEPTANCE);
        assert.equal(eventId, idOf(json));
      });
    }

    it("is refused when a program has taught dates another text", () => {
      const given = { action: "a.b", occurred_at: Object.assign(new Date(0), { toJSON: () => "yesterday" }) };
      assert.match(problemsOf(given)?.[0] ?? "", /^occurred_at: text "yesterday" is not an ISO 8601 time/);
    });

    it("may have dates of another realm, as test runners make them", () => {
      const at = runInNewContext("new Date(0)") as Date;
      const { json } = prepareEvent({ action: "a.b", occurred_at: at, attributes: { at } }, ACCEPTANCE);
      assert.match(json, /"occurred_at":"1970-01-01T00:00:00\.000Z","attributes":\{"at":"1970-01-01T00:00:00\.000Z"\}/);
    });
  });

  describe("by the short way and by the thorough one", () => {
    const text = fc.oneof(
      {
        weight: 1,
        arbitrary: fc.constantFrom("", "x", "é", "\ud800", "\udc00x", "😀", " 5 ", "1.0", "1e3", '"', "\n", "\u0000"),
      },
      { weight: 9, arbitrary: fc.string() },
    );
    const number = fc.oneof(
      fc.constantFrom(0, -0, 1, 1.5, 2 ** 53, 1e21, 1e300, Number.NaN, Number.POSITIVE_INFINITY, -7),
      fc.integer(),
    );
    const date = fc.oneof(
      fc.constantFrom(new Date(Number.NaN), new Date(-1), new Date(8e15), new Date(-62135596800001)),
      fc.date({ noInvalidDate: true }),
    );
    const time = fc.constantFrom(
      "2026-03-01T10:00:00Z",
      "2026-03-01 10:00:00,5+02",
      "2026-03-01T10:00:00",
      "0001-01-01T00:00:00+01:00",
      "yesterday",
      "",
    );
    const anything = fc.oneof(
      text,
      number,
      date,
      fc.boolean(),
      fc.constant(null),
      fc.constant(undefined),
      fc.bigInt(),
      fc.constantFrom<unknown>(new Map(), [], {}, [undefined], Object.create(null), new LosslessNumber("1.0"), () => 1),
      fc.dictionary(text, fc.oneof(text, number, date, fc.array(text)), { maxKeys: 3 }),
    );
    const usually = (usual: fc.Arbitrary<unknown>) =>
      fc.oneof({ weight: 40, arbitrary: usual }, { weight: 1, arbitrary: anything });
    const usualTime = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") });
    const event = fc.record(
      {
        action: usually(
          fc.constantFrom("order.placed", "a.b.c", "systems.x", "order.seen", "Order", "system.x", "a.b\n"),
        ),
        occurred_at: usually(fc.oneof(time, date, usualTime, usualTime)),
        actor_id: usually(fc.oneof(text, number)),
        anonymous_actor_id: usually(text),
        object: usually(
          fc.record({ type: usually(text), id: usually(text), more: usually(number) }, { requiredKeys: [] }),
        ),
        attributes: usually(fc.dictionary(text, usually(text), { maxKeys: 3 })),
        source: usually(text),
        schema_version: usually(fc.oneof(number, text)),
        revenue_impact: usually(fc.oneof(number, fc.constantFrom("1.5", " 1", "-.5", "x", "1e3"))),
        link: usually(text),
        _recv_at: usually(fc.constantFrom(undefined, undefined, null, "2026-01-01T00:00:00Z", "x")),
        message_id: usually(text),
      },
      { requiredKeys: ["action"] },
    );
    const outcome = (work: () => unknown) => {
      try {
        return work();
      } catch (error) {
        assert.ok(error instanceof InvalidEventError, String(error));
        return error.problems;
      }
    };

    it("an event object becomes the same, or has the same problems", () => {
      let taken = 0;
      fc.assert(
        fc.property(event, (given) => {
          if (readPlainEvent(given, { parsed: false }) !== undefined) taken++;
          const short = outcome(() => prepareEvent(given as EventInput, ACCEPTANCE));
          assert.deepEqual(
            short,
            outcome(() => prepareThoroughly(given as EventInput, ACCEPTANCE)),
          );
        }),
        { numRuns: 1500 },
      );
      assert.ok(taken > 0, "no event took the short way");
    });

    it("an event's text becomes the same, or has the same problems", () => {
      const written = event.map((given) => {
        try {
          return JSON.stringify(given, null, "y" in given ? 1 : undefined);
        } catch {
          return "{";
        }
      });
      const lines = fc.oneof(
        written,
        written.map((json) => json.replace(/":/g, '" : ')),
        fc.constantFrom(
          '{"action":"a.b","actor_id":1.0}',
          '{"action":"a.b","actor_id":-0}',
          '{"action":"a.b","object":{"id":1e2}}',
          '{"action":"a.b","schema_version":1.0}',
          '{"action":"a.b","attributes":{"n":1e999}}',
          '{"action":"a.b","attributes":{"n":12345678901234567890}}',
          '{"action":"a.b","action" :"a.c"}',
          '{"action":"a.b","x":"\\":","y":"\\"x\\":1"}',
          '{"action":"a.b",\r\n"source":"x" } ',
          '{"action":"a.b","__proto__":{"actor_id":"x"}}',
        ),
      );
      fc.assert(
        fc.property(lines, (line) => {
          assert.deepEqual(
            outcome(() => prepareEventText(line, ACCEPTANCE)),
            outcome(() => prepareTextThoroughly(line, ACCEPTANCE)),
          );
        }),
        { numRuns: 1500 },
      );
    });
  });
});
