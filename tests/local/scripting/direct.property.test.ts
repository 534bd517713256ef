import assert from "node:assert/strict";
import fc from "fast-check";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

/** Expressions of the kinds that Snowflake Scripting computes without the engine, and some that it does not. */
const { condition, numeric, text, json } = fc.letrec<{ condition: string; numeric: string; text: string; json: string }>((tie) => {
  const depth = { depthSize: "small", withCrossShrink: true } as const;
  const pair = (kind: "condition" | "numeric" | "text" | "json") => fc.tuple(tie(kind), tie(kind)) as fc.Arbitrary<[string, string]>;
  return {
    condition: fc.oneof(
      depth,
      fc.constantFrom("TRUE", "FALSE", "flag", "NOT flag", "missing_flag"),
      fc.tuple(pair("numeric"), fc.constantFrom("=", "<>", "<", "<=", ">", ">=")).map(([[a, b], o]) => `(${a} ${o} ${b})`),
      fc.tuple(pair("text"), fc.constantFrom("=", "<", ">=")).map(([[a, b], o]) => `(${a} ${o} ${b})`),
      fc.tuple(pair("condition"), fc.constantFrom("AND", "OR")).map(([[a, b], o]) => `(${a} ${o} ${b})`),
      tie("condition").map((a) => `(NOT ${a})`),
      fc.tuple(tie("numeric"), fc.constantFrom("IS NULL", "IS NOT NULL")).map(([a, o]) => `(${a} ${o})`),
      fc.tuple(tie("text"), fc.constantFrom("IN ('a', 'Z', 'ä')", "NOT IN ('', name)")).map(([a, o]) => `(${a} ${o})`),
      fc.tuple(tie("numeric"), fc.constantFrom("IN (1, 2.5, n)", "NOT IN (0, missing)")).map(([a, o]) => `(${a} ${o})`),
      fc.tuple(tie("json"), fc.constantFrom("IS_ARRAY", "IS_OBJECT")).map(([a, f]) => `COALESCE(${f}(${a}), FALSE)`),
    ),
    numeric: fc.oneof(
      depth,
      fc.constantFrom("0", "1", "-7", "2.50", "0.125", "100000", "n", "d", "missing", "1.005::NUMBER(6,2)", "-2.5::INTEGER", "d::NUMBER(8,1)"),
      fc.tuple(pair("numeric"), fc.constantFrom("+", "-", "*")).map(([[a, b], o]) => `(${a} ${o} ${b})`),
      fc.tuple(tie("condition"), pair("numeric")).map(([c, [a, b]]) => `IFF(${c}, ${a}, ${b})`),
      pair("numeric").map(([a, b]) => `COALESCE(${a}, ${b})`),
      fc.tuple(tie("condition"), pair("numeric")).map(([c, [a, b]]) => `CASE WHEN ${c} THEN ${a} WHEN NOT ${c} THEN ${b} END`),
    ),
    text: fc.oneof(
      depth,
      fc.constantFrom("''", "'a'", "'Zoë'", "'it''s'", "'😀'", "name", "missing_name", "'abc'::VARCHAR(5)"),
      fc.tuple(tie("text"), fc.constantFrom("UPPER", "LOWER")).map(([a, f]) => `${f}(${a})`),
      pair("text").map(([a, b]) => `NVL(${a}, ${b})`),
      fc.tuple(tie("condition"), pair("text")).map(([c, [a, b]]) => `IFF(${c}, ${a}, ${b})`),
    ),
    json: fc.oneof(
      depth,
      fc.constantFrom("PARSE_JSON('[1, 2.50]')", `PARSE_JSON('{"b": 1e3, "a": null}')`, "PARSE_JSON('null')", "doc", "missing_doc"),
      fc.tuple(tie("numeric"), tie("text"), tie("condition")).map(([a, b, c]) => `OBJECT_CONSTRUCT('n', ${a}, 't', ${b}, 'c', ${c})`),
      pair("json").map(([a, b]) => `OBJECT_CONSTRUCT('x', ${a}, 'A', ${b})`),
      tie("numeric").map((a) => `TO_VARIANT(${a})`),
    ),
  };
}); // biome-ignore format: one rule a line

const VARIABLES = `
  n INTEGER DEFAULT 3; d NUMBER(10,3) DEFAULT -1.250; missing INTEGER; flag BOOLEAN DEFAULT TRUE; missing_flag BOOLEAN;
  name VARCHAR DEFAULT 'Zoë'; missing_name VARCHAR; doc VARIANT DEFAULT PARSE_JSON('{"k": [true]}'); missing_doc VARIANT;`;
const PER_BLOCK = 25;

describe("Expressions of Snowflake Scripting", () => {
  let server: LocalServer;
  let connection: Connection;
  before(async () => {
    server = await startServer();
    connection = await connect(server, { role: "ACCOUNTADMIN" });
  });
  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  it("have the same value and type, computed directly or in a query", async () => {
    const expression = fc.oneof(condition, numeric, text, json);
    await fc.assert(
      fc.asyncProperty(fc.array(expression, { minLength: PER_BLOCK, maxLength: PER_BLOCK }), async (expressions) => {
        // In a query, a variable needs its colon.
        const inQuery = (sql: string) => sql.replace(/'(?:[^']|'')*'|\b(n|d|flag|name|doc|missing(_\w+)?)\b/g, (word, own) => (own ? `:${word}` : word));
        const lets = expressions.map((sql, i) => `LET a${i} VARIANT := ${sql}; LET b${i} VARIANT := (SELECT TO_VARIANT(${inQuery(sql)}));`).join("\n");
        const pairs = expressions.map((_, i) => `'a${i}', a${i}, 'b${i}', b${i}`).join(", ");
        const types = expressions.map((_, i) => `IFNULL(TYPEOF(a${i}), '') || '/' || IFNULL(TYPEOF(b${i}), '')`).join(", ");
        const [row] = await query(connection, `EXECUTE IMMEDIATE $$DECLARE ${VARIABLES} BEGIN ${lets} RETURN OBJECT_CONSTRUCT_KEEP_NULL(${pairs}, 'types', ARRAY_CONSTRUCT(${types})); END$$`);
        const answer = Object.values(row ?? {})[0] as Record<string, unknown>;
        const found = typeof answer === "string" ? (JSON.parse(answer) as Record<string, unknown>) : answer;
        for (const [i, sql] of expressions.entries()) {
          assert.deepEqual(found[`a${i}`], found[`b${i}`], sql);
          const [direct, engine] = String((found.types as string[])[i]).split("/");
          assert.equal(direct, engine, sql);
        }
      }),
      { numRuns: 12 },
    );
  }); // biome-ignore format: one step a line
});
