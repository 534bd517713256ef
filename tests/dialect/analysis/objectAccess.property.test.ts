import assert from "node:assert/strict";
import fc from "fast-check";
import { objectAccess, parseStatement } from "../../../dialect/index";

/** A statement around another one that does not change what it uses; `inBlock` needs Snowflake Scripting around itself. */
type Wrap = (inner: string) => string;

const quoted = (sql: string): string => `'${sql.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/** Inside a block. */
const STEPS: Wrap[] = [
  (s) => `BEGIN ${s}; END`,
  (s) => `DECLARE n INT DEFAULT 0; BEGIN ${s}; EXCEPTION WHEN OTHER THEN RAISE; END`,
  (s) => `BEGIN NULL; EXCEPTION WHEN STATEMENT_ERROR THEN ${s}; END`,
  (s) => `IF (TRUE) THEN NULL; ELSEIF (FALSE) THEN ${s}; ELSE NULL; END IF`,
  (s) => `CASE WHEN 1 = 2 THEN NULL; ELSE ${s}; END CASE`,
  (s) => `FOR i IN 1 TO 3 DO ${s}; END FOR`,
  (s) => `WHILE (TRUE) DO ${s}; BREAK; END WHILE`,
  (s) => `REPEAT ${s}; UNTIL (TRUE) END REPEAT`,
  (s) => `LOOP ${s}; BREAK; END LOOP`,
  (s) => `EXECUTE IMMEDIATE ${quoted(s)}`,
];

/** Whole statements inside which the inner one runs at once. */
const OUTER: Wrap[] = [
  (s) => `BEGIN ${s}; END`,
  (s) => `EXECUTE IMMEDIATE ${quoted(s)}`,
  (s) => `EXECUTE IMMEDIATE $$ BEGIN ${s}; END $$`,
  (s) =>
    `WITH p AS PROCEDURE () RETURNS INT LANGUAGE SQL AS 'BEGIN ${s.replaceAll("\\", "\\\\").replaceAll("'", "''")}; END' CALL p()`,
  (s) => `DECLARE p PROCEDURE () RETURNS INT LANGUAGE SQL AS BEGIN ${s}; RETURN 1; END; BEGIN CALL p(); END`,
];

const INNERMOST: [sql: string, uses: string[]][] = [
  ["INSERT INTO w1 SELECT a FROM r1", ["INSERT W1", "READ R1"]],
  ["DELETE FROM w1 USING r1 WHERE w1.a = r1.a", ["DELETE W1", "READ R1"]],
  ["UPDATE w1 SET a = (SELECT MAX(a) FROM r1)", ["UPDATE W1", "READ R1"]],
  ["MERGE INTO w1 USING r1 ON w1.a = r1.a WHEN MATCHED THEN DELETE", ["MERGE W1", "READ R1"]],
  ["LET r RESULTSET := (SELECT * FROM r1)", ["READ R1"]],
  ["LET r RESULTSET := ASYNC (INSERT INTO w1 SELECT * FROM r1)", ["INSERT W1", "READ R1"]],
  ["LET c CURSOR FOR SELECT a FROM r1", ["READ R1"]],
  ["ASYNC (TRUNCATE TABLE w1)", ["TRUNCATE W1"]],
  ["LET x INT := (SELECT COUNT(*) FROM r1 WHERE EXISTS (SELECT 1 FROM r2))", ["READ R1", "READ R2"]],
  ["SELECT a INTO :x FROM r1", ["READ R1"]],
  ["FOR item IN (SELECT a FROM r1) DO INSERT INTO w1 VALUES (item.a); END FOR", ["READ R1", "INSERT W1"]],
  ["RETURN TABLE(SELECT * FROM r1)", ["READ R1"]],
  ["CALL p1((SELECT 1 FROM r1))", ["CALL P1", "READ R1"]],
  ["DROP TABLE w1", ["DROP W1"]],
  ["EXECUTE TASK k1", ["EXECUTE K1"]],
];

describe("objects in nested statements", () => {
  it("are found however deep they stand", () => {
    const nesting = fc.tuple(
      fc.constantFrom(...INNERMOST),
      fc.array(fc.constantFrom(...STEPS), { maxLength: 5 }),
      fc.constantFrom(...OUTER),
    );
    fc.assert(
      fc.property(nesting, ([[sql, uses], steps, outer]) => {
        // `EXECUTE IMMEDIATE` of a step that is no statement of its own needs a block around it.
        const body = steps.reduce((text, step) => step(`BEGIN ${text}; END`), sql);
        const { uses: found, opaque } = objectAccess(parseStatement(outer(`BEGIN ${body}; END`)));
        assert.deepEqual(opaque, []);
        const shown = found.map(({ action, name }) => `${action} ${name?.join(".")}`);
        assert.deepEqual(
          shown.filter((use) => use !== "CALL P"),
          uses,
        );
      }),
      { numRuns: 400 },
    );
  });
});
