import { describeCases } from "./support";

const LONG = "(SELECT COUNT(*) FROM TABLE(GENERATOR(ROWCOUNT => 100000)) a, TABLE(GENERATOR(ROWCOUNT => 100000)) b)";

/** Source: https://docs.snowflake.com/en/developer-guide/snowflake-scripting/asynchronous-child-jobs, …/system_get_resultset_status, …/cancel */
describeCases(
  "child jobs",
  [
    {
      name: "the status of a job is RUNNING, then SUCCESS",
      sql: `DECLARE status2 VARCHAR DEFAULT 'invalid';
BEGIN
  LET res RESULTSET := ASYNC (SELECT SYSTEM$WAIT(50, 'MILLISECONDS'));
  LET status VARCHAR := SYSTEM$GET_RESULTSET_STATUS(res);
  AWAIT res;
  status2 := SYSTEM$GET_RESULTSET_STATUS(res);
  RETURN status || ' ' || status2;
END`,
      value: "RUNNING SUCCESS",
    },
    {
      name: "two queries run beside each other and are read by cursors",
      sql: `DECLARE
  total INTEGER DEFAULT 0;
  res1 RESULTSET DEFAULT ASYNC (SELECT amount FROM orders);
  res2 RESULTSET DEFAULT ASYNC (SELECT amount * 10 AS amount FROM orders);
BEGIN
  AWAIT res1;
  LET cur1 CURSOR FOR res1;
  OPEN cur1;
  AWAIT res2;
  LET cur2 CURSOR FOR res2;
  OPEN cur2;
  FOR r IN cur1 DO total := total + r.amount; END FOR;
  FOR r IN cur2 DO total := total + r.amount; END FOR;
  RETURN total;
END`,
      value: "33",
    },
    {
      name: "CANCEL interrupts a query, and the script goes on",
      sql: `BEGIN
  LET res RESULTSET := ASYNC ${LONG};
  CANCEL res;
  RETURN SYSTEM$GET_RESULTSET_STATUS(res);
END`,
      value: "ABORTED",
    },
    {
      name: "CANCEL of a job that has ended has no effect",
      sql: `BEGIN
  LET res RESULTSET := ASYNC (SELECT 1);
  AWAIT res;
  CANCEL res;
  RETURN SYSTEM$GET_RESULTSET_STATUS(res);
END`,
      value: "SUCCESS",
    },
    {
      name: "AWAIT of a cancelled job is an error that a handler may take",
      sql: `BEGIN
  LET res RESULTSET := ASYNC ${LONG};
  CANCEL res;
  BEGIN AWAIT res; EXCEPTION WHEN STATEMENT_ERROR THEN RETURN SQLCODE || ' ' || SQLERRM; END;
END`,
      value: "604 SQL execution canceled",
    },
    {
      name: "the error of a job is told by AWAIT",
      sql: `BEGIN
  LET res RESULTSET := ASYNC (SELECT 1 / 0);
  BEGIN AWAIT res; EXCEPTION WHEN OTHER THEN RETURN SQLERRM || ' ' || SYSTEM$GET_RESULTSET_STATUS(res); END;
END`,
      value: "Division by zero FAILED_WITH_ERROR",
    },
    {
      name: "a job has the values that variables had when it started",
      sql: `DECLARE n INT DEFAULT 1; seen INT;
BEGIN
  LET res RESULTSET := ASYNC (SELECT :n AS n, SYSTEM$WAIT(20, 'MILLISECONDS'));
  n := 2;
  AWAIT res;
  FOR r IN res DO seen := r.n; END FOR;
  RETURN seen;
END`,
      value: "1",
    },
    {
      name: "AWAIT ALL waits for changes too",
      sql: [
        "CREATE TABLE logged (n INT)",
        "BEGIN ASYNC (INSERT INTO logged VALUES (1)); ASYNC (INSERT INTO logged VALUES (2)); AWAIT ALL; END",
        "SELECT COUNT(*), SUM(n) FROM logged",
      ],
      rows: [["2", "3"]],
    },
    {
      name: "a child job is a query of its own for SQLID",
      sql: `DECLARE n INT;
BEGIN
  LET res RESULTSET := ASYNC (SELECT 7 AS n);
  LET id VARCHAR := SQLID;
  AWAIT res;
  SELECT n INTO :n FROM TABLE(RESULT_SCAN(:id));
  RETURN n;
END`,
      value: "7",
    },
    {
      name: "SYSTEM$WAIT says what it waited, called or selected",
      sql: "CALL SYSTEM$WAIT(1, 'MILLISECONDS')",
      columns: ["SYSTEM$WAIT"],
      value: "waited 1 milliseconds",
    },
    {
      name: "SYSTEM$WAIT refuses a unit it does not know",
      sql: "SELECT SYSTEM$WAIT(1, 'WEEKS')",
      error: {
        code: "001015",
        sqlState: "22023",
        message:
          "SQL compilation error: error line 1 at position 7\nSYSTEM$WAIT expects DAYS, HOURS, MINUTES, SECONDS or MILLISECONDS as a constant",
      },
    },
  ],
  ["CREATE TABLE orders (amount INT)", "INSERT INTO orders VALUES (1), (2)"],
);
