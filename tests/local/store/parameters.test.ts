import assert from "node:assert/strict";
import { BIGINT, DuckDBTimestampTZValue } from "@duckdb/node-api";
import { behindSubqueries, inlined, mentionedOnly, separated, typesOf } from "../../../local/store/parameters";

describe("Parameters of a statement for the engine", () => {
  it("all mentioned: each keeps its value", () => {
    assert.deepEqual(mentionedOnly("SELECT $2, $1"), { sql: "SELECT $1, $2", indexes: [1, 0] });
  });

  it("one that is not mentioned is left out and the others move up", () => {
    assert.deepEqual(mentionedOnly("SELECT $1::VARCHAR || $3::JSON || $3::VARCHAR"), {
      sql: "SELECT $1::VARCHAR || $2::JSON || $2::VARCHAR",
      indexes: [0, 2],
    });
  });

  it("two digits are one number", () => {
    assert.deepEqual(mentionedOnly("SELECT $11::VARCHAR"), { sql: "SELECT $1::VARCHAR", indexes: [10] });
  });

  it("each mention becomes a parameter of its own", () => {
    assert.deepEqual(separated("SELECT $2, $1, $2"), { sql: "SELECT $1, $2, $3", indexes: [1, 0, 1] });
  });

  it("what looks like a parameter inside a text or a name is none", () => {
    const sql = `SELECT '$1::VARCHAR', 'it''s $2', "$1", $1::VARCHAR`;
    assert.deepEqual(separated(sql), { sql, indexes: [0] });
    assert.deepEqual(inlined(sql, ["a"]), {
      sql: `SELECT '$1::VARCHAR', 'it''s $2', "$1", 'a'::VARCHAR`,
      indexes: [],
    });
  });

  it("short values become constants, long ones stay parameters", () => {
    const long = "x".repeat(5000);
    const instant = new DuckDBTimestampTZValue(7n);
    assert.deepEqual(inlined("SELECT $1::VARCHAR, $2::BIGINT, $3::TIMESTAMPTZ, $4", ["it's", -5n, instant, long]), {
      sql: "SELECT 'it''s'::VARCHAR, (-5)::BIGINT, make_timestamptz(7)::TIMESTAMPTZ, $1",
      indexes: [3],
    });
  });

  it("each mention becomes a subquery of its own, but not within a lambda", () => {
    assert.deepEqual(
      behindSubqueries("SELECT f([$2::VARCHAR], lambda x: [g(x, '$9', $1::VARCHAR)])[$3::BIGINT] || $2::VARCHAR"),
      {
        sql: "SELECT f([(SELECT $1::VARCHAR)], lambda x: [g(x, '$9', $2::VARCHAR)])[(SELECT $3::BIGINT)] || (SELECT $4::VARCHAR)",
        indexes: [1, 0, 2, 1],
      },
    );
  });

  it("a parameter whose type only its surroundings give becomes none", () => {
    assert.equal(behindSubqueries("SELECT $1::VARCHAR, a + $2 FROM data.t"), undefined);
  });

  it("a whole number is BIGINT as long as it fits", () => {
    assert.deepEqual(typesOf([5n, "a", 2n ** 70n]), [BIGINT, undefined, undefined]);
  });
});
