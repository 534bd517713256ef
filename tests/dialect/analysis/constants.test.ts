import assert from "node:assert/strict";
import { constantText, constantVariables, parseExpression, parseStatement } from "../../../dialect/index";

const variables = (sql: string, parameters: string[] = []): Record<string, string> =>
  Object.fromEntries(constantVariables(parseStatement(sql), parameters));

describe("the text of an expression", () => {
  it("is known for literals, their concatenation and casts to text", () => {
    assert.equal(constantText(parseExpression("'a' || ('b' || 1) || concat('c', $$d$$)::varchar")), "ab1cd");
  });
  it("takes in the variables that are known", () => {
    const known = new Map([
      ["T", "t1"],
      ["$S", "s1"],
    ]);
    const text = (sql: string) => constantText(parseExpression(sql), (name) => known.get(name));
    assert.equal(text("'drop ' || t || :t || $s"), "drop t1t1s1");
    assert.equal(text("'drop ' || other"), undefined);
  });
  it("is not known for what is computed", () => {
    for (const sql of ["upper('a')", "'a' || ?", "t.a", "case when a then 'b' end", "1 + 1", "(select 'a')"])
      assert.equal(constantText(parseExpression(sql)), undefined, sql);
  });
});

describe("constant variables", () => {
  it("are those set once, from literals or from one another in any order", () => {
    assert.deepEqual(
      variables("declare b varchar default 'x' || a; a varchar default 'y'; begin let c := :b || '!'; return c; end"),
      { A: "y", B: "xy", C: "xy!" },
    );
  });
  it("are session variables too", () => {
    assert.deepEqual(variables("set (a, b) = ('x', 'y')"), { $A: "x", $B: "y" });
  });
  it("are not those that are set twice, by a query, by a loop, by a call or from outside", () => {
    const sql = `declare a varchar default 'x'; c cursor for select 1; begin
      let twice := 'a'; if (true) then twice := 'b'; end if;
      let queried := 'a'; select 1 into :queried;
      for looped in c do null; end for;
      let fetched := 'a'; fetch c into fetched;
      let out_argument := 'a'; call p(:out_argument);
      let counted := (select count(*) from t);
      let from_parameter := parameter || 'x';
    end`;
    assert.deepEqual(variables(sql, ["PARAMETER"]), { A: "x" });
  });
  it("belong to their own procedure", () => {
    const sql =
      "declare p procedure () returns int as begin let a := 'x'; return 1; end; begin let b := 'y'; call p(); end";
    assert.deepEqual(variables(sql), { B: "y" });
  });
});
