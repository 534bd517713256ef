import assert from "node:assert/strict";
import { parseStatements } from "../../../dialect/index";

/** Statement and place, from 0, of the SELECT whose INTO stands where none may. */
const REFUSED: [sql: string, position: number][] = [
  ["(SELECT 1 INTO t)", 1],
  ["SELECT 1 INTO t UNION SELECT 2", 0],
  ["SELECT 1 UNION SELECT 2 INTO t", 15],
  ["SELECT * FROM (SELECT 1 INTO t)", 15],
  ["WITH c AS (SELECT 1 INTO t) SELECT * FROM c", 11],
  ["SELECT TOP 1 1 INTO t", 0],
  ["CREATE TABLE u AS SELECT 1 INTO t", 18],
  ["CREATE VIEW v AS SELECT 1 INTO t", 17],
  ["INSERT INTO t SELECT 1 INTO u", 14],
  ["UPDATE t SET a = (SELECT 1 INTO u)", 18],
  ["DECLARE x INT; BEGIN LET r RESULTSET := (SELECT 1 INTO :x); RETURN x; END", 41],
  ["DECLARE x INT; BEGIN LET c CURSOR FOR SELECT 1 INTO :x; RETURN x; END", 38],
  ["DECLARE x INT; BEGIN SELECT 1 INTO :x UNION SELECT 2; END", 21],
  ["DECLARE x INT; BEGIN x := (SELECT 1 INTO :x); RETURN x; END", 27],
  ["DECLARE x INT; BEGIN FOR r IN (SELECT 1 INTO :x) DO RETURN 1; END FOR; END", 31],
];

describe("INTO", () => {
  for (const [sql, position] of REFUSED)
    it(`is refused in ${sql}`, () => {
      const [error] = parseStatements(sql).errors;
      assert.equal(
        error?.message,
        `SQL compilation error: error line 1 at position ${position} INTO clause is not allowed in this context`,
      );
      assert.equal(error?.column, position + 1);
    });

  for (const sql of [
    "DECLARE x INT; BEGIN SELECT TOP 1 a INTO :x FROM t ORDER BY a; RETURN x; END",
    "DECLARE x INT; BEGIN WITH c AS (SELECT 1 a) SELECT a INTO :x FROM c; RETURN x; END",
    "DECLARE x INT; BEGIN SELECT a INTO x FROM t; RETURN x; END",
    "CREATE TASK t AS SELECT 1 INTO x UNION SELECT 2",
  ])
    it(`is read in ${sql}`, () => assert.deepEqual(parseStatements(sql).errors, []));
});
