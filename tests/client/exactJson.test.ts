import assert from "node:assert/strict";
import fc from "fast-check";
import { LosslessNumber, parseExact, stringifyExact } from "../../client/exactJson";

describe("exact JSON", () => {
  it("keeps every digit of a number that JavaScript would change", () => {
    const value = parseExact('{"n":12345678901234567890123,"p":0.1234567890123456789,"s":"12345678901234567890"}');
    assert.equal(
      stringifyExact(value),
      '{"n":12345678901234567890123,"p":0.1234567890123456789,"s":"12345678901234567890"}',
    );
    assert.ok((value as { n: unknown }).n instanceof LosslessNumber);
  });

  it("writes bigint, Date and undefined as producers mean them", () => {
    const event = { id: 10n ** 22n, at: new Date(0), none: undefined, list: [1, null] };
    assert.equal(
      stringifyExact(event),
      '{"id":10000000000000000000000,"at":"1970-01-01T00:00:00.000Z","list":[1,null]}',
    );
  });

  it("reads what JSON.stringify wrote, whatever stands in its keys and strings", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        if (/\d{16}/.test(text)) return;
        assert.deepEqual(parseExact(text), JSON.parse(text));
      }),
    );
  });

  for (const [text, message] of [
    ['{"a":1,"a":1}', 'A key stands twice in one object: "a"'],
    ['[{"x":{"k":1,"k":{"k":2}}}]', 'A key stands twice in one object: "k"'],
    ['{"a":"\\ud83d"}', "A \\u escape is half of a surrogate pair and no character"],
  ] as const) {
    it(`refuses ${text}`, () => assert.throws(() => parseExact(text), { name: "SyntaxError", message }));
  }

  it("does not take text that looks like a doubled key for one", () => {
    assert.deepEqual(parseExact('{"a":"\\"a\\":1","b":"x\\\\"}'), { a: '"a":1', b: "x\\" });
  });

  it("names every place that JSON cannot hold", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const event = {
      a: Number.NaN,
      b: { c: [undefined, new Map()] },
      d: () => 1,
      e: cyclic,
      f: "\ud800",
      g: new Date(Number.NaN),
    };
    assert.throws(() => stringifyExact(event), {
      message: [
        "a: NaN is no JSON number",
        "b.c[0]: undefined is no JSON value",
        "b.c[1]: a Map is no JSON value",
        "d: a function is no JSON value",
        "e.self: contains itself",
        "f: holds half of a surrogate pair, which is no character",
        "g: an invalid Date",
      ].join("\n"),
    });
  });
});
