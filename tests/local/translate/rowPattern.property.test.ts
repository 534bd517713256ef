import assert from "node:assert/strict";
import * as fc from "fast-check";
import { findMatches } from "../../../local/udf/rows/match";
import { readPattern } from "../../../local/udf/rows/pattern";
import { compilePattern } from "../../../local/udf/rows/program";

/** A pattern of rows and the regular expression over letters that means the same. */
interface Twin {
  pattern: string;
  expression: string;
}

const twins: fc.Arbitrary<Twin> = fc.letrec<{ any: Twin; leaf: Twin; node: Twin }>((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, tie("leaf"), tie("node")),
  leaf: fc.constantFrom("a", "b", "c").map((name) => ({ pattern: name, expression: name })),
  node: fc.oneof(
    fc.tuple(tie("any"), tie("any")).map(([x, y]) => both(x, y, " ", "")),
    fc.tuple(tie("any"), tie("any")).map(([x, y]) => both(x, y, " | ", "|")),
    fc
      .tuple(tie("any"), fc.constantFrom("*", "+", "?", "{2}", "{1,}", "{,2}", "{1,3}"), fc.constantFrom("", "?"))
      .map(([x, quantifier, reluctant]) => ({
        pattern: `(${x.pattern})${quantifier}${reluctant}`,
        expression: `(?:${x.expression})${quantifier.replace("{,", "{0,")}${reluctant}`,
      })),
    fc.tuple(tie("any"), tie("any")).map(([x, y]) => ({
      pattern: `PERMUTE(${x.pattern}, ${y.pattern})`,
      expression: `(?:(?:${x.expression})(?:${y.expression})|(?:${y.expression})(?:${x.expression}))`,
    })),
  ),
})).any;

const both = (x: Twin, y: Twin, between: string, inExpression: string): Twin => ({
  pattern: `((${x.pattern})${between}(${y.pattern}))`,
  expression: `(?:(?:${x.expression})${inExpression}(?:${y.expression}))`,
});

/** Parts that may take no row, repeated: found by chance before. */
const EXAMPLES: [Twin, string][] = ["((a)*?)*", "((a)??)?", "((a)*?)+", "((a)??)*?b", "((a | (b)??)*?)*"].map(
  (pattern) => {
    const expression = pattern.replace(/[( ]/g, (found) => (found === "(" ? "(?:" : ""));
    return [{ pattern: pattern.replace("b", " b"), expression }, "aabab"];
  },
);

describe("patterns of rows", () => {
  it("find what the same regular expression finds in a text", () => {
    fc.assert(
      fc.property(twins, fc.string({ unit: fc.constantFrom("a", "b", "c", "x"), maxLength: 12 }), (twin, text) => {
        const program = compilePattern(readPattern(twin.pattern));
        const fits = (row: number, at: number) => {
          const step = program[at];
          return step?.kind === "row" && step.symbol.toLowerCase() === text[row];
        };
        const found = [...findMatches(program, text.length, fits, { to: "PAST LAST ROW" })];
        const expected = [...text.matchAll(new RegExp(twin.expression, "g"))]
          .map((match) => [match.index, match[0].length])
          // An expression also finds nothing behind the last letter, where no row is.
          .filter(([index]) => (index as number) < text.length);
        assert.deepEqual(
          found.map(({ start, steps }) => [start, steps.length]),
          expected,
        );
      }),
      { numRuns: 500, examples: EXAMPLES },
    );
  });
});
