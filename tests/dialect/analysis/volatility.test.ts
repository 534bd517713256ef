import assert from "node:assert/strict";
import { parseExpression, parseQuery, volatility } from "../../../dialect/index";

const of = (sql: string): string => volatility(parseExpression(sql)).volatility;

describe("volatility", () => {
  it("of what depends on its arguments alone is IMMUTABLE", () => {
    for (const sql of [
      "a + 1",
      "upper(a)",
      "sha2(a || 'x', 256)",
      "sum(a) over (partition by b)",
      "uuid_string('ns', a)",
    ])
      assert.equal(of(sql), "IMMUTABLE", sql);
  });
  it("of what depends on the moment and on who asks is STABLE", () => {
    for (const sql of [
      "current_timestamp",
      "dateadd(day, 1, current_date())",
      "current_role() = 'X'",
      "system$typeof(a)",
    ])
      assert.equal(of(sql), "STABLE", sql);
  });
  it("of what may differ from row to row or run to run is VOLATILE", () => {
    for (const sql of [
      "random()",
      "uuid_string()",
      "any_value(a)",
      "approx_count_distinct(a)",
      "ai_complete('m', a)",
      "q.nextval",
    ])
      assert.equal(of(sql), "VOLATILE", sql);
  });
  it("of a user's function is UNKNOWN until it is told", () => {
    const call = parseExpression("d.s.f(a) + g(b)");
    assert.equal(volatility(call).volatility, "UNKNOWN");
    const told = (name: string) => (name === "G" ? "VOLATILE" : "IMMUTABLE");
    assert.deepEqual(volatility(call, { volatilityOf: told }), {
      volatility: "VOLATILE",
      calls: [{ name: "G", determinism: "random", span: { start: 11, end: 15 } }],
    });
    assert.equal(volatility(call, { volatilityOf: () => "IMMUTABLE" }).volatility, "IMMUTABLE");
  });
  it("of a query names every call it rests on", () => {
    const { volatility: whole, calls } = volatility(
      parseQuery("with x as (select uuid_string() as id from t) select id from x where ts < current_timestamp()"),
    );
    assert.equal(whole, "VOLATILE");
    assert.deepEqual(
      calls.map(({ name, determinism }) => [name, determinism]),
      [
        ["UUID_STRING", "random"],
        ["CURRENT_TIMESTAMP", "clock"],
      ],
    );
  });
});
