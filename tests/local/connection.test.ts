import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../local/index";
import { connect, disconnect, execute, query, startServer } from "./support";

describe("a connection of the driver", () => {
  let server: LocalServer;
  let connection: snowflake.Connection;

  before(async () => {
    server = await startServer();
    connection = await connect(server);
  });

  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  it("selects a constant; the column has the text of the expression as name", async () => {
    assert.deepEqual(await query(connection, "SELECT 1"), [{ "1": 1 }]);
  });

  it("gives syntax errors with code, state and position", async () => {
    await assert.rejects(execute(connection, "SELECT FROM"), (error: snowflake.SnowflakeError) => {
      assert.equal(error.code, "001003");
      assert.equal(error.sqlState, "42000");
      assert.equal(error.message, "SQL compilation error:\nsyntax error line 1 at position 7 unexpected 'FROM'.");
      return true;
    });
  });

  it("refuses an empty statement and several statements where one was announced", async () => {
    await assert.rejects(execute(connection, "SELECT 1; SELECT 2"), {
      code: "000008",
      message: "Actual statement count 2 did not match the desired statement count 1.",
    });
    await assert.rejects(execute(connection, "-- nothing"), { code: "000900" });
  });

  it("sets session parameters and shows them", async () => {
    await query(connection, "ALTER SESSION SET TIMEZONE = 'Europe/Berlin', JSON_INDENT = 0");
    const [row] = await query(connection, "SHOW PARAMETERS LIKE 'timezone' IN SESSION");
    assert.equal(row?.value, "Europe/Berlin");
    assert.equal(row?.default, "America/Los_Angeles");
    assert.equal(row?.level, "SESSION");
    await query(connection, "ALTER SESSION UNSET TIMEZONE");
    const [unset] = await query(connection, "SHOW PARAMETERS LIKE 'timezone' IN SESSION");
    assert.equal(unset?.level, "");
  });

  it("has the result format of every driver as a parameter and refuses the formats that it does not give", async () => {
    await assert.rejects(query(connection, "ALTER SESSION SET ODBC_QUERY_RESULT_FORMAT = ARROW"), {
      code: "000002",
      message: "Unsupported feature 'ODBC_QUERY_RESULT_FORMAT = ARROW'.",
    });
    for (const name of ["JDBC_QUERY_RESULT_FORMAT", "ODBC_QUERY_RESULT_FORMAT"]) {
      await query(connection, `ALTER SESSION SET ${name} = 'json'`);
      await assert.rejects(query(connection, `ALTER SESSION SET ${name} = CSV`), { code: "001008" });
    }
  });

  it("refuses unknown parameters and bad values and then sets nothing", async () => {
    await assert.rejects(query(connection, "ALTER SESSION SET JSON_INDENT = 3, NO_SUCH = 1"), {
      code: "001006",
      sqlState: "22023",
    });
    await assert.rejects(query(connection, "ALTER SESSION SET TIMEZONE = 'Mars/Base'"), { code: "001006" });
    const [row] = await query(connection, "SHOW PARAMETERS LIKE 'JSON_INDENT'");
    assert.equal(row?.value, "0");
  });
});
