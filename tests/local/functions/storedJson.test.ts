import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

describe("Functions that read the kind of a VARIANT from its stored form", () => {
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

  const value = async (sql: string) => Object.values((await query(connection, `SELECT ${sql} AS V`))[0] ?? {})[0];

  const KINDS: [sql: string, kind: string | null, text: string | null][] = [
    [`PARSE_JSON('{"b": 1, "a": [1.50, null]}')`, "OBJECT", '{"a":[1.5,null],"b":1}'],
    ["PARSE_JSON('[]')", "ARRAY", "[]"],
    ["PARSE_JSON('true')", "BOOLEAN", "true"],
    ["PARSE_JSON('null')", "NULL_VALUE", "null"],
    ["PARSE_JSON('-7')", "INTEGER", "-7"],
    ["PARSE_JSON('12345678901234567890123')", "INTEGER", "12345678901234567890123"],
    ["PARSE_JSON('0.0000001')", "DECIMAL", "0.0000001"],
    ["PARSE_JSON('1.25')", "DECIMAL", "1.25"],
    ["PARSE_JSON('1e2')", "DOUBLE", "1.000000000000000e+02"],
    [`PARSE_JSON('"{not an object"')`, "VARCHAR", '"{not an object"'],
    [`PARSE_JSON('"line\\\\u001fend"')`, "VARCHAR", '"line\\u001fend"'],
    ["TO_VARIANT('2026-03-01'::DATE)", "DATE", '"2026-03-01"'],
    ["ARRAY_CONSTRUCT(NULL)[0]", null, null],
    ["NULL::VARIANT", null, null],
  ];
  for (const [sql, kind, text] of KINDS) {
    it(`${sql} is ${kind}`, async () => {
      assert.equal(await value(`TYPEOF(${sql})`), kind);
      assert.equal(await value(`TO_JSON(${sql})`), text);
      assert.equal(await value(`IS_OBJECT(${sql})`), kind === null ? null : kind === "OBJECT");
      assert.equal(await value(`IS_ARRAY(${sql})`), kind === null ? null : kind === "ARRAY");
      assert.equal((await value(`AS_VARCHAR(${sql})`)) !== null, kind === "VARCHAR");
    });
  }

  it("OBJECT_DELETE takes out the named keys and nothing inside", async () => {
    const object = `PARSE_JSON('{"k": {"_recv_at": 1, "n": null}, "_recv_at": "x", "n": null, "big": 12345678901234567890123, "f": 1e2}')::OBJECT`;
    assert.equal(
      await value(`TO_JSON(OBJECT_DELETE(${object}, '_recv_at', 'absent'))`),
      '{"big":12345678901234567890123,"f":1.000000000000000e+02,"k":{"_recv_at":1,"n":null},"n":null}',
    );
    assert.equal(await value("OBJECT_DELETE(NULL::OBJECT, 'a') IS NULL"), true);
  });

  it("a constant part of a text may reach beyond it", async () => {
    assert.equal(
      await value("LEFT('abc', 5) || RIGHT('abc', 2) || SUBSTR('abc', 3, 9) || SUBSTR('abc', 9, 1)"),
      "abcbcc",
    );
    assert.equal(
      await value("LEFT('abc', -1) || RIGHT('abc', 0) || SUBSTR('abc', -2, 1) || SUBSTR('abc', 0, 2)"),
      "bab",
    );
  });
});
