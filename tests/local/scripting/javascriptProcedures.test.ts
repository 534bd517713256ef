import { describeCases } from "./support";

const procedure = (signature: string, returns: string, body: string) =>
  `CREATE OR REPLACE PROCEDURE ${signature} RETURNS ${returns} LANGUAGE JAVASCRIPT AS $$${body}$$`;

/** Source: https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-javascript, examples */
describeCases(
  "JavaScript procedures",
  [
    {
      name: "a value of the declared type, in a column of the procedure's name",
      sql: [procedure("sp_pi()", "FLOAT NOT NULL", "\n return 3.1415926;\n"), "CALL sp_pi()"],
      value: "3.1415926",
      columns: ["SP_PI"],
    },
    {
      name: "a statement made of an argument, which is a variable in capitals",
      sql: [
        procedure(
          "add_amount(amount FLOAT)",
          "STRING",
          'snowflake.execute({sqlText: "INSERT INTO amounts VALUES (" + AMOUNT + ")"}); return "Succeeded.";',
        ),
        "CALL add_amount(5.14::FLOAT)",
        "SELECT * FROM amounts",
      ],
      value: "5.1400000",
    },
    {
      name: "what a statement failed with is caught, with its code, its state and its place",
      sql: [
        procedure(
          "broken()",
          "VARCHAR",
          `
      var result = "";
      try {
          snowflake.execute( {sqlText: "Invalid Command!;"} );
      } catch (err) {
          result = [err.code, err.state, err.message, err.stackTraceTxt, "" + err].join("|");
      }
      return result;`,
        ),
        "CALL broken()",
      ],
      value:
        "1003|42000|SQL compilation error:\nsyntax error line 1 at position 0 unexpected 'Invalid'.|Snowflake.execute, line 4 position 20|" +
        "SQL compilation error:\nsyntax error line 1 at position 0 unexpected 'Invalid'.",
    },
    {
      name: "what nobody caught is told with the procedure and the place",
      sql: [
        procedure(
          "unbroken()",
          "VARCHAR",
          'var s = snowflake.createStatement({sqlText: "SELECT * FROM nosuch"});\ns.execute();',
        ),
        "CALL unbroken()",
      ],
      error: {
        code: "100183",
        sqlState: "P0000",
        message:
          "Execution error in store procedure UNBROKEN:\nSQL compilation error:\nObject 'NOSUCH' does not exist or not authorized.\nAt Statement.execute, line 2 position 2",
      },
    },
    {
      name: "calls itself, with its values bound",
      sql: [
        procedure(
          "down(n FLOAT)",
          "VARCHAR",
          `
    snowflake.createStatement({sqlText: "INSERT INTO seen VALUES (?);", binds: [N]}).execute();
    if (N === 0) return "0:";
    var rest = snowflake.createStatement({sqlText: "CALL down(:1)", binds: [N - 1]}).execute();
    rest.next();
    return N + ":" + rest.getColumnValue(1);`,
        ),
        "CALL down(4)",
        "SELECT (SELECT LISTAGG(n, ',') WITHIN GROUP (ORDER BY n) FROM seen)",
      ],
      value: "0,1,2,3,4",
    },
    {
      name: "reads rows by number, by name and as properties",
      sql: [
        procedure(
          "read_rows()",
          "ARRAY",
          `
    var rows = [], rs = snowflake.execute({sqlText: "SELECT 1.50::NUMBER(5,2) n, 'x' \\"small\\", PARSE_JSON('{\\"a\\": [2]}') v UNION ALL SELECT NULL, NULL, NULL ORDER BY n NULLS LAST"});
    while (rs.next()) rows.push([rs.getColumnValue(1), rs.getColumnValueAsString("N"), rs.small, rs.V]);
    return rows.concat(rs.getRowCount(), rs.getColumnCount());`,
        ),
        "CALL read_rows()",
      ],
      value: [[1.5, "1.50", "x", { a: [2] }], [null, null, null, null], 2, 3],
    },
    {
      name: "reads more rows than are sent at once",
      sql: [
        procedure(
          "total()",
          "FLOAT",
          'var sum = 0, rs = snowflake.execute({sqlText: "SELECT SEQ4() n FROM TABLE(GENERATOR(ROWCOUNT => 20000))"}); while (rs.next()) sum += rs.N; return sum;',
        ),
        "CALL total()",
      ],
      value: "199990000",
    },
    {
      name: "learns the columns of a statement that was executed",
      sql: [
        procedure(
          'columns_of("i" FLOAT)',
          "VARIANT",
          `
    var s = snowflake.createStatement({sqlText: "SELECT n10, n12, v1 FROM numbers"});
    s.execute();
    return [s.getColumnCount(), s.getColumnName(i), s.getColumnScale(i), s.getColumnSqlType(i), s.isColumnNumber(i), s.isColumnText(i), s.isColumnNullable(i), s.getSqlText()];`,
        ),
        "CALL columns_of(2)",
      ],
      value: [3, "N12", 4, "FIXED", true, false, false, "SELECT n10, n12, v1 FROM numbers"],
    },
    {
      name: "counts what a statement changed",
      sql: [
        procedure(
          "changed()",
          "ARRAY",
          `
    var counts = [], run = (text) => { var s = snowflake.createStatement({sqlText: text}); s.execute(); counts.push([s.getNumRowsInserted(), s.getNumRowsUpdated(), s.getNumRowsDeleted(), s.getNumRowsAffected()]); };
    run("INSERT INTO seen VALUES (100), (101)"); run("UPDATE seen SET n = 102 WHERE n = 101"); run("DELETE FROM seen WHERE n >= 100");
    return counts;`,
        ),
        "CALL changed()",
      ],
      value: [
        [2, 0, 0, 2],
        [0, 1, 0, 1],
        [0, 0, 2, 2],
      ],
    },
    {
      name: "a timestamp is an SfDate that keeps its offset and the digits of its second",
      sql: [
        procedure(
          "instant(t VARCHAR)",
          "ARRAY",
          `
    var rs = snowflake.execute({sqlText: "SELECT ?::TIMESTAMP_TZ(6)", binds: [T]});
    rs.next();
    var d = rs.getColumnValue(1);
    return [d.getEpochSeconds(), d.getNanoSeconds(), d.getTimezone(), d.getScale(), d.toISOString(), d.toString()];`,
        ),
        "ALTER SESSION SET TIMEZONE = 'UTC'",
        "CALL instant('1971-01-01 00:00:00.000123+11:00')",
      ],
      value: [
        31496400,
        123000,
        660,
        6,
        "1970-12-31T13:00:00.000Z",
        "Thu Dec 31 1970 13:00:00 GMT+0000 (Coordinated Universal Time)",
      ],
    },
    {
      name: "an SfDate that is bound is an instant of the session's zone",
      sql: [
        procedure(
          "keep(t VARCHAR)",
          "TIMESTAMP_LTZ",
          `
    var rs = snowflake.execute({sqlText: "SELECT '" + T + "'::TIMESTAMP_LTZ"});
    rs.next();
    snowflake.execute({sqlText: "INSERT INTO instants VALUES (?, ?, ?)", binds: [rs.getColumnValue(1), rs.getColumnValue(1), rs.getColumnValue(1)]});
    return rs.getColumnValue(1);`,
        ),
        "ALTER SESSION SET TIMEZONE = 'America/Los_Angeles'",
        "CALL keep('2008-11-18 16:00:00')",
        "SELECT TO_VARCHAR(ltz), TO_VARCHAR(ntz), TO_VARCHAR(d) FROM instants",
      ],
      rows: [["2008-11-18 16:00:00.000 -0800", "2008-11-18 16:00:00.000", "2008-11-18"]],
    },
    {
      name: "a transaction that it begins is its own",
      sql: [
        procedure(
          "cleanup(force_failure VARCHAR)",
          "VARCHAR",
          `
    snowflake.execute({sqlText: "BEGIN WORK;"});
    try {
      snowflake.execute({sqlText: "DELETE FROM parent;"});
      if (FORCE_FAILURE === "fail") snowflake.execute({sqlText: "DELETE FROM no_such_table;"});
      snowflake.execute({sqlText: "COMMIT WORK;"});
    } catch (err) {
      snowflake.execute({sqlText: "ROLLBACK WORK;"});
      return "Failed: " + err;
    }
    return "Succeeded";`,
        ),
        "CREATE TABLE outcomes (said VARCHAR, n INT)",
        "BEGIN LET s VARCHAR; CALL cleanup('fail') INTO :s; INSERT INTO outcomes SELECT :s, COUNT(*) FROM parent; CALL cleanup('no') INTO :s; INSERT INTO outcomes SELECT :s, COUNT(*) FROM parent; END",
        "SELECT said, n FROM outcomes ORDER BY n DESC",
      ],
      rows: [
        ["Failed: SQL compilation error:\nObject 'NO_SUCH_TABLE' does not exist or not authorized.", "2"],
        ["Succeeded", "0"],
      ],
    },
    {
      name: "several statements in one call are refused",
      sql: [procedure("two()", "VARCHAR", 'snowflake.execute({sqlText: "SELECT 1; SELECT 2"});'), "CALL two()"],
      error: {
        code: "100183",
        message:
          "Execution error in store procedure TWO:\nMultiple SQL statements in a single API call are not supported; use one API call per statement instead.\nAt Snowflake.execute, line 1 position 10",
      },
    },
    {
      name: "undefined is no value to bind",
      sql: [
        procedure("bound(x VARCHAR)", "VARCHAR", 'snowflake.createStatement({sqlText: "SELECT ?, ?", binds: [1, X]});'),
        "CALL bound(NULL)",
      ],
      error: {
        code: "100183",
        message:
          "Execution error in store procedure BOUND:\nUnsupported type for binding argument 2undefined\nAt Snowflake.createStatement, line 1 position 10",
      },
    },
    {
      name: "a column that is not there",
      sql: [
        procedure(
          "nocolumn()",
          "VARCHAR",
          'var rs = snowflake.execute({sqlText: "SELECT 1 id"}); rs.next(); return rs.getColumnValue("id");',
        ),
        "CALL nocolumn()",
      ],
      error: {
        code: "100183",
        message:
          "Execution error in store procedure NOCOLUMN:\nGiven column name/index does not exist: id\nAt ResultSet.getColumnValue, line 1 position 75",
      },
    },
    {
      name: "a row before the first",
      sql: [
        procedure("norow()", "VARCHAR", 'return snowflake.execute({sqlText: "SELECT 1"}).getColumnValue(1);'),
        "CALL norow()",
      ],
      error: {
        code: "100183",
        message:
          "Execution error in store procedure NOROW:\nResultSet is empty or not prepared, call next() first\nAt ResultSet.getColumnValue, line 1 position 48",
      },
    },
    {
      name: "a statement that was not executed has no columns",
      sql: [
        procedure("early()", "FLOAT", 'return snowflake.createStatement({sqlText: "SELECT 1"}).getColumnCount();'),
        "CALL early()",
      ],
      error: {
        code: "100183",
        message:
          "Execution error in store procedure EARLY:\nStatement is not executed yet.\nAt Statement.getColumnCount, line 1 position 56",
      },
    },
    {
      name: "in a procedure that another calls, each tells its name",
      sql: [
        procedure("outer_one()", "VARCHAR", 'snowflake.execute({sqlText: "CALL unbroken()"});'),
        "CALL outer_one()",
      ],
      error: {
        code: "100183",
        message:
          "Execution error in store procedure OUTER_ONE:\nExecution error in store procedure UNBROKEN:\nSQL compilation error:\nObject 'NOSUCH' does not exist or not authorized.\nAt Statement.execute, line 2 position 2\nAt Snowflake.execute, line 1 position 10",
      },
    },
    {
      name: "WITH … AS PROCEDURE",
      sql: "WITH q AS PROCEDURE (x FLOAT) RETURNS VARCHAR LANGUAGE JAVASCRIPT AS $$ return 'got ' + X; $$ CALL q(5)",
      value: "got 5",
    },
    {
      name: "the system is out of its reach",
      sql: [
        procedure(
          "reach()",
          "VARCHAR",
          "var found = [typeof process, typeof require, typeof fetch]; try { snowflake.execute.constructor('return process')(); } catch (e) { found.push(e.name); } return found.join(' ');",
        ),
        "CALL reach()",
      ],
      value: "undefined undefined undefined EvalError",
    },
    {
      name: "one that never ends is ended by the statement's time",
      sql: [
        procedure("forever()", "FLOAT", "while (true) {}"),
        "ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 1",
        "CALL forever()",
      ],
      error: {
        code: "000630",
        message: "Statement reached its statement or warehouse timeout of 1 second(s) and was canceled.",
      },
    },
    {
      name: "one that takes more memory than it may have",
      sql: [
        "ALTER SESSION UNSET STATEMENT_TIMEOUT_IN_SECONDS",
        procedure("hungry()", "FLOAT", "var all = []; while (true) all.push(new Array(1e6).fill(1.5));"),
        "CALL hungry()",
      ],
      error: {
        code: "100132",
        message: "JavaScript execution error: Uncaught Error: memory limit of 128 MB exceeded in HUNGRY",
      },
    },
  ],
  [
    "CREATE TABLE amounts (n NUMBER(14,7))",
    "CREATE TABLE seen (n FLOAT)",
    "CREATE TABLE numbers (n10 NUMERIC(10,0), n12 NUMERIC(12,4) NOT NULL, v1 VARCHAR(19))",
    "CREATE TABLE instants (ltz TIMESTAMP_LTZ, ntz TIMESTAMP_NTZ, d DATE)",
    "CREATE TABLE parent AS SELECT * FROM VALUES (1), (2)",
  ],
);
