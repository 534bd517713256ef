import assert from "node:assert/strict";
import fc from "fast-check";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

const text = fc.option(
  fc
    .array(
      fc.oneof(fc.constantFrom('"', "'", ",", "|", "\n", "\r", "\t", "\\", "N", " ", ";"), fc.string({ maxLength: 4 })),
      {
        maxLength: 6,
      },
    )
    .map((parts) => parts.join("").replaceAll("\u0000", ""))
    // NULL_IF holds for enclosed texts too, so its text cannot come back.
    .filter((s) => s !== "\\N"),
);

/** Formats that lose nothing; with `empty` a format tells an empty text from NULL. */
const FORMATS: Record<string, { options: string; empty: boolean }> = {
  enclosed: { options: "FIELD_OPTIONALLY_ENCLOSED_BY = '\"'", empty: true },
  single: { options: "FIELD_OPTIONALLY_ENCLOSED_BY = '0x27' FIELD_DELIMITER = '|' COMPRESSION = DEFLATE", empty: true },
  escaped: { options: "FIELD_DELIMITER = '\\t'", empty: false },
  both: {
    options: "FIELD_OPTIONALLY_ENCLOSED_BY = '\"' ESCAPE = '\\\\' FIELD_DELIMITER = ';' COMPRESSION = NONE",
    empty: true,
  },
  wide: {
    options: "FIELD_OPTIONALLY_ENCLOSED_BY = '\"' FIELD_DELIMITER = '||' RECORD_DELIMITER = '\\r\\n'",
    empty: true,
  },
  brotli: { options: "FIELD_OPTIONALLY_ENCLOSED_BY = '\"' COMPRESSION = BROTLI", empty: true },
};

/** Sixteen digits are printed of a double, which carry the greatest ones beyond what a double can hold. */
const document = fc.jsonValue({ maxDepth: 3 }).filter((value) => !/e\+308/.test(JSON.stringify(value)));

describe("What is unloaded and loaded again is the same", () => {
  let server: LocalServer;
  let connection: Connection;
  let round = 0;
  const run = (sql: string) => query(connection, sql);

  before(async () => {
    server = await startServer();
    connection = await connect(server);
    await run("CREATE DATABASE d");
    await run("CREATE WAREHOUSE w");
    await run("CREATE STAGE st");
    for (const [name, { options }] of Object.entries(FORMATS))
      await run(`CREATE FILE FORMAT ${name} TYPE = CSV ${options}`);
    await run("CREATE TABLE t (i INT, a VARCHAR, b VARCHAR)");
    await run("CREATE TABLE back (i INT, a VARCHAR, b VARCHAR)");
    await run("CREATE TABLE j (i INT, v VARIANT)");
  });
  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  it("CSV in every format, for any texts", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(FORMATS)),
        fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 30 }),
        async (name, pairs) => {
          const format = FORMATS[name] as (typeof FORMATS)[string];
          const path = `@st/csv/${++round}/`;
          const kept = (value: string | null) => (value === "" && !format.empty ? null : value);
          const binds = pairs.flatMap(([a, b], i) => [i, a, b]);
          await query(
            connection,
            `INSERT OVERWRITE INTO t VALUES ${pairs.map(() => "(?, ?, ?)").join(", ")}`,
            binds as never,
          );
          await run(`COPY INTO ${path} FROM t FILE_FORMAT = (FORMAT_NAME = ${name})`);
          await run("TRUNCATE TABLE back");
          const [loaded] = await run(
            `COPY INTO back FROM ${path} FILE_FORMAT = (FORMAT_NAME = ${name} ${name === "brotli" ? "COMPRESSION = BROTLI" : ""})`,
          );
          assert.equal(loaded?.rows_loaded, pairs.length);
          assert.deepEqual(
            (await run("SELECT a, b FROM back ORDER BY i")).map((row) => [row.A, row.B]),
            pairs.map(([a, b]) => [kept(a), kept(b)]),
            name,
          );
        },
      ),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 40), endOnFailure: true },
    );
  });

  it("JSON, for any documents", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(document, { minLength: 1, maxLength: 10 }), async (documents) => {
        const path = `@st/json/${++round}/`;
        const texts = documents.map((document) => JSON.stringify(document).replaceAll("\\u0000", ""));
        await query(
          connection,
          `INSERT OVERWRITE INTO j SELECT column1, PARSE_JSON(column2) FROM VALUES ${texts.map(() => "(?, ?)").join(", ")}`,
          texts.flatMap((t, i) => [i, t]) as never,
        );
        await run(
          `COPY INTO ${path} FROM (SELECT OBJECT_CONSTRUCT('i', i, 'v', v) FROM j) FILE_FORMAT = (TYPE = JSON) MAX_FILE_SIZE = 200`,
        );
        await run("CREATE OR REPLACE TABLE jback (v VARIANT)");
        await run(`COPY INTO jback FROM ${path} FILE_FORMAT = (TYPE = JSON)`);
        const side = (table: string, value: string, i: string) =>
          run(`SELECT TO_JSON(${value}) AS t FROM ${table} ORDER BY ${i}`);
        assert.deepEqual(await side("jback", "v:v", "v:i::INT"), await side("j", "v", "i"));
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 25), endOnFailure: true },
    );
  });
});
