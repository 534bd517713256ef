import assert from "node:assert/strict";
import { DuckDBTimestampTZValue } from "@duckdb/node-api";
import type { Connection } from "snowflake-sdk";
import { parseQuery } from "../../../dialect/index";
import type { ExecutionContext } from "../../../local/execution/context";
import type { Value } from "../../../local/execution/value";
import type { LocalServer } from "../../../local/index";
import type { Shared } from "../../../local/translate/binder";
import type { TranslatedQuery } from "../../../local/translate/contract";
import { plainValueBound } from "../../../local/translate/expressions/values";
import { remembered } from "../../../local/translate/memo";
import { number, varchar } from "../../../local/types/dataType";
import { connect, disconnect, query, startServer } from "../support";

const CATALOGUE = {};
const text = (value: string | null): Value => ({ type: varchar(), value });

interface Given {
  catalogue?: object;
  rights?: object;
  namespace?: object;
  parameters?: Record<string, string>;
  session?: object;
  variables?: Record<string, Value>;
  binds?: Value[];
  now?: bigint;
}

const contextOf = (given: Given) =>
  ({
    catalogue: given.catalogue ?? CATALOGUE,
    rights: given.rights ?? { userId: 1, roleId: 2, secondaryRoles: "NONE", frame: "session" },
    namespace: given.namespace ?? { databaseId: 3, schemaId: 4 },
    text: "SELECT …",
    session: { id: "5", transaction: null, ...given.session, parameters: new Map(Object.entries(given.parameters ?? {})) },
    variables: { get: (name: string) => given.variables?.[name] },
    binds: { values: given.binds ?? [] },
    now: given.now ?? 0n,
    services: {},
  }) as unknown as ExecutionContext; // biome-ignore format: one property a line

type Read = (context: ExecutionContext, shared: Shared) => string;

/** Translates the same tree in several contexts. @returns what came of it, and how often it was translated */
function translations(read: Read, contexts: readonly Given[]): { sql: string[]; params: unknown[][]; times: number } {
  const tree = parseQuery("SELECT 1");
  let times = 0;
  const queries = contexts.map((given) =>
    remembered(contextOf(given), tree, (context, shared) => {
      times++;
      const { catalogue } = context;
      const sql = `${catalogue === CATALOGUE ? "" : "other "}${read(context, shared)}`;
      const { params, prerequisites } = shared;
      return { sql, params, prerequisites, columns: [], relations: new Set() } as unknown as TranslatedQuery;
    }),
  );
  return { sql: queries.map(({ sql }) => sql), params: queries.map(({ params }) => params), times };
}

/** As the rule for `:name` does it. */
const variable = (name: string) => (context: ExecutionContext, shared: Shared) => {
  const value = context.variables?.get(name) as Value;
  return shared.recorder ? shared.recorder.value(value, plainValueBound) : plainValueBound({ shared }, value);
};

describe("A translation that is remembered", () => {
  it("is made once more to be recorded, and then no longer", () => {
    const { sql, times } = translations(() => "same", [{}, {}, {}, {}]);
    assert.deepEqual([sql, times], [["same", "same", "same", "same"], 3]);
  });

  const READS: Record<string, { read: Read; other: Given }> = {
    "another catalogue": { read: () => "x", other: { catalogue: {} } },
    "another role": {
      read: ({ rights }) => String(rights.roleId),
      other: { rights: { userId: 1, roleId: 9, secondaryRoles: "NONE", frame: "session" } },
    },
    "another schema": {
      read: ({ namespace }) => String(namespace.schemaId),
      other: { namespace: { databaseId: 3, schemaId: 9 } },
    },
    "another parameter of the session": {
      read: ({ session }) => String(session.parameters.get("TIMEZONE")),
      other: { parameters: { TIMEZONE: "UTC" } },
    },
    "another session": { read: ({ session }) => session.id, other: { session: { id: "9" } } },
    "another number of binds": { read: ({ binds }) => String(binds.values.length), other: { binds: [text("a")] } },
  };

  for (const [what, { read, other }] of Object.entries(READS))
    it(`does not serve ${what}`, () => {
      const { sql } = translations(read, [{}, {}, {}, other, {}, other]);
      assert.equal(sql[2], sql[0]);
      assert.notEqual(sql[3], sql[0]);
      assert.deepEqual([sql[4], sql[5]], [sql[0], sql[3]]);
    });

  it("takes the texts of variables and the time as they are now", () => {
    const read: Read = (context, shared) =>
      `${variable("A")(context, shared).sql} ${shared.parameter(new DuckDBTimestampTZValue(context.now))} ${variable("B")(context, shared).sql}`;
    const contexts = [1n, 2n, 3n, 4n].map((now) => ({ now, variables: { A: text(`a${now}`), B: text(`b${now}`) } }));
    const { sql, params, times } = translations(read, contexts);
    assert.deepEqual([sql[3], times], ["$1::VARCHAR $2 $3::VARCHAR", 3]);
    assert.deepEqual(params[3], ["a4", new DuckDBTimestampTZValue(4n), "b4"]);
  });

  it("does not serve variables of which one is NULL, of another type, or no longer equal to another", () => {
    const read: Read = (context, shared) =>
      `${variable("A")(context, shared).sql} ${variable("B")(context, shared).sql}`;
    const both = (a: Value, b: Value): Given => ({ variables: { A: a, B: b } });
    const same = both(text("s"), text("s"));
    const { sql, params } = translations(read, [
      same,
      same,
      both(text("t"), text("t")),
      both(text("t"), text("u")),
      both(text(null), text("u")),
      both({ type: number(5, 0), value: 7 }, text("u")),
    ]);
    assert.deepEqual(sql, [
      "$1::VARCHAR $1::VARCHAR",
      "$1::VARCHAR $1::VARCHAR",
      "$1::VARCHAR $1::VARCHAR",
      "$1::VARCHAR $2::VARCHAR",
      "NULL::VARCHAR $1::VARCHAR",
      "CAST(concat($1::VARCHAR) AS DECIMAL(5,0)) $2::VARCHAR",
    ]);
    assert.deepEqual(params, [["s"], ["s"], ["t"], ["t", "u"], ["u"], ["7", "u"]]);
  });

  it("serves no other value where the translation looked at it", () => {
    const read: Read = (context, shared) => `constant ${variable("A")(context, shared).literal?.text}`;
    const contexts = ["x", "x", "x", "y", "x"].map((value) => ({ variables: { A: text(value) } }));
    const { sql, times } = translations(read, contexts);
    assert.deepEqual(sql, ["constant x", "constant x", "constant x", "constant y", "constant x"]);
    assert.equal(times, 5);
  });

  const UNKNOWN: Record<string, Read> = {
    "something of the session": ({ session }) => String(session.transaction),
    "the server": ({ services }) => String(services),
    "the time, for something else": ({ now }) => String(now),
    "the value of a variable itself": ({ variables }) => String(variables?.get("A")?.value),
    "a variable that is not there": ({ variables }) => String(variables?.get("B")),
    "the value of a bind itself": ({ binds }) => String(binds.values[0]?.value),
  };

  for (const [what, read] of Object.entries(UNKNOWN))
    it(`is none when it reads ${what}`, () => {
      const given: Given = { variables: { A: text("a") }, binds: [text("b")], now: 7n };
      const reads: Read = (context, shared) => {
        try {
          return read(context, shared);
        } catch {
          return "swallowed";
        }
      };
      const { sql, times } = translations(reads, [given, given, given, given]);
      assert.deepEqual(sql, Array(4).fill(read(contextOf(given), {} as Shared)));
      assert.equal(times, 5);
    });
});

describe("A statement that comes again", () => {
  let server: LocalServer;
  let connection: Connection;
  const rows = (sqlText: string, binds?: (string | number)[]) => query(connection, sqlText, binds);

  /** The same statement before and after each change, often enough to be remembered. */
  async function answers(sqlText: string, changes: readonly string[], binds?: (string | number)[]): Promise<unknown[]> {
    const seen: unknown[] = [];
    for (const change of ["SELECT 0", ...changes]) {
      await rows(change);
      const answer = async () =>
        JSON.stringify(await rows(sqlText, binds).catch((error: Error) => error.message.split("\n").at(-1)));
      const first = await answer();
      for (let time = 0; time < 4; time++) assert.equal(await answer(), first, change);
      seen.push(JSON.parse(first));
    }
    return seen;
  }

  before(async () => {
    server = await startServer();
    connection = await connect(server);
    for (const sqlText of [
      "CREATE DATABASE D",
      "CREATE SCHEMA D.S",
      "CREATE SCHEMA D.R",
      "CREATE TABLE D.S.T (A INT, J VARIANT)",
      'INSERT INTO D.S.T SELECT 1, PARSE_JSON(\'{"at": "2026-01-01 00:00:00 +0000"}\')',
      "CREATE TABLE D.R.T AS SELECT 2 AS A",
      "CREATE ROLE READER",
      "GRANT ROLE READER TO USER ADMIN",
      "GRANT USAGE ON DATABASE D TO ROLE READER",
      "GRANT USAGE ON ALL SCHEMAS IN DATABASE D TO ROLE READER",
      "GRANT SELECT ON TABLE D.S.T TO ROLE READER",
      "GRANT USAGE ON WAREHOUSE COMPUTE_WH TO ROLE READER",
      "USE SCHEMA D.S",
    ])
      await rows(sqlText);
  });

  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  it("follows the schema in use", async () => {
    assert.deepEqual(await answers("SELECT A FROM T", ["USE SCHEMA D.R", "USE SCHEMA D.S"]), [
      [{ A: 1 }],
      [{ A: 2 }],
      [{ A: 1 }],
    ]);
  });

  it("follows the columns of its table and the text of its view", async () => {
    await rows("CREATE VIEW V AS SELECT A FROM T");
    const changes = [
      "CREATE OR REPLACE VIEW V AS SELECT A + 1 AS A FROM T",
      "ALTER TABLE T ADD COLUMN B INT DEFAULT 8",
    ];
    assert.deepEqual(await answers("SELECT V.A + 10 AS V, T.* EXCLUDE (J) FROM V, T", changes), [
      [{ V: 11, A: 1 }],
      [{ V: 12, A: 1 }],
      [{ V: 12, A: 1, B: 8 }],
    ]);
    await rows("ALTER TABLE T DROP COLUMN B");
  });

  it("follows the role and what it may do", async () => {
    const sqlText = "SELECT CURRENT_ROLE() AS R, A FROM D.S.T";
    await rows("USE SECONDARY ROLES NONE");
    assert.deepEqual(await answers(sqlText, ["USE ROLE READER"]), [
      [{ R: "ACCOUNTADMIN", A: 1 }],
      [{ R: "READER", A: 1 }],
    ]);
    const administrator = await connect(server);
    await query(administrator, "REVOKE SELECT ON TABLE D.S.T FROM ROLE READER");
    await disconnect(administrator);
    await assert.rejects(rows(sqlText), /Object 'D.S.T' does not exist or not authorized/);
    await rows("USE ROLE ACCOUNTADMIN");
  });

  it("follows the time zone and the formats of the session", async () => {
    const sqlText = "SELECT J:at::TIMESTAMP_LTZ::VARCHAR AS X FROM T";
    assert.deepEqual(
      await answers(sqlText, [
        "ALTER SESSION SET TIMEZONE = 'UTC', TIMESTAMP_OUTPUT_FORMAT = 'YYYY-MM-DD HH24:MI'",
        "ALTER SESSION SET TIMEZONE = 'Asia/Tokyo'",
        "ALTER SESSION UNSET TIMEZONE, TIMESTAMP_OUTPUT_FORMAT",
      ]),
      [
        [{ X: "2025-12-31 16:00:00.000 -0800" }],
        [{ X: "2026-01-01 00:00" }],
        [{ X: "2026-01-01 09:00" }],
        [{ X: "2025-12-31 16:00:00.000 -0800" }],
      ],
    );
  });

  it("follows a variable of the session", async () => {
    assert.deepEqual(await answers("SELECT A + $N AS X FROM T", ["SET N = 1", "SET N = 2.5"]), [
      "Session variable '$N' does not exist",
      [{ X: 2 }],
      [{ X: 3.5 }],
    ]);
  });

  it("takes its binds anew, also NULL and of another type", async () => {
    const sqlText = "SELECT A || ? AS X, ? AS Y FROM T";
    for (const [x, y] of [["a", 1], ["b", 2], ["b", 2], ["a", 1], ["c", "d"], ["e", 3]] as const) // biome-ignore format: pairs
      assert.deepEqual(await rows(sqlText, [x, y]), [{ X: `1${x}`, Y: y }]);
  });

  it("tells the time of each run, and other numbers each time", async () => {
    for (const sqlText of [
      "SELECT CURRENT_TIMESTAMP()::VARCHAR AS X, A FROM T",
      "SELECT RANDOM()::VARCHAR AS X FROM T",
    ]) {
      const seen = new Set<unknown>();
      for (let time = 0; time < 5; time++) seen.add((await rows(sqlText))[0]?.X);
      assert.equal(seen.size, 5, sqlText);
    }
  });

  it("sees the temporary table of its own session alone", async () => {
    const other = await connect(server, { database: "D", schema: "S" });
    const sqlText = "SELECT A FROM T WHERE A IS NOT NULL";
    for (let time = 0; time < 3; time++) assert.deepEqual(await rows(sqlText), [{ A: 1 }]);
    await query(other, "CREATE TEMPORARY TABLE T AS SELECT 9 AS A");
    for (let time = 0; time < 3; time++) {
      assert.deepEqual(await query(other, sqlText), [{ A: 9 }]);
      assert.deepEqual(await rows(sqlText), [{ A: 1 }]);
    }
    await disconnect(other);
  });
});
