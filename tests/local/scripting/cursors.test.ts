import { describeCases } from "./support";

/** Source: https://docs.snowflake.com/en/developer-guide/snowflake-scripting/cursors, …/resultsets */
describeCases(
  "cursors and RESULTSETs",
  [
    {
      name: "OPEN, FETCH and CLOSE",
      sql: `DECLARE
  row_price FLOAT;
  total_price FLOAT;
  c1 CURSOR FOR SELECT price FROM invoices;
BEGIN
  row_price := 0.0;
  total_price := 0.0;
  OPEN c1;
  FETCH c1 INTO row_price;
  total_price := total_price + row_price;
  FETCH c1 INTO row_price;
  total_price := total_price + row_price;
  CLOSE c1;
  RETURN total_price;
END;`,
      value: "33.33",
    },
    {
      name: "FETCH leaves a variable without a column as it is",
      sql: `DECLARE
  a INT DEFAULT 5;
  b INT DEFAULT 6;
  c1 CURSOR FOR SELECT 1;
BEGIN
  OPEN c1;
  FETCH c1 INTO a, b;
  FETCH c1 INTO a, b;
  RETURN COALESCE(a::VARCHAR, 'none') || ' ' || b;
END;`,
      value: "none 6",
    },
    {
      name: "LET takes no type from a column of a cursor that is not open yet",
      sql: `DECLARE
  c1 CURSOR FOR SELECT price FROM invoices;
BEGIN
  FOR r IN c1 DO
    LET price := r.price;
    RETURN price;
  END FOR;
END;`,
      error: {
        code: "092228",
        sqlState: "P0000",
        message:
          "SQL compilation error: error line 5 at position 4\n variable 'PRICE' cannot have its type inferred from initializer",
      },
    },
    {
      name: "a procedure with such a LET is not created",
      sql: `CREATE PROCEDURE untyped() RETURNS INT LANGUAGE SQL AS
$$BEGIN
  LET r RESULTSET := (SELECT 1 AS n);
  FOR x IN r DO LET y := (x.n); END FOR;
END$$`,
      error: {
        code: "092228",
        message:
          "SQL compilation error: error line 3 at position 16\n variable 'Y' cannot have its type inferred from initializer",
      },
    },
    {
      name: "LET with a type takes a column of a cursor's row",
      sql: `BEGIN
  LET r RESULTSET := (SELECT 1 AS n);
  FOR x IN r DO
    LET y INT := x.n;
    LET z := x.n + y;
    RETURN z;
  END FOR;
END;`,
      value: "2",
    },
    {
      name: "values of USING stand for ? in the order they are given",
      sql: `DECLARE
  id INTEGER DEFAULT 0;
  minimum_price NUMBER(13,2) DEFAULT 22.00;
  maximum_price NUMBER(13,2) DEFAULT 33.00;
  c1 CURSOR FOR SELECT id FROM invoices WHERE price > ? AND price < ?;
BEGIN
  OPEN c1 USING (minimum_price, maximum_price);
  FETCH c1 INTO id;
  RETURN id;
END;`,
      value: "2",
    },
    {
      name: "a variable in the query of a cursor is read when it is opened",
      sql: `DECLARE
  x INT DEFAULT 100;
  found INT;
  c CURSOR FOR SELECT id FROM invoices WHERE id > :x ORDER BY id;
BEGIN
  x := 1;
  OPEN c;
  FETCH c INTO found;
  RETURN found;
END`,
      value: "2",
    },
    {
      name: "FETCH behind the last row gives NULL",
      sql: "DECLARE c CURSOR FOR SELECT id FROM invoices WHERE id > 100; x INT DEFAULT 5; BEGIN OPEN c; FETCH c INTO x; RETURN x IS NULL; END",
      value: true,
    },
    {
      name: "a cursor opened again starts at the first row",
      sql: "DECLARE c CURSOR FOR SELECT id FROM invoices ORDER BY id; x INT; BEGIN OPEN c; FETCH c INTO x; FETCH c INTO x; CLOSE c; OPEN c; FETCH c INTO :x; RETURN x; END",
      value: "1",
    },
    {
      name: "FETCH of several columns",
      sql: "DECLARE c CURSOR FOR SELECT id, price FROM invoices ORDER BY id DESC; i INT; p FLOAT; BEGIN OPEN c; FETCH c INTO i, p; RETURN i || ' ' || p; END",
      value: "2 22.22",
    },
    {
      name: "a cursor over a RESULTSET does not run the query again",
      sql: `BEGIN
  CREATE OR REPLACE TABLE moving (n INT);
  INSERT INTO moving VALUES (1);
  LET rs RESULTSET := (SELECT n FROM moving);
  LET c CURSOR FOR rs;
  DELETE FROM moving;
  LET total := 0;
  FOR r IN c DO total := total + r.n; END FOR;
  RETURN total;
END`,
      value: "1",
    },
    {
      name: "a cursor over a text in a variable, with USING",
      sql: "DECLARE q VARCHAR DEFAULT 'SELECT id FROM invoices WHERE id = ?'; c CURSOR FOR q; n INT; m INT DEFAULT 2; BEGIN OPEN c USING (m); FETCH c INTO n; RETURN n; END",
      value: "2",
    },
    {
      name: "all rows of a cursor as a table, however far it was read",
      sql: `DECLARE
  c1 CURSOR FOR SELECT * FROM invoices ORDER BY id;
  i INT;
  p FLOAT;
BEGIN
  OPEN c1;
  FETCH c1 INTO i, p;
  RETURN TABLE(RESULTSET_FROM_CURSOR(c1));
END;`,
      columns: ["ID", "PRICE"],
      rows: [
        ["1", "11.11"],
        ["2", "22.22"],
      ],
    },
    {
      name: "FETCH from a cursor that is not open",
      sql: "DECLARE\n  c CURSOR FOR SELECT id FROM invoices;\n  x INT;\nBEGIN\n  FETCH c INTO x;\nEND",
      error: {
        code: "090236",
        message: "Uncaught exception of type 'EXPRESSION_ERROR' on line 5 at position 2 : Cursor 'C' is not open.",
      },
    },
    {
      name: "OPEN of an open cursor",
      sql: "DECLARE\n  c CURSOR FOR SELECT id FROM invoices;\nBEGIN\n  OPEN c;\n  OPEN c;\nEND",
      error: {
        code: "090236",
        message: "Uncaught exception of type 'EXPRESSION_ERROR' on line 5 at position 2 : Cursor 'C' is already open.",
      },
    },
    {
      name: "an error in the query of a cursor is told where it is opened",
      sql: "DECLARE\n  c CURSOR FOR SELECT 1 / 0;\nBEGIN\n  BEGIN OPEN c; EXCEPTION WHEN STATEMENT_ERROR THEN RETURN SQLERRM; END;\nEND",
      value: "Division by zero",
    },
    {
      name: "a RESULTSET declared with DEFAULT is returned as a table",
      sql: "DECLARE res RESULTSET DEFAULT (SELECT id FROM invoices ORDER BY id DESC); BEGIN RETURN TABLE(res); END",
      columns: ["ID"],
      rows: [["2"], ["1"]],
    },
    {
      name: "a RESULTSET assigned later",
      sql: "DECLARE res RESULTSET; BEGIN res := (SELECT MAX(price) AS highest FROM invoices); RETURN TABLE(res); END",
      columns: ["HIGHEST"],
      rows: [["22.22"]],
    },
    {
      name: "a RESULTSET of a statement built as text",
      sql: `DECLARE
  res RESULTSET;
  col_name VARCHAR;
  select_statement VARCHAR;
BEGIN
  col_name := 'id';
  select_statement := 'SELECT ' || col_name || ' FROM invoices ORDER BY 1';
  res := (EXECUTE IMMEDIATE :select_statement);
  RETURN TABLE(res);
END;`,
      rows: [["1"], ["2"]],
    },
    {
      name: "a RESULTSET of a text with values",
      sql: "DECLARE res RESULTSET; low INT DEFAULT 10 + 5; high INT DEFAULT 3; q VARCHAR DEFAULT 'SELECT id FROM invoices WHERE price > ? AND id < ?'; BEGIN res := (EXECUTE IMMEDIATE :q USING (low, :high)); RETURN TABLE(res); END",
      rows: [["2"]],
    },
    {
      name: "a RESULTSET of SHOW has its lower-case columns",
      sql: "BEGIN LET rs RESULTSET := (SHOW TABLES LIKE 'INVOICES'); LET n := ''; FOR r IN rs DO n := r.\"name\"; END FOR; RETURN n; END",
      value: "INVOICES",
    },
    {
      name: "a table that was read by a cursor still has all its rows",
      sql: "BEGIN LET rs RESULTSET := (SELECT id FROM invoices ORDER BY id); LET c CURSOR FOR rs; OPEN c; LET x := 0; FETCH c INTO x; RETURN TABLE(rs); END",
      rows: [["1"], ["2"]],
    },
    {
      name: "RETURN TABLE of a query",
      sql: "BEGIN RETURN TABLE(SELECT id FROM invoices ORDER BY id); END",
      rows: [["1"], ["2"]],
    },
    {
      name: "a RESULTSET that never got a statement",
      sql: "DECLARE\n  rs RESULTSET;\nBEGIN\n  RETURN TABLE(rs);\nEND",
      error: {
        code: "000904",
        message:
          "Uncaught exception of type 'EXPRESSION_ERROR' on line 4 at position 2 : SQL compilation error: error line 4 at position 15\ninvalid identifier 'RS'",
      },
    },
  ],
  ["CREATE TABLE invoices (id INTEGER, price NUMBER(12, 2))", "INSERT INTO invoices VALUES (1, 11.11), (2, 22.22)"],
);
