import { describeCases } from "./support";

/** Source: https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-rights, …/sql-reference/transactions#scoped-transactions */
describeCases("rights and transactions of procedures", [
  {
    name: "owner's rights: no USE",
    sql: [
      "CREATE PROCEDURE uses() RETURNS INT LANGUAGE SQL AS 'BEGIN USE ROLE SYSADMIN; RETURN 1; END'",
      "CALL uses()",
    ],
    error: {
      code: "090236",
      message:
        "Uncaught exception of type 'STATEMENT_ERROR' on line 1 at position 6 : Stored procedure execution error: Unsupported statement type 'USE'.",
    },
  },
  {
    name: "owner's rights: no session parameters",
    sql: [
      "CREATE PROCEDURE alters() RETURNS INT LANGUAGE SQL AS $$ BEGIN ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 1; RETURN 1; END $$",
      "CALL alters()",
    ],
    error: {
      code: "090236",
      message:
        "Uncaught exception of type 'STATEMENT_ERROR' on line 1 at position 7 : Stored procedure execution error: Unsupported statement type 'ALTER_SESSION'.",
    },
  },
  {
    name: "owner's rights: session variables can neither be read",
    sql: [
      "SET mine = 5",
      "CREATE PROCEDURE reads_variable() RETURNS INT LANGUAGE SQL AS 'BEGIN RETURN $mine; END'",
      "CALL reads_variable()",
    ],
    error: {
      code: "090236",
      message:
        "Uncaught exception of type 'EXPRESSION_ERROR' on line 1 at position 13 : Stored procedure execution error: Use of session variable '$MINE' is not allowed in owners rights stored procedure",
    },
  },
  {
    name: "nor set",
    sql: ["CREATE PROCEDURE sets() RETURNS INT LANGUAGE SQL AS 'BEGIN SET mine = 6; RETURN 1; END'", "CALL sets()"],
    error: {
      code: "090236",
      message:
        "Uncaught exception of type 'STATEMENT_ERROR' on line 1 at position 6 : Stored procedure execution error: Unsupported statement type 'SET'.",
    },
  },
  {
    name: "caller's rights: both",
    sql: [
      "CREATE PROCEDURE both() RETURNS VARCHAR LANGUAGE SQL EXECUTE AS CALLER AS $$ BEGIN LET old := $mine; SET mine = 7; RETURN old || ' ' || $mine; END $$",
      "CALL both()",
    ],
    value: "5 7",
  },
  {
    name: "a transaction inside is committed and rolled back on its own",
    sql: [
      "CREATE TABLE tx (i INT)",
      "CREATE PROCEDURE own() RETURNS INT LANGUAGE SQL AS $$ BEGIN BEGIN TRANSACTION; INSERT INTO tx VALUES (1); COMMIT; BEGIN TRANSACTION; INSERT INTO tx VALUES (2); ROLLBACK; RETURN 1; END $$",
      "BEGIN TRANSACTION",
      "CALL own()",
      "ROLLBACK",
      "SELECT i FROM tx",
    ],
    value: "1",
  },
  {
    name: "a transaction left open is rolled back, and that is an error",
    sql: [
      "CREATE PROCEDURE left_open() RETURNS INT LANGUAGE SQL AS $$ BEGIN BEGIN TRANSACTION; INSERT INTO tx VALUES (3); RETURN 1; END $$",
      "CALL left_open()",
    ],
    error: {
      code: "090229",
      sqlState: "25000",
      message:
        "Stored procedure execution error: Scoped transaction started in stored procedure is incomplete and it was rolled back.",
    },
  },
  {
    name: "the caller's transaction cannot be ended from inside",
    sql: [
      "CREATE PROCEDURE ends() RETURNS INT LANGUAGE SQL AS $$ BEGIN ROLLBACK; RETURN 1; END $$",
      "BEGIN TRANSACTION",
      "INSERT INTO tx VALUES (4)",
      "CALL ends()",
    ],
    error: {
      code: "090232",
      message:
        "Uncaught exception of type 'STATEMENT_ERROR' on line 1 at position 7 : Stored procedure execution error: Modifying a transaction that has started at a different scope is not allowed.",
    },
  },
  { name: "and goes on", sql: ["COMMIT", "SELECT SUM(i) FROM tx"], value: "5" },
]);
