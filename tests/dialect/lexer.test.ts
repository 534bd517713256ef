import assert from "node:assert/strict";
import { lex } from "../../dialect/index";

const tokens = (sql: string): string[] =>
  lex(sql).tokens.map(({ kind, value }) => (kind === "End" ? "End" : `${kind} ${value}`));

describe("lexer", () => {
  it("keeps the case and quoting of identifiers apart", () => {
    assert.deepEqual(tokens('abc "a""B" _x$1 été'), [
      "Word abc",
      'QuotedIdentifier a"B',
      "Word _x$1",
      "Word été",
      "End",
    ]);
  });
  it("resolves the escapes of strings", () => {
    assert.deepEqual(tokens(String.raw`'it''s' 'a\'b' '\n\t\\' '\x41\u00e9\101' 'a\%'`), [
      "String it's",
      "String a'b",
      "String \n\t\\",
      "String AéA",
      "String a%",
      "End",
    ]);
  });
  it("takes dollar-quoted text as it is", () => {
    assert.deepEqual(tokens("$$it's \\n $1$$ $$$$"), ["String it's \\n $1", "String ", "End"]);
  });
  it("tells numbers, paths and ranges apart", () => {
    assert.deepEqual(tokens("1 1.5 .5 1e-3 1. a.b"), [
      "Number 1",
      "Number 1.5",
      "Number .5",
      "Number 1e-3",
      "Number 1.",
      "Word a",
      "Symbol .",
      "Word b",
      "End",
    ]);
  });
  it("knows variables, columns by number and binds", () => {
    assert.deepEqual(tokens("$v $1 :x :1 ?"), [
      "Variable v",
      "Positional 1",
      "Symbol :",
      "Word x",
      "Symbol :",
      "Number 1",
      "Symbol ?",
      "End",
    ]);
  });
  it("reads stages and file addresses to their end", () => {
    assert.deepEqual(tokens('@~/a//b.csv @%t @"my stage"/x(1) file:///tmp/a.csv snow://workspace/w/a;'), [
      "Stage @~/a//b.csv",
      "Stage @%t",
      'Stage @"my stage"/x',
      "Symbol (",
      "Number 1",
      "Symbol )",
      "Uri file:///tmp/a.csv",
      "Uri snow://workspace/w/a",
      "Symbol ;",
      "End",
    ]);
  });
  it("takes the longest operator", () => {
    assert.deepEqual(tokens("a->>b->c=>d::e:=f||g<>h!=i**j"), [
      ..."a ->> b -> c => d :: e := f || g <> h != i ** j"
        .split(" ")
        .map((t) => (/\w/.test(t) ? `Word ${t}` : `Symbol ${t}`)),
      "End",
    ]);
  });
  it("leaves comments out and remembers where they were", () => {
    const { tokens: found, comments } = lex("a -- one\n// two\n/* three\n */ b");
    assert.deepEqual(
      found.map(({ value }) => value),
      ["a", "b", ""],
    );
    assert.deepEqual(comments, [
      { start: 2, end: 8 },
      { start: 9, end: 15 },
      { start: 16, end: 28 },
    ]);
  });
  for (const [sql, message] of [
    ["select 'abc", "parse error line 1 at position 11 near '<EOF>'."],
    ['select "abc', "parse error line 1 at position 11 near '<EOF>'."],
    ["select $$abc", "parse error line 1 at position 12 near '<EOF>'."],
    ["select 1e from t", "parse error line 1 at position 9 near '32'."],
    ["select 1.5e+)", "parse error line 1 at position 12 near '41'."],
    ["select 1e", "parse error line 1 at position 9 near '<EOF>'."],
    ["select 1 /* abc", "parse error line 1 at position 15 near '<EOF>'."],
    ["select\n  `a`", "parse error line 2 at position 2 near '`'."],
  ] as const)
    it(`refuses ${JSON.stringify(sql)}`, () => {
      assert.equal(lex(sql).error?.message, `SQL compilation error:\n${message}`);
    });
});
