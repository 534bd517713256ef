import assert from "node:assert/strict";
import fc from "fast-check";
import { toCanonical } from "../../../local/udf/json/canonical";
import { parseJson } from "../../../local/udf/json/parse";
import { quickCanonical } from "../../../local/udf/json/quickCanonical";

/** What the full reader makes of a text; undefined when it refuses it. */
function slowly(text: string): string | undefined {
  try {
    const node = parseJson(text);
    return node === undefined ? undefined : toCanonical(node);
  } catch {
    return undefined;
  }
}

describe("The quick way from JSON to its stored form", () => {
  it("gives what the full reader gives, for any JSON in any spelling", () => {
    const spelled = fc
      .tuple(fc.array(fc.json({ stringUnit: "grapheme" }), { maxLength: 4 }), fc.constantFrom(undefined, 1, "\t"))
      .map(([texts, indent]) =>
        JSON.stringify(
          [...texts, ...texts].map((text) => JSON.parse(text)),
          null,
          indent,
        ),
      );
    fc.assert(
      fc.property(spelled, (text) => assert.equal(quickCanonical(text), slowly(text))),
      { numRuns: 3000 },
    );
  });

  it("never takes what the full reader refuses, nor gives another form", () => {
    const piece = fc.constantFrom(
      ..."{}[],:\"'\\ \n-+.eE0159aé".split(""),
      '"a"', '"a":', '"b":1', '{"b":1,"a":2}', "true", "false", "null", "nul", "12.50", "-0", "007", "1e5", "9007199254740993",
      "12345678901234567890123456789012345678901", "0.1234567890123456789", '"\uE000x"', '"\\u0041"', '"\\ud83d\\ude00"', "undefined",
    ); // biome-ignore format: one list
    const text = fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, (given) => {
        const quick = quickCanonical(given);
        if (quick !== undefined) assert.equal(quick, slowly(given));
      }),
      { numRuns: 20_000 },
    );
  });

  it("takes what programs write, whatever the order of keys", () => {
    assert.equal(quickCanonical(' { "b" : [ 1.50 , -0 ], "a" : { } } '), '{"a":{},"b":[1.5,0]}');
    assert.equal(quickCanonical('{"é":"\\u0041\\n","a":"x\ty"}'), '{"a":"x\\ty","é":"A\\n"}');
  });

  it("remembers the keys of the object before without mixing the two up", () => {
    const text =
      '[{"b":1,"a":{"d":1,"c":2}},{"b":1},{"b":2,"a":{"d":3}},{"a":1,"b":2,"c":3},{"b":4,"a":{"d":1,"c":2}}]';
    assert.equal(quickCanonical(text), slowly(text));
  });

  it("leaves keys that stand twice and other liberties to the full reader", () => {
    for (const text of [
      '{"a":1,"a":2}',
      '{"a":1,"\\u0061":2}',
      '[{"a":1},{"a":1,"a":2}]',
      "[1,,2]",
      "{a:1}",
      "'x'",
      "NaN",
      "[1]x",
      "",
    ])
      assert.equal(quickCanonical(text), undefined, text);
  });
});
