import assert from "node:assert/strict";
import fc from "fast-check";
import type { Connection } from "snowflake-sdk";
import { FUNCTIONS } from "../../../dialect/functions/index";
import { functionEntry } from "../../../local/functions/index";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, execute, startServer } from "../support";

/** Values of every type: constants, columns that may be NULL, and words that only some functions take. */
const VALUES = [
  "NULL", "1", "-3", "2.5", "0.05", "1e3", "1.5::FLOAT", "'abc'", "''", "'12'", "'2024-05-09'", "TRUE", "'2024-05-09'::DATE",
  "'10:11:12'::TIME", "'2024-05-09 10:11:12'::TIMESTAMP_NTZ", "'2024-05-09 10:11:12 +0200'::TIMESTAMP_TZ",
  "'2024-05-09 10:11:12'::TIMESTAMP_LTZ", "x'AB01'", "PARSE_JSON('{\"a\":[1,2]}')", "[1, 'a', NULL]", "{'a': 1}", "n", "s", "tz", "v",
  "(SELECT MAX(n) FROM t)", "99999999999999999999999999999999999999", "'a' COLLATE 'en-ci'", "day", "'i'", "x -> x",
]; // biome-ignore format: one list

/** Functions that change something, wait, or look at other objects have tests of their own. */
const NAMES = [...FUNCTIONS.keys()].filter((name) => functionEntry(name) && !/^SYSTEM\$|STREAM|GET_DDL/.test(name));

const value = fc.constantFrom(...VALUES);

const call = fc.constantFrom(...NAMES).chain((name) => {
  const { arity, kind } = functionEntry(name) as NonNullable<ReturnType<typeof functionEntry>>;
  const most = Math.min(arity[1], arity[0] + 3);
  const over =
    kind === "window" ? fc.constantFrom(" OVER (ORDER BY n)", " OVER (PARTITION BY s ORDER BY n)") : fc.constant("");
  return fc
    .tuple(fc.array(value, { minLength: arity[0], maxLength: most }), over)
    .map(([args, clause]) => `${name}(${args.join(", ")})${clause}`);
});

const operation = fc
  .tuple(value, fc.constantFrom("+", "-", "*", "/", "%", "||", "=", "<", "LIKE", "IS DISTINCT FROM", "AND"), value)
  .map(([a, operator, b]) => `(${a} ${operator} ${b})`);

describe("any call and any operation", () => {
  let server: LocalServer;
  let connection: Connection;
  before(async () => {
    server = await startServer();
    connection = await connect(server);
    await execute(connection, "CREATE DATABASE calls");
    await execute(
      connection,
      "CREATE TABLE t AS SELECT 1.25 AS n, 'text' AS s, '2024-01-01 10:00:00 +0100'::TIMESTAMP_TZ AS tz, PARSE_JSON('{\"k\":[1]}') AS v UNION ALL SELECT NULL, NULL, NULL, NULL",
    );
  });
  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  it("answers, or is refused in Snowflake's words, never with an internal error", async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(call, operation), async (expression) => {
        try {
          await execute(connection, `SELECT ${expression} FROM t`);
          answered++;
        } catch (error) {
          const { code, message } = error as { code?: string | number; message?: string };
          assert.match(String(code).padStart(6, "0"), /^\d{6}$/, message);
          assert.notEqual(String(code).padStart(6, "0"), "000603", `${expression}: ${message}`);
        }
      }),
      { numRuns: 400 },
    );
    assert.ok(answered > 20, `only ${answered} expressions gave an answer`);
  });
});
