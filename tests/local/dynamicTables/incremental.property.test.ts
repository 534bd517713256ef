import assert from "node:assert/strict";
import fc from "fast-check";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, query, startServer } from "../support";

/** Shapes that refresh from changes; `a(k, g, v, t)` and `b(k, w)` change at random. */
const SHAPES: Record<string, string> = {
  filter: "SELECT k, v + 1 AS v1 FROM a WHERE v > 3 OR g = 'x'",
  join: "SELECT a.k, a.v, b.w FROM a JOIN b ON a.k = b.k WHERE a.v <> 2",
  self_join: "SELECT l.k, l.v, r.v AS rv FROM a AS l JOIN a AS r ON l.k = r.k AND l.v < r.v",
  union: "SELECT k, v FROM a UNION ALL SELECT k, w FROM b UNION ALL SELECT 0, 0",
  union_join: "SELECT u.k, b.w FROM (SELECT k FROM a UNION ALL SELECT k FROM b WHERE w > 2) AS u JOIN b ON u.k = b.k",
  counts: "SELECT g, COUNT(*) AS n, COUNT(v) AS m, SUM(v) AS s, AVG(v) AS mean FROM a GROUP BY g",
  extremes: "SELECT k, MIN(v) AS lo, MAX(v) AS hi, MIN_BY(t, v * 1000 + id) AS first, COUNT(*) AS n FROM a GROUP BY k",
  having: "SELECT g, k, SUM(v) AS s FROM a GROUP BY g, k HAVING COUNT(*) > 1",
  expressions: "SELECT UPPER(g) || '!' AS u, SUM(v) * 2 + COUNT(*) AS x FROM a WHERE v > 0 OR k < 3 GROUP BY UPPER(g)",
  distinct_count: "SELECT g, COUNT(DISTINCT k) AS n, SUM(DISTINCT v) AS s FROM a GROUP BY g",
  total: "SELECT COUNT(*) AS n, SUM(v) AS s, MAX(k) AS hi FROM a WHERE g <> 'z'",
  grouped_join: "SELECT b.w, COUNT(*) AS n, SUM(a.v) AS s FROM a JOIN b ON a.k = b.k GROUP BY b.w",
  distinct: "SELECT DISTINCT g, k FROM a",
  union_distinct: "SELECT k FROM a UNION SELECT w FROM b",
  chain:
    "WITH x AS (SELECT *, v * 2 AS d FROM a), y AS (SELECT k, SUM(d) AS s FROM x GROUP BY k) SELECT y.k, y.s, b.w FROM y JOIN b ON y.k = b.k WHERE y.s > 4",
  twice:
    "WITH y AS (SELECT k, SUM(v) AS s FROM a GROUP BY k) SELECT p.k, q.k AS other FROM y AS p JOIN y AS q ON p.s = q.s AND p.k < q.k",
  nested_groups: "SELECT s, COUNT(*) AS n FROM (SELECT k, SUM(v) AS s FROM a GROUP BY k) GROUP BY s",
  latest: "SELECT k, v, g FROM a QUALIFY ROW_NUMBER() OVER (PARTITION BY k ORDER BY v DESC, id) = 1",
  running: "SELECT k, id, SUM(v) OVER (PARTITION BY k ORDER BY id) AS r, COUNT(*) OVER (PARTITION BY k) AS n FROM a",
  left_join: "SELECT a.k, a.v, b.w FROM a LEFT JOIN b ON a.k = b.k",
  right_join: "SELECT a.v, b.k, b.w FROM a RIGHT JOIN b ON a.k = b.k",
  full_join: "SELECT a.k, b.k AS bk, a.v, b.w FROM a FULL OUTER JOIN b ON a.k = b.k AND a.v = b.w",
  outer_self_join: "SELECT l.id, r.id AS other FROM a AS l LEFT JOIN a AS r ON l.v = r.k",
  unmatched: "SELECT a.id, a.k FROM a LEFT JOIN b ON a.k = b.k WHERE b.k IS NULL",
  left_join_of_groups:
    "SELECT a.id, s.n FROM a LEFT JOIN (SELECT k, COUNT(*) AS n FROM b GROUP BY k) AS s ON a.k = s.k",
  except_by_sides:
    "SELECT k FROM (SELECT k, 1 AS side FROM a UNION ALL SELECT w, 2 FROM b) GROUP BY k HAVING MAX(side) = 1",
  intersect_by_sides:
    "SELECT k FROM (SELECT k, 1 AS side FROM a UNION ALL SELECT w, 2 FROM b) GROUP BY k HAVING MIN(side) <> MAX(side)",
  flattened: "SELECT a.id, f.value::VARCHAR AS part FROM a, LATERAL FLATTEN(INPUT => SPLIT(a.t, ':')) f",
  flattened_counts:
    "SELECT f.value::VARCHAR AS part, COUNT(*) AS n FROM a, LATERAL FLATTEN(INPUT => SPLIT(a.t, '-')) f GROUP BY 1",
  pivoted: "SELECT * FROM (SELECT k, g, v FROM a) PIVOT (SUM(v) FOR g IN ('x', 'y', 'z'))",
  listed:
    "SELECT k, LISTAGG(g, ',') WITHIN GROUP (ORDER BY id) AS gs, ARRAY_AGG(v) WITHIN GROUP (ORDER BY id) AS vs FROM a GROUP BY k",
  neighbours:
    "SELECT id, LAG(v) OVER (PARTITION BY g ORDER BY id) AS before, LEAD(v) OVER (PARTITION BY g ORDER BY id) AS after FROM a",
  whole_window: "SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS n, SUM(v) OVER () AS s FROM a",
  ranks:
    "SELECT id, RANK() OVER (PARTITION BY g ORDER BY v) AS r, DENSE_RANK() OVER (PARTITION BY g ORDER BY v) AS d FROM a",
  sliding: "SELECT id, SUM(v) OVER (PARTITION BY k ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS s FROM a",
  constants: "SELECT a.id, c.label FROM a JOIN (VALUES (1, 'one'), (2, 'two')) AS c (k, label) ON a.k = c.k",
  cross: "SELECT a.id, b.w FROM a CROSS JOIN b WHERE a.v > b.w",
  conditional:
    "SELECT k, COUNT_IF(v > 2) AS n, BOOLOR_AGG(g = 'x') AS any_x, MAX_BY(g, id) AS latest FROM a GROUP BY k",
  named_group: "SELECT IFF(v > 2, 'high', 'low') AS level, COUNT(*) AS n FROM a GROUP BY level HAVING n > 0",
  groups_windowed: "SELECT k, s, RANK() OVER (ORDER BY s, k) AS r FROM (SELECT k, SUM(v) AS s FROM a GROUP BY k)",
  // Which of several offsets of one instant stands for its group is open: the instant itself is compared.
  zoned:
    "SELECT CONVERT_TIMEZONE('UTC', z) AS utc, n FROM (SELECT TO_TIMESTAMP_TZ(t || ' +0' || MOD(k, 3) || ':00') AS z, COUNT(*) AS n FROM a GROUP BY z)",
};

type Change =
  | { kind: "insert"; rows: [number, string | null, number | null][] }
  | { kind: "insertB"; rows: [number, number][] }
  | { kind: "update"; k: number; by: number }
  | { kind: "move"; v: number; to: number }
  | { kind: "delete"; k: number }
  | { kind: "deleteB"; w: number }
  | { kind: "overwrite" };

const small = fc.integer({ min: 0, max: 5 });
const group = fc.constantFrom("x", "y", "z", "X", null);
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("insert" as const), rows: fc.array(fc.tuple(small, group, fc.option(small)), { minLength: 1, maxLength: 6 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("insertB" as const), rows: fc.array(fc.tuple(small, small), { minLength: 1, maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("update" as const), k: small, by: small }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("move" as const), v: small, to: small }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), k: small }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("deleteB" as const), w: small }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("overwrite" as const) }) },
); // biome-ignore format: one line per kind

describe("incremental refresh gives what the query gives", () => {
  let server: LocalServer;
  let connection: snowflake.Connection;
  let id = 0;

  before(async () => {
    server = await startServer();
    connection = await connect(server);
    for (const sql of [
      "CREATE DATABASE P",
      "CREATE TABLE a (id INT, k INT, g VARCHAR, v INT, t VARCHAR)",
      "CREATE TABLE b (k INT, w INT)",
    ])
      await query(connection, sql);
    for (const [name, text] of Object.entries(SHAPES))
      await query(
        connection,
        `CREATE DYNAMIC TABLE d_${name} TARGET_LAG = '1 day' WAREHOUSE = COMPUTE_WH REFRESH_MODE = INCREMENTAL AS ${text}`,
      );
  });

  after(() => server.close());

  const text = (value: string | number | null) => (value === null ? "NULL" : `'${value}'`);

  const statement = (c: Change): string => {
    switch (c.kind) {
      case "insert":
        return `INSERT INTO a VALUES ${c.rows.map(([k, g, v]) => `(${++id}, ${k}, ${text(g)}, ${v ?? "NULL"}, '2026-01-0${k + 1} 0${v ?? 7}:00:00')`).join(", ")}`;
      case "insertB":
        return `INSERT INTO b VALUES ${c.rows.map(([k, w]) => `(${k}, ${w})`).join(", ")}`;
      case "update":
        return `UPDATE a SET v = v + ${c.by} WHERE k = ${c.k}`;
      case "move":
        return `UPDATE a SET k = ${c.to} WHERE v = ${c.v}`;
      case "delete":
        return `DELETE FROM a WHERE k = ${c.k}`;
      case "deleteB":
        return `DELETE FROM b WHERE w = ${c.w}`;
      case "overwrite":
        return "INSERT OVERWRITE INTO a SELECT * FROM a WHERE k <> 1";
    }
  };

  const rowsOf = async (sql: string) => (await query(connection, sql)).map((row) => JSON.stringify(row)).sort();

  it("for each supported shape, over random inserts, updates and deletes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
        async (rounds) => {
          for (const round of rounds) {
            for (const c of round) await query(connection, statement(c));
            for (const [name, text] of Object.entries(SHAPES)) {
              await query(connection, `ALTER DYNAMIC TABLE d_${name} REFRESH`);
              assert.deepEqual(await rowsOf(`SELECT * FROM d_${name}`), await rowsOf(text), `${name}: ${text}`);
            }
          }
        },
      ),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 12), endOnFailure: true },
    );
  });
});
