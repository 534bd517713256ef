import { describeCases } from "./support";

const told = "RETURN OBJECT_CONSTRUCT('code', SQLCODE, 'message', SQLERRM, 'state', SQLSTATE);";

/** Source: https://docs.snowflake.com/en/developer-guide/snowflake-scripting/exceptions, …/sql-reference/snowflake-scripting/exception */
describeCases(
  "exceptions",
  [
    {
      name: "a declared exception that nobody takes",
      sql: `DECLARE
  my_exception EXCEPTION (-20002, 'Raised MY_EXCEPTION.');
BEGIN
  LET counter := 0;
  LET should_raise_exception := true;
  IF (should_raise_exception) THEN
    RAISE my_exception;
  END IF;
  counter := counter + 1;
  RETURN counter;
END;`,
      error: {
        code: "-20002",
        sqlState: "P0001",
        message: "Uncaught exception of type 'MY_EXCEPTION' on line 7 at position 4 : Raised MY_EXCEPTION.",
      },
    },
    {
      name: "lines of a block in EXECUTE IMMEDIATE count from its first character",
      sql: "EXECUTE IMMEDIATE $$\nDECLARE\n  my_exception EXCEPTION (-20002, 'Raised MY_EXCEPTION.');\nBEGIN\n  RAISE my_exception;\nEND;\n$$",
      error: {
        code: "-20002",
        message: "Uncaught exception of type 'MY_EXCEPTION' on line 5 at position 2 : Raised MY_EXCEPTION.",
      },
    },
    {
      name: "a handler takes it by name and knows code, message and state",
      sql: `DECLARE my_exception EXCEPTION (-20002, 'Raised MY_EXCEPTION.');
BEGIN
  RAISE my_exception;
EXCEPTION
  WHEN STATEMENT_ERROR THEN RETURN 'statement';
  WHEN my_exception THEN ${told}
  WHEN OTHER THEN RETURN 'other';
END;`,
      value: { code: -20002, message: "Raised MY_EXCEPTION.", state: "P0001" },
    },
    {
      name: "a failed statement is a STATEMENT_ERROR",
      sql: `BEGIN SELECT 1/0; EXCEPTION WHEN EXPRESSION_ERROR THEN RETURN 'expression'; WHEN STATEMENT_ERROR THEN ${told} END`,
      value: { code: 100051, message: "Division by zero", state: "22012" },
    },
    {
      name: "a failed expression is an EXPRESSION_ERROR",
      sql: `BEGIN LET x := 1/0; EXCEPTION WHEN STATEMENT_ERROR THEN RETURN 'statement'; WHEN EXPRESSION_ERROR THEN ${told} END`,
      value: { code: 100051, message: "Division by zero", state: "22012" },
    },
    {
      name: "uncaught, a failed expression is told with its place",
      sql: "BEGIN\n  LET x := 1/0;\nEND",
      error: {
        code: "100051",
        sqlState: "22012",
        message: "Uncaught exception of type 'EXPRESSION_ERROR' on line 2 at position 11 : Division by zero",
      },
    },
    {
      name: "uncaught, a failed condition is told with its place",
      sql: "BEGIN\n  IF (1/0 > 1) THEN\n    RETURN 1;\n  END IF;\nEND",
      error: {
        code: "100051",
        message: "Uncaught exception of type 'EXPRESSION_ERROR' on line 2 at position 6 : Division by zero",
      },
    },
    {
      name: "uncaught, a failed statement is told with the place where it begins",
      sql: "BEGIN\n  NULL;\n  INSERT INTO logged\n    SELECT 1/0;\nEND",
      error: {
        code: "100051",
        message:
          "Uncaught exception of type 'STATEMENT_ERROR' on line 3 at position 2 : DML operation to table LOGGED failed on column N with error: Division by zero",
      },
    },
    {
      name: "a CONTINUE handler goes on behind the statement that failed",
      sql: `DECLARE
  my_exception EXCEPTION (-20002, 'Raised MY_EXCEPTION.');
BEGIN
  LET counter := 0;
  LET should_raise_exception := true;
  IF (should_raise_exception) THEN
    RAISE my_exception;
  END IF;
  counter := counter + 1;
  RETURN 'My counter value: ' || counter;
EXCEPTION
  WHEN STATEMENT_ERROR CONTINUE THEN
    INSERT INTO logged VALUES (1);
  WHEN my_exception CONTINUE THEN
    INSERT INTO logged VALUES (2);
END;`,
      value: "My counter value: 1",
    },
    {
      name: "a CONTINUE handler knows what LET declared before the error",
      sql: `DECLARE
  exception_1 EXCEPTION (-20001, 'Catch and continue');
BEGIN
  LET counter := 0;
  IF (TRUE) THEN
    RAISE exception_1;
  END IF;
  counter := counter + 10;
  RETURN 'Counter value: ' || counter;
EXCEPTION
  WHEN exception_1 CONTINUE THEN
    counter := counter +1;
END;`,
      value: "Counter value: 11",
    },
    {
      name: "after an error in a branch it goes on behind the branching construct",
      sql: "DECLARE n INT := 0; e EXCEPTION (-20001, 'x'); BEGIN IF (TRUE) THEN RAISE e; n := n + 100; END IF; n := n + 1; RETURN n; EXCEPTION WHEN e CONTINUE THEN n := n + 10; END",
      value: "11",
    },
    {
      name: "after an error in the body of a loop it goes on with the next pass",
      sql: "DECLARE x INT := 0; n INT := 0; BEGIN FOR i IN 0 TO 5 DO x := 10 / i; n := n + 1; END FOR; RETURN x || ' ' || n; EXCEPTION WHEN EXPRESSION_ERROR CONTINUE THEN n := n + 100; END",
      value: "2 105",
    },
    {
      name: "after an error in the condition of a loop it goes on behind the loop",
      sql: "DECLARE n INT := 0; BEGIN WHILE (1/0 > 0) DO n := 5; END WHILE; n := n + 1; RETURN n; EXCEPTION WHEN OTHER CONTINUE THEN n := n + 10; END",
      value: "11",
    },
    {
      name: "after an error in RETURN it goes on behind it",
      sql: "DECLARE n INT := 0; BEGIN RETURN 1/0; n := n + 1; RETURN n; EXCEPTION WHEN OTHER CONTINUE THEN n := n + 10; END",
      value: "11",
    },
    {
      name: "after an error in a nested procedure it goes on behind the CALL",
      sql: "DECLARE n INT := 0; p PROCEDURE() RETURNS INT AS BEGIN n := 1/0; n := 5; END; BEGIN CALL p(); n := n + 2; RETURN n; EXCEPTION WHEN OTHER CONTINUE THEN n := n + 10; END",
      value: "12",
    },
    {
      name: "a handler of the outer block that goes on does so inside the inner block",
      sql: "DECLARE n INT := 0; BEGIN BEGIN SELECT 1/0; n := n + 1; END; n := n + 2; RETURN n; EXCEPTION WHEN OTHER CONTINUE THEN n := n + 10; END",
      value: "13",
    },
    {
      name: "handlers are for what stands behind BEGIN, not for declarations",
      sql: "BEGIN DECLARE x INT DEFAULT 1/0; BEGIN RETURN 1; EXCEPTION WHEN OTHER THEN RETURN 'inner'; END; EXCEPTION WHEN OTHER THEN RETURN 'outer'; END",
      value: "outer",
    },
    {
      name: "variables of DECLARE are known to the handler",
      sql: `DECLARE
  counter_val INTEGER DEFAULT 0;
  my_exception EXCEPTION (-20002, 'My exception text');
BEGIN
  WHILE (counter_val < 12) DO
    counter_val := counter_val + 1;
    IF (counter_val > 10) THEN
      RAISE my_exception;
    END IF;
  END WHILE;
  RETURN counter_val;
EXCEPTION
  WHEN my_exception THEN
    RETURN 'Error ' || sqlcode || ': Counter value ' || counter_val || ' exceeds the limit of 10.';
END;`,
      value: "Error -20002: Counter value 11 exceeds the limit of 10.",
    },
    {
      name: "variables of LET are not",
      sql: "BEGIN\n  LET inside := 1;\n  SELECT 1/0;\nEXCEPTION\n  WHEN OTHER THEN RETURN inside;\nEND",
      error: {
        code: "000904",
        message:
          "Uncaught exception of type 'EXPRESSION_ERROR' on line 5 at position 25 : SQL compilation error: error line 5 at position 25\ninvalid identifier 'INSIDE'",
      },
    },
    {
      name: "the message of SQLERRM has no place in it",
      sql: "BEGIN SELECT * FROM SCRATCH.PUBLIC.NOWHERE; EXCEPTION WHEN OTHER THEN LET line := SQLCODE || ': ' || SQLERRM; RETURN line; END",
      value: "2003: SQL compilation error:\nObject 'SCRATCH.PUBLIC.NOWHERE' does not exist or not authorized.",
    },
    {
      name: "RAISE alone raises the handled exception again, from its first place",
      sql: "BEGIN\n  SELECT 1/0;\nEXCEPTION\n  WHEN OTHER THEN\n    INSERT INTO logged VALUES (3);\n    RAISE;\nEND",
      error: {
        code: "100051",
        message: "Uncaught exception of type 'STATEMENT_ERROR' on line 2 at position 2 : Division by zero",
      },
    },
    {
      name: "what no inner handler takes goes outwards",
      sql: `DECLARE e EXCEPTION (-20050, 'x'); f EXCEPTION (-20051, 'y');
BEGIN
  BEGIN RAISE e; EXCEPTION WHEN f THEN RETURN 'f'; END;
EXCEPTION
  WHEN e OR f THEN RETURN 'e or f';
END`,
      value: "e or f",
    },
    {
      name: "an exception raised in a handler goes to the enclosing block",
      sql: "DECLARE e EXCEPTION (-20050, 'x'); BEGIN BEGIN RAISE e; EXCEPTION WHEN e THEN RAISE e; END; EXCEPTION WHEN OTHER THEN RETURN 'outer ' || SQLERRM; END",
      value: "outer x",
    },
    {
      name: "after an EXIT handler the enclosing block goes on",
      sql: "DECLARE s VARCHAR DEFAULT ''; BEGIN BEGIN SELECT 1/0; s := s || 'never'; EXCEPTION WHEN OTHER THEN s := s || 'handled '; END; s := s || 'went on'; RETURN s; END",
      value: "handled went on",
    },
    {
      name: "exceptions of one name in two blocks are two exceptions",
      sql: "DECLARE e EXCEPTION (-20050, 'outer'); BEGIN DECLARE e EXCEPTION (-20051, 'inner'); BEGIN RAISE e; END; EXCEPTION WHEN e THEN RETURN 'took the outer'; WHEN OTHER THEN RETURN SQLERRM; END",
      value: "inner",
    },
    {
      name: "an exception without number and message",
      sql: "DECLARE e EXCEPTION;\nBEGIN\n  RAISE e;\nEND",
      error: {
        code: "-20001",
        sqlState: "P0001",
        message: "Uncaught exception of type 'E' on line 3 at position 2 : ",
      },
    },
    {
      name: "SQLCODE, SQLERRM and SQLSTATE are NULL outside of handlers",
      sql: "BEGIN BEGIN SELECT 1/0; EXCEPTION WHEN OTHER THEN NULL; END; RETURN SQLCODE IS NULL AND SQLERRM IS NULL AND SQLSTATE IS NULL; END",
      value: true,
    },
    {
      name: "they are bound in SQL with a colon",
      sql: [
        "CREATE OR REPLACE TABLE errors (code VARCHAR, message VARCHAR, state VARCHAR)",
        "BEGIN SELECT 1/0; EXCEPTION WHEN OTHER THEN INSERT INTO errors VALUES (:SQLCODE, :sqlerrm, :SQLSTATE); END",
        "SELECT * FROM errors",
      ],
      rows: [["100051", "Division by zero", "22012"]],
    },
    {
      name: "a handled error undoes the failed statement and nothing before it",
      sql: [
        "CREATE OR REPLACE TABLE kept (n INT)",
        "BEGIN INSERT INTO kept VALUES (1); INSERT INTO kept SELECT 1/0; EXCEPTION WHEN OTHER THEN INSERT INTO kept VALUES (2); END",
        "SELECT n FROM kept ORDER BY n",
      ],
      rows: [["1"], ["2"]],
    },
    {
      name: "an exception leaves a procedure as a STATEMENT_ERROR of the CALL, its own message inside",
      sql: [
        "CREATE OR REPLACE PROCEDURE thrower() RETURNS INT LANGUAGE SQL AS $$\nDECLARE\n  e EXCEPTION (-20099, 'from inside');\nBEGIN\n  RAISE e;\nEND $$",
        "CREATE OR REPLACE PROCEDURE passer() RETURNS INT LANGUAGE SQL AS $$\nBEGIN\n  CALL thrower();\nEND $$",
        "CALL passer()",
      ],
      error: {
        code: "-20099",
        sqlState: "P0001",
        message:
          "Uncaught exception of type 'STATEMENT_ERROR' on line 3 at position 2 : Uncaught exception of type 'E' on line 5 at position 2 : from inside",
      },
    },
    {
      name: "the caller takes it by STATEMENT_ERROR, with the code of the inner exception",
      sql: "BEGIN CALL thrower(); EXCEPTION WHEN STATEMENT_ERROR THEN RETURN SQLCODE || ' ' || SQLSTATE || ' ' || SQLERRM; END",
      value: "-20099 P0001 Uncaught exception of type 'E' on line 5 at position 2 : from inside",
    },
    {
      name: "a number outside of -20999 to -20000 is refused",
      sql: "DECLARE e EXCEPTION (20001, 'x'); BEGIN RAISE e; END",
      error: {
        code: "001003",
        message:
          "SQL compilation error: error line 1 at position 8\nException E has the number 20001; expected one from -20999 to -20000.",
      },
    },
    {
      name: "RAISE of what was not declared",
      sql: "BEGIN\n  RAISE nope;\nEND",
      error: {
        code: "000904",
        message: "SQL compilation error: error line 2 at position 8\ninvalid identifier 'NOPE'",
      },
    },
    {
      name: "CASE without a match and without ELSE",
      sql: "BEGIN\n  LET x := 5;\n  CASE (x) WHEN 1 THEN RETURN 'a'; END CASE;\nEND",
      error: {
        code: "100132",
        message:
          "Uncaught exception of type 'EXPRESSION_ERROR' on line 3 at position 2 : CASE statement: no WHEN matched and there is no ELSE.",
      },
    },
    {
      name: "a syntax error is told before anything runs",
      sql: ["CREATE OR REPLACE TABLE untouched (n INT)", "BEGIN\n  INSERT INTO untouched VALUES (1);\n  SELEC 2;\nEND"],
      error: {
        code: "001003",
        sqlState: "42000",
        message: "SQL compilation error:\nsyntax error line 3 at position 2 unexpected 'SELEC'.",
      },
    },
  ],
  ["CREATE TABLE logged (n INT)"],
);
