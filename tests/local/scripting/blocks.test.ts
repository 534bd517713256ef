import { describeCases } from "./support";

/** Source: https://docs.snowflake.com/en/developer-guide/snowflake-scripting/variables, …/blocks, …/branch */
describeCases(
  "blocks, variables and branches",
  [
    {
      name: "computes with declared and LET variables",
      sql: `DECLARE profit number(38, 2) DEFAULT 0.0;
BEGIN
  LET cost number(38, 2) := 100.0;
  LET revenue number(38, 2) DEFAULT 110.0;
  profit := revenue - cost;
  RETURN profit;
END;`,
      columns: ["anonymous block"],
      value: "10.00",
    },
    {
      name: "infers VARCHAR of any length for a text",
      sql: "BEGIN LET s := 'ab'; s := s || 'cdefg'; RETURN s; END",
      value: "abcdefg",
    },
    {
      name: "infers FLOAT for a decimal",
      sql: "BEGIN LET p := 12.3; p := p / 1024; RETURN p; END",
      value: "0.01201171875",
    },
    {
      name: "infers an integer of full size",
      sql: "BEGIN LET n := 1; n := n * 123456789012345678; RETURN n; END",
      value: "123456789012345678",
    },
    {
      name: "keeps assignments of both kinds of cast",
      sql: `DECLARE
  w INTEGER;
  x INTEGER DEFAULT 0;
  dt DATE;
  result_string VARCHAR;
BEGIN
  w := 1;
  w := 24 * 7;
  dt := '2020-09-30'::DATE;
  dt := '2020-09-30';
  result_string := w::VARCHAR || ', ' || dt::VARCHAR;
  RETURN result_string;
END;`,
      value: "168, 2020-09-30",
    },
    {
      name: "reads one row into variables",
      sql: `DECLARE id INTEGER; name VARCHAR;
BEGIN
  SELECT id, name INTO :id, :name FROM some_data WHERE id = 1;
  RETURN :id || ' ' || :name;
END;`,
      value: "1 a",
    },
    {
      name: "reads one row of a WITH query into variables",
      sql: "DECLARE n INT; BEGIN WITH d AS (SELECT * FROM some_data) SELECT COUNT(*) INTO :n FROM d; RETURN n; END",
      value: "2",
    },
    {
      name: "refuses SELECT INTO of two rows",
      sql: "DECLARE n INT;\nBEGIN\n  SELECT id INTO :n FROM some_data;\n  RETURN n;\nEND",
      error: {
        code: "000090",
        sqlState: "P0000",
        message:
          "Uncaught exception of type 'STATEMENT_ERROR' on line 3 at position 2 : A SELECT INTO statement expects exactly 1 returned row, but got 2.",
      },
    },
    {
      name: "refuses SELECT INTO of no row",
      sql: "DECLARE n INT;\nBEGIN\n  SELECT id INTO :n FROM some_data WHERE id = 9;\n  RETURN n;\nEND",
      error: {
        code: "000090",
        message:
          "Uncaught exception of type 'STATEMENT_ERROR' on line 3 at position 2 : A SELECT INTO statement expects exactly 1 returned row, but got 0.",
      },
    },
    {
      name: "an inner block hides the outer variable of the same name and gives it back",
      sql: `DECLARE v VARCHAR DEFAULT 'outer'; seen VARCHAR DEFAULT '';
BEGIN
  DECLARE v VARCHAR DEFAULT 'inner';
  BEGIN
    seen := seen || v;
  END;
  RETURN seen || ' ' || v;
END;`,
      value: "inner outer",
    },
    {
      name: "IF, ELSEIF, ELSE; NULL is not true",
      sql: `DECLARE n INT; out VARCHAR DEFAULT '';
BEGIN
  IF (n = 1) THEN out := out || 'a'; ELSEIF (n IS NULL) THEN out := out || 'b'; ELSE out := out || 'c'; END IF;
  n := 1;
  IF (n = 2) THEN out := out || 'a'; ELSEIF (n > 5) THEN out := out || 'b'; ELSE out := out || 'c'; END IF;
  RETURN out;
END`,
      value: "bc",
    },
    {
      name: "simple CASE",
      sql: `DECLARE expression_to_evaluate VARCHAR DEFAULT 'default value';
BEGIN
  expression_to_evaluate := 'value a';
  CASE (expression_to_evaluate)
    WHEN 'value a' THEN RETURN 'x';
    WHEN 'value b' THEN RETURN 'y';
    ELSE RETURN 'other';
  END;
END;`,
      value: "x",
    },
    {
      name: "searched CASE",
      sql: `DECLARE a VARCHAR DEFAULT 'b';
BEGIN
  CASE
    WHEN a = 'a' THEN RETURN 'a is x';
    WHEN a = 'b' THEN RETURN 'a is y';
    ELSE RETURN 'none';
  END CASE;
END;`,
      value: "a is y",
    },
    { name: "a block without RETURN answers NULL", sql: "BEGIN NULL; END", rows: [[null]] },
    { name: "RETURN without a value answers NULL", sql: "BEGIN RETURN; END", rows: [[null]] },
    { name: "BEGIN … END as a nested transactionless block", sql: "BEGIN BEGIN RETURN 7; END; END", value: "7" },
    {
      name: "variables of VARIANT are walked by path",
      sql: `DECLARE v VARIANT DEFAULT PARSE_JSON('{"a": {"b": [10, 20]}, "c": "text"}');
BEGIN RETURN v:a.b[1]::INTEGER + 1 || v:c::VARCHAR; END`,
      value: "21text",
    },
    {
      name: "a path on a bound variable inside SQL",
      sql: `DECLARE v VARIANT DEFAULT PARSE_JSON('{"id": 2}'); n VARCHAR;
BEGIN SELECT name INTO :n FROM some_data WHERE id = :v:id::INTEGER; RETURN n; END`,
      value: "b",
    },
    {
      name: "a table name through IDENTIFIER",
      sql: "DECLARE t VARCHAR DEFAULT 'some_data'; n INT; BEGIN SELECT COUNT(*) INTO :n FROM IDENTIFIER(:t); RETURN n; END",
      value: "2",
    },
    {
      name: "a scalar subquery as a value",
      sql: "BEGIN LET n := (SELECT MAX(id) FROM some_data); RETURN n; END",
      value: "2",
    },
    {
      name: "a scalar subquery of no row is NULL",
      sql: "BEGIN LET n INT := (SELECT id FROM some_data WHERE id > 99); RETURN n IS NULL; END",
      value: true,
    },
    {
      name: "a scalar subquery of two rows is refused",
      sql: "BEGIN\n  LET n := (SELECT id FROM some_data);\n  RETURN n;\nEND",
      error: {
        code: "090150",
        sqlState: "22000",
        message:
          "Uncaught exception of type 'EXPRESSION_ERROR' on line 2 at position 11 : Single-row subquery returns more than one row.",
      },
    },
    {
      name: "the answer of a CALL as a value",
      sql: [
        "CREATE OR REPLACE PROCEDURE doubled(n INT) RETURNS INT LANGUAGE SQL AS $$ BEGIN RETURN n * 2; END $$",
        "DECLARE v INT; BEGIN v := (CALL doubled(5)); LET w INT := (CALL doubled(:v)); RETURN v + w; END",
      ],
      value: "30",
    },
    {
      name: "variables stand for values in LIMIT, LIKE, IN and FLATTEN",
      sql: `DECLARE n INT DEFAULT 1; p VARCHAR DEFAULT 'b%'; a ARRAY DEFAULT [1, 5]; found INT; named INT; listed INT; many INT;
BEGIN
  SELECT id INTO :found FROM some_data ORDER BY id LIMIT :n OFFSET :n;
  SELECT COUNT(*) INTO :named FROM some_data WHERE name LIKE :p;
  SELECT COUNT(*) INTO :listed FROM some_data WHERE id IN (:n, :n + 1);
  SELECT SUM(value) INTO :many FROM TABLE(FLATTEN(INPUT => :a));
  RETURN found || named || listed || many;
END`,
      value: "2126",
    },
    {
      name: "counts rows of DML",
      sql: `DECLARE a INT; b BOOLEAN; c BOOLEAN;
BEGIN
  CREATE OR REPLACE TABLE counted (i INT);
  INSERT INTO counted VALUES (1), (2), (3);
  a := SQLROWCOUNT;
  UPDATE counted SET i = 9 WHERE i = 77;
  b := SQLFOUND; c := SQLNOTFOUND;
  RETURN a || ' ' || b || ' ' || c;
END`,
      value: "3 false true",
    },
    {
      name: "a statement that changes no rows leaves no count behind",
      sql: `BEGIN
  CREATE OR REPLACE TABLE counted (i INT);
  INSERT INTO counted VALUES (1), (2);
  LET a := SQLROWCOUNT;
  SELECT i FROM counted;
  RETURN CONCAT_WS(' ', a, TO_VARCHAR(SQLROWCOUNT IS NULL), TO_VARCHAR(SQLFOUND IS NULL), TO_VARCHAR(SQLNOTFOUND IS NULL));
END`,
      value: "2 true true true",
    },
    {
      name: "ACTIVITY_COUNT counts the rows that a statement changed or returned, its status among them",
      sql: `BEGIN
  CREATE OR REPLACE TABLE counted (i INT);
  LET a INT := ACTIVITY_COUNT;
  INSERT INTO counted VALUES (1), (2), (3);
  LET b INT := ACTIVITY_COUNT;
  SELECT i FROM counted WHERE i > 1;
  RETURN a || ' ' || b || ' ' || ACTIVITY_COUNT;
END`,
      value: "1 3 2",
    },
    {
      name: "an array variable is spread into a list",
      sql: `DECLARE found INT; a ARRAY DEFAULT ['b', 'x''y']; n ARRAY DEFAULT [2, 1.5];
BEGIN
  SELECT COUNT(*) INTO :found FROM some_data WHERE name IN (** :a) AND id IN (** :n);
  LET best NUMBER := (SELECT GREATEST(** :n, 1));
  LET first VARCHAR := (SELECT COALESCE(NULL, ** :a));
  RETURN found || ' ' || best || ' ' || first;
END`,
      value: "1 2 b",
    },
    {
      name: "SQLID is the id of the last statement",
      sql: `DECLARE n INT;
BEGIN
  SELECT id FROM some_data;
  LET q := SQLID;
  SELECT COUNT(*) INTO :n FROM TABLE(RESULT_SCAN(:q));
  RETURN n || ' ' || REGEXP_LIKE(q, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}');
END`,
      value: "2 true",
    },
    {
      name: "quoted variables keep their case",
      sql: `DECLARE "n" INT DEFAULT 1; N INT DEFAULT 2; BEGIN RETURN "n" * 10 + n; END`,
      value: "12",
    },
    {
      name: "session variables are read and set in an anonymous block",
      sql: ["SET base = 5", "BEGIN LET n := $base + 1; SET base = :n; RETURN $base; END"],
      value: "6",
    },
    {
      name: "a block in EXECUTE IMMEDIATE",
      sql: "EXECUTE IMMEDIATE $$\nDECLARE n INT DEFAULT 4;\nBEGIN\n  RETURN n * n;\nEND;\n$$",
      columns: ["anonymous block"],
      value: "16",
    },
    {
      name: "assigning what cannot be converted is an EXPRESSION_ERROR at the expression",
      sql: "DECLARE n INT;\nBEGIN\n  n := 'abc';\n  RETURN n;\nEND",
      error: {
        code: "100038",
        sqlState: "22018",
        message:
          "Uncaught exception of type 'EXPRESSION_ERROR' on line 3 at position 7 : Numeric value 'abc' is not recognized",
      },
    },
    {
      name: "assigning an unknown variable",
      sql: "BEGIN\n  nope := 1;\nEND",
      error: {
        code: "000904",
        message: "SQL compilation error: error line 2 at position 2\ninvalid identifier 'NOPE'",
      },
    },
    {
      name: "assigning a cursor is refused before the block runs",
      sql: "DECLARE c CURSOR FOR SELECT 1;\nBEGIN\n  c := nope;\n  EXCEPTION WHEN OTHER THEN RETURN 'caught';\nEND",
      error: {
        code: "001044",
        message: "SQL compilation error: error line 3 at position 4\n Assignment to variable 'C' is not permitted.",
      },
    },
    {
      name: "assigning the counter of a loop is refused before the block runs",
      sql: "BEGIN\n  FOR i IN 1 TO 3 DO\n    i := 5;\n  END FOR;\nEND",
      error: {
        code: "001044",
        message: "SQL compilation error: error line 3 at position 6\n Assignment to variable 'I' is not permitted.",
      },
    },
    {
      name: "an inner variable of a counter's name may be assigned",
      sql: "BEGIN FOR i IN 1 TO 1 DO LET i := 2; i := i + 1; RETURN i; END FOR; END",
      value: "3",
    },
    {
      name: "an exception is no variable",
      sql: "DECLARE e EXCEPTION (-20002, 'x');\nBEGIN\n  IF (FALSE) THEN e := 5; END IF;\nEND",
      error: {
        code: "000904",
        message: "SQL compilation error: error line 3 at position 20\ninvalid identifier 'E'",
      },
    },
    {
      name: "a change of rows is no value of a variable, and nothing of it runs",
      sql: [
        "CREATE OR REPLACE TABLE kept (a INT)",
        "BEGIN\n  LET x := (INSERT INTO kept VALUES (1));\n  RETURN x;\nEXCEPTION WHEN EXPRESSION_ERROR THEN RETURN SQLERRM || (SELECT COUNT(*) FROM kept);\nEND",
      ],
      value: "SQL compilation error:\nsyntax error line 1 at position 22 unexpected 'INTO'.0",
    },
    {
      name: "a change of rows that is never come by is no fault",
      sql: "DECLARE x INT; BEGIN IF (FALSE) THEN x := (DELETE FROM kept); END IF; RETURN 7; END",
      value: "7",
    },
    {
      name: "a listing is no value of a variable, even where it is never come by",
      sql: "DECLARE x INT; BEGIN IF (FALSE) THEN x := (SHOW TABLES); END IF; RETURN 1; END",
      error: {
        code: "001044",
        message: "SQL compilation error:\nInvalid expression value (SHOW TABLES) for assignment.",
      },
    },
    {
      name: "EXECUTE IMMEDIATE is no value of a variable",
      sql: "DECLARE x INT; BEGIN x := (EXECUTE IMMEDIATE 'SELECT 1'); RETURN x; END",
      error: {
        code: "001044",
        message: "SQL compilation error:\nInvalid expression value (?SqlExecuteImmediateDynamic?) for assignment.",
      },
    },
    {
      name: "a column named like a variable stays a column without a colon",
      sql: [
        "CREATE OR REPLACE PROCEDURE cnt(id INT, how VARCHAR) RETURNS INT LANGUAGE SQL AS $$\nDECLARE n INT; other INT DEFAULT 2;\nBEGIN\n  IF (how = 'bind') THEN SELECT COUNT(*) INTO :n FROM some_data WHERE id = :id;\n  ELSE SELECT COUNT(*) INTO :n FROM some_data WHERE id = id; END IF;\n  RETURN n;\nEND $$",
        "SELECT 1 AS a",
        "CALL cnt(id => 2, how => 'plain')",
      ],
      value: "2",
    },
    {
      name: "a variable without a colon is no column",
      sql: "DECLARE n INT; other INT DEFAULT 2;\nBEGIN\n  SELECT COUNT(*) INTO :n FROM some_data WHERE id = other;\n  RETURN n;\nEND",
      error: {
        code: "000904",
        sqlState: "42000",
        message:
          "Uncaught exception of type 'STATEMENT_ERROR' on line 3 at position 2 : SQL compilation error: error line 1 at position 50\ninvalid identifier 'OTHER'",
      },
    },
  ],
  ["CREATE TABLE some_data (id INTEGER, name VARCHAR)", "INSERT INTO some_data VALUES (1, 'a'), (2, 'b')"],
);
