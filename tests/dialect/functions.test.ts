import assert from "node:assert/strict";
import { checkArity, FUNCTIONS, type FunctionCall, findFunction, parseExpression } from "../../dialect/index";

const arity = (sql: string): string | undefined => {
  const call = parseExpression(sql) as FunctionCall;
  const problem = checkArity(findFunction(call.name.parts[0]!.value)!, call, sql);
  return problem && `${problem.code} ${problem.message}`;
};

describe("the table of functions", () => {
  it("knows functions whatever their case, and only Snowflake's", () => {
    assert.equal(findFunction("sha2")?.family, "hash");
    assert.equal(findFunction("MY_FUNCTION"), undefined);
    assert.ok(FUNCTIONS.size > 800);
  });
  it("tells aggregates, windows and table functions", () => {
    const traits = (name: string) => {
      const { aggregate, window, table } = findFunction(name)!;
      return { aggregate, window, table };
    };
    assert.deepEqual(traits("SUM"), { aggregate: true, window: "may", table: false });
    assert.deepEqual(traits("ROW_NUMBER"), { aggregate: false, window: "must", table: false });
    assert.deepEqual(traits("FLATTEN"), { aggregate: false, window: "no", table: true });
    assert.deepEqual(traits("UPPER"), { aggregate: false, window: "no", table: false });
  });
  it("tells what a result depends on", () => {
    const determinism = (name: string) => findFunction(name)?.determinism;
    assert.deepEqual(
      ["UPPER", "CURRENT_TIMESTAMP", "CURRENT_ROLE", "RANDOM", "ANY_VALUE", "HLL", "AI_CLASSIFY"].map(determinism),
      ["deterministic", "clock", "session", "random", "arbitrary", "approximate", "model"],
    );
  });
  it("counts arguments in Snowflake's words", () => {
    assert.equal(arity("ABS()"), "000938 not enough arguments for function [ABS()], expected 1, got 0");
    assert.equal(arity("ABS(1, 2)"), "000939 too many arguments for function [ABS(1, 2)] expected 1, got 2");
    assert.equal(arity("COALESCE(1)"), "000938 not enough arguments for function [COALESCE(1)], expected 2, got 1");
    for (const right of [
      "ABS(1)",
      "COALESCE(1, 2, 3)",
      "COUNT(*)",
      "SUBSTR('a', 1)",
      "SUBSTR('a', 1, 2)",
      "CURRENT_TIMESTAMP()",
      "OBJECT_CONSTRUCT()",
    ])
      assert.equal(arity(right), undefined);
  });
});
