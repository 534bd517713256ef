import assert from "node:assert/strict";
import { DialectError, lex, parseStatements } from "../../dialect/index";
import { allStatements } from "./corpus";

/** A small generator with a seed, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const NOISE = [
  "(",
  ")",
  "'",
  '"',
  "$$",
  ",",
  ";",
  "select",
  "from",
  "where",
  "begin",
  "end",
  "case",
  "->",
  "=>",
  "::",
  ":",
  ".",
  "@",
  "?",
  "*",
  "{",
  "}",
  "[",
  "]",
  "--",
  "/*",
  "\0",
  "\u{1f600}",
  "not",
  "in",
  "1e",
  ".",
];

function mutate(statement: string, others: readonly string[], next: (below: number) => number): string {
  let text = statement;
  for (let edits = 1 + next(3); edits > 0; edits--) {
    const at = next(text.length + 1);
    const length = next(12);
    switch (next(5)) {
      case 0:
        text = text.slice(0, at) + text.slice(at + length);
        break;
      case 1:
        text = `${text.slice(0, at)} ${NOISE[next(NOISE.length)]} ${text.slice(at)}`;
        break;
      case 2: {
        const other = others[next(others.length)] ?? "";
        text = text.slice(0, at) + other.slice(next(other.length));
        break;
      }
      case 3:
        text = text.slice(0, at) + text.slice(at, at + length).repeat(2) + text.slice(at + length);
        break;
      default:
        text = text.slice(0, at) + String.fromCharCode(32 + next(96)) + text.slice(at + 1);
    }
  }
  return text;
}

/** Every seed gives other statements; `FUZZ_STATEMENTS=200000 npx mocha tests/dialect/fuzz.test.ts` is the whole run. */
const STATEMENTS = Number(process.env.FUZZ_STATEMENTS ?? 40_000);
const SEED = Number(process.env.FUZZ_SEED ?? 20261125);

describe(`${STATEMENTS} mutated statements`, () => {
  it("are read or refused, and nothing else happens", function () {
    this.timeout(STATEMENTS * 2);
    const statements = allStatements();
    const next = random(SEED);
    let refused = 0;
    for (let i = 0; i < STATEMENTS; i++) {
      const text = mutate(statements[next(statements.length)] as string, statements, next);
      try {
        const { errors } = parseStatements(text);
        for (const error of errors) {
          assert.ok(error instanceof DialectError);
          assert.ok(error.span.start >= 0 && error.span.start <= text.length && error.line >= 1 && error.column >= 1);
        }
        refused += errors.length > 0 ? 1 : 0;
      } catch (error) {
        assert.fail(`${JSON.stringify(text)}: ${(error as Error).stack}`);
      }
    }
    assert.ok(refused > STATEMENTS / 2, `only ${refused} refused`);
  });

  it("are covered by their tokens and comments, whatever they are", () => {
    const statements = allStatements();
    const next = random(7);
    for (let i = 0; i < 20_000; i++) {
      const text = mutate(statements[next(statements.length)] as string, statements, next);
      const { tokens, comments, error } = lex(text);
      const end = tokens.at(-1)?.start ?? 0;
      assert.ok(error !== undefined || end === text.length);
      const pieces = [...tokens, ...comments].sort((a, b) => a.start - b.start);
      for (let k = 1; k < pieces.length; k++) assert.ok(pieces[k]!.start >= pieces[k - 1]!.end, JSON.stringify(text));
    }
  });

  it("answer in a time that grows with their length alone", () => {
    const beginnings = [
      "",
      "select ",
      "select * from ",
      "create table t (",
      "alter table t ",
      "begin ",
      "grant ",
      "call p(",
    ];
    for (const beginning of beginnings)
      for (const piece of NOISE) {
        // Twenty thousand of a piece that took a look at all before it would run into the time limit.
        const { statements, errors } = parseStatements(`${beginning}${`${piece} `.repeat(20_000)}`, { maxErrors: 3 });
        assert.ok(statements.length + errors.length <= 20_003, beginning + piece);
      }
  });
});
