import assert from "node:assert/strict";
import fc from "fast-check";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

interface Target {
  k: number | null;
  v: number;
}
interface Source {
  k: number | null;
  w: number;
}
type Clause =
  | { matched: true; below: number | undefined; action: "DELETE" | "UPDATE" }
  | { matched: false; below: number | undefined; action: "INSERT" };

const key = fc.option(fc.integer({ min: 0, max: 4 }));
const small = fc.integer({ min: 0, max: 9 });
const bound = fc.integer({ min: 1, max: 9 });

/** Clauses in any order; one without a condition ends its kind. */
const clauses = fc
  .tuple(
    fc.array(fc.record({ matched: fc.constant(true as const), below: bound, action: fc.constantFrom("DELETE" as const, "UPDATE" as const) }), { maxLength: 2 }),
    fc.option(fc.constantFrom("DELETE" as const, "UPDATE" as const)),
    fc.array(fc.record({ matched: fc.constant(false as const), below: bound, action: fc.constant("INSERT" as const) }), { maxLength: 1 }),
    fc.boolean(),
  )
  .map(([some, last, inserts, insertLast]): Clause[] => [
    ...some,
    ...(last ? [{ matched: true as const, below: undefined, action: last }] : []),
    ...inserts,
    ...(insertLast ? [{ matched: false as const, below: undefined, action: "INSERT" as const }] : []),
  ])
  .filter((list) => list.length > 0); // biome-ignore format: one line per kind

/** MERGE by the letter of the documentation; undefined when it is not deterministic. */
function model(
  target: Target[],
  source: Source[],
  list: Clause[],
): { rows: Target[]; counts: Record<string, number> } | undefined {
  const counts: Record<string, number> = {};
  for (const action of ["INSERT", "UPDATE", "DELETE"]) if (list.some((c) => c.action === action)) counts[action] = 0;
  const count = (action: string) => {
    counts[action] = (counts[action] ?? 0) + 1;
  };
  const first = (s: Source, matched: boolean) =>
    list.find((c) => c.matched === matched && (c.below === undefined || s.w < c.below));
  const rows: Target[] = [];
  for (const t of target) {
    const acts = source
      .filter((s) => s.k !== null && s.k === t.k)
      .flatMap((s) => (first(s, true) ? [{ s, c: first(s, true) }] : []));
    if (acts.length > 1 && acts.some(({ c }) => c?.action === "UPDATE")) return undefined;
    const [act] = acts;
    if (!act) rows.push(t);
    else if (act.c?.action === "UPDATE") {
      rows.push({ k: t.k, v: t.v * 100 + act.s.w });
      count("UPDATE");
    } else count("DELETE");
  }
  for (const s of source) {
    if (s.k !== null && target.some((t) => t.k === s.k)) continue;
    if (!first(s, false)) continue;
    rows.push({ k: s.k, v: -s.w });
    count("INSERT");
  }
  return { rows, counts };
}

const NAMES: Record<string, string> = {
  INSERT: "number of rows inserted",
  UPDATE: "number of rows updated",
  DELETE: "number of rows deleted",
};

describe("MERGE against a model of it", () => {
  let server: LocalServer;
  let connection: Connection;
  const run = (sql: string) => query(connection, sql);

  before(async () => {
    server = await startServer();
    connection = await connect(server);
    await run("CREATE DATABASE d");
    await run("CREATE WAREHOUSE w");
    await run("CREATE TABLE t (k INT, v INT)");
    await run("CREATE TABLE s (k INT, w INT)");
  });
  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  const fill = (table: string, rows: (number | null)[][]) =>
    run(
      rows.length === 0
        ? `TRUNCATE TABLE ${table}`
        : `INSERT OVERWRITE INTO ${table} VALUES ${rows.map((row) => `(${row.map((v) => v ?? "NULL").join(", ")})`).join(", ")}`,
    );

  it("gives the same rows, counts and refusals", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ k: key, v: small }), { maxLength: 6 }),
        fc.array(fc.record({ k: key, w: small }), { maxLength: 6 }),
        clauses,
        async (target, source, list) => {
          await fill(
            "t",
            target.map(({ k, v }) => [k, v]),
          );
          await fill(
            "s",
            source.map(({ k, w }) => [k, w]),
          );
          const text = list.map((c) => {
            const head = `WHEN ${c.matched ? "" : "NOT "}MATCHED${c.below === undefined ? "" : ` AND s.w < ${c.below}`} THEN`;
            if (c.action === "DELETE") return `${head} DELETE`;
            return c.action === "UPDATE"
              ? `${head} UPDATE SET v = t.v * 100 + s.w`
              : `${head} INSERT (v, k) VALUES (-s.w, s.k)`;
          });
          const sql = `MERGE INTO t USING s ON t.k = s.k ${text.join(" ")}`;
          const expected = model(target, source, list);
          if (!expected) return assert.rejects(run(sql), { code: "100090" });
          const [counts] = await run(sql);
          assert.deepEqual(
            counts,
            Object.fromEntries(Object.entries(expected.counts).map(([action, n]) => [NAMES[action], n])),
            sql,
          );
          const sorted = (rows: unknown[][]) => rows.map((row) => JSON.stringify(row)).sort();
          assert.deepEqual(
            sorted((await run("SELECT k, v FROM t")).map((row) => [row.K, row.V])),
            sorted(expected.rows.map(({ k, v }) => [k, v === 0 ? 0 : v])),
            sql,
          );
        },
      ),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 60), endOnFailure: true },
    );
  });
});
