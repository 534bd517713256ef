import { describeCases } from "./support";

/** Source: https://docs.snowflake.com/en/developer-guide/udf/sql/udf-sql-scalar-functions, …/udf-sql-tabular-functions */
describeCases(
  "SQL functions",
  [
    {
      name: "an expression over its arguments",
      sql: [
        "CREATE FUNCTION area_of_circle(radius FLOAT) RETURNS FLOAT AS 'PI() * radius * radius'",
        "SELECT ROUND(area_of_circle(1.0), 6)",
      ],
      value: "3.141593",
    },
    {
      name: "overloads by type",
      sql: [
        "CREATE FUNCTION same(a INT) RETURNS VARCHAR AS $$ 'int ' || a $$",
        "CREATE FUNCTION same(a VARCHAR) RETURNS VARCHAR AS $$ 'text ' || a $$",
        "SELECT same(1) || same('1')",
      ],
      value: "int 1text 1",
    },
    {
      name: "defaults and names",
      sql: [
        "CREATE FUNCTION plus(a INT DEFAULT 3, b INT DEFAULT 10) RETURNS INT AS 'a + b'",
        "SELECT plus(), plus(1), plus(b => 1)",
      ],
      rows: [["13", "11", "4"]],
    },
    {
      name: "a query over tables, with the owner's rights",
      sql: [
        "CREATE FUNCTION sales_of(p INT) RETURNS NUMBER(11,2) AS 'SELECT SUM(retail_price * quantity) FROM purchases WHERE product = p'",
        "SELECT sales_of(1), sales_of(9)",
      ],
      rows: [["30.00", null]],
    },
    {
      name: "MEMOIZABLE",
      sql: ["CREATE FUNCTION answer() RETURNS INT MEMOIZABLE AS 'SELECT 42'", "SELECT answer()"],
      value: "42",
    },
    {
      name: "a function in a function",
      sql: [
        "CREATE FUNCTION twice(a INT) RETURNS INT AS 'a * 2'",
        "CREATE FUNCTION four_times(a INT) RETURNS INT AS 'twice(twice(a))'",
        "SELECT four_times(3)",
      ],
      value: "12",
    },
    {
      name: "rows of a table function",
      sql: [
        "CREATE FUNCTION orders_of(p INT) RETURNS TABLE (product_id INT, total NUMBER(11,2)) AS 'SELECT product, quantity * retail_price FROM purchases WHERE product = p'",
        "SELECT product_id, total FROM TABLE(orders_of(1)) ORDER BY total",
      ],
      columns: ["PRODUCT_ID", "TOTAL"],
      rows: [
        ["1", "10.00"],
        ["1", "20.00"],
      ],
    },
    {
      name: "a table function for each row of another table",
      sql: "SELECT p.id, o.total FROM products AS p, TABLE(orders_of(p.id)) AS o ORDER BY 1, 2",
      rows: [
        ["1", "10.00"],
        ["1", "20.00"],
        ["2", "7.50"],
      ],
    },
    {
      name: "a table function that gives its types to the columns",
      sql: [
        "CREATE FUNCTION texts() RETURNS TABLE (n INT, v VARCHAR) AS $$ SELECT 1, '2' UNION ALL SELECT 3, '4' $$",
        "SELECT n + 1, v || '!' FROM TABLE(texts()) ORDER BY 1",
      ],
      rows: [
        ["2", "2!"],
        ["4", "4!"],
      ],
    },
    {
      name: "a table function where a value belongs",
      sql: "SELECT texts()",
      error: { code: "000002", sqlState: "0A000", message: "Unsupported feature 'table function TEXTS as a scalar'." },
    },
    {
      name: "an unknown table function",
      sql: "SELECT * FROM TABLE(nowhere(1))",
      error: { code: "002140", message: "SQL compilation error:\nUnknown table function NOWHERE" },
    },
    {
      name: "a body that is a block is refused by name",
      sql: ["CREATE FUNCTION blocky(a INT) RETURNS INT LANGUAGE SQL AS $$ BEGIN RETURN a; END $$", "SELECT blocky(1)"],
      error: {
        code: "000002",
        message: "Unsupported feature 'function whose body is a Snowflake Scripting block'.",
      },
    },
  ],
  [
    "CREATE TABLE products (id INT, name VARCHAR)",
    "INSERT INTO products VALUES (1, 'Bolt'), (2, 'Nut'), (3, 'Unsold')",
    "CREATE TABLE purchases (product INT, quantity INT, retail_price NUMBER(8,2))",
    "INSERT INTO purchases VALUES (1, 1, 10.00), (1, 2, 10.00), (2, 3, 2.50)",
  ],
);

/** Source: https://docs.snowflake.com/en/developer-guide/udf/javascript/udf-javascript-scalar-functions */
describeCases("JavaScript functions", [
  {
    name: "arguments are variables in capitals",
    sql: [
      `CREATE FUNCTION js_factorial(d DOUBLE) RETURNS DOUBLE LANGUAGE JAVASCRIPT STRICT AS '
  if (D <= 0) {
    return 1;
  } else {
    var result = 1;
    for (var i = 2; i <= D; i++) {
      result = result * i;
    }
    return result;
  }
  '`,
      "SELECT js_factorial(3.3), js_factorial(5), js_factorial(NULL) IS NULL",
    ],
    rows: [["6", "120", true]],
  },
  {
    name: "once for each row",
    sql: "SELECT SUM(js_factorial(column1)) FROM VALUES (1), (4), (6)",
    value: "745",
  },
  {
    name: "VARIANT is an object both ways",
    sql: [
      "CREATE FUNCTION js_parts(v VARIANT) RETURNS VARIANT LANGUAGE JAVASCRIPT AS $$ return {keys: Object.keys(V), n: V.a + 1}; $$",
      "SELECT js_parts(PARSE_JSON('{\"a\": 1, \"b\": [1]}')):keys[1]::VARCHAR, js_parts({'a': 41}):n::INT",
    ],
    rows: [["b", "42"]],
  },
  {
    name: "an ARRAY is an array",
    sql: [
      "CREATE FUNCTION js_doubled(a ARRAY) RETURNS ARRAY LANGUAGE JAVASCRIPT AS $$ return A.filter(x => x > 1).map(x => x * 2); $$",
      "SELECT ARRAY_TO_STRING(js_doubled([1, 2, 3]), ',')",
    ],
    value: "4,6",
  },
  {
    name: "NULL is undefined, a timestamp a Date in the session's zone",
    sql: [
      "CREATE FUNCTION js_said(v VARCHAR, t TIMESTAMP_NTZ) RETURNS VARCHAR LANGUAGE JAVASCRIPT AS $$ return (V === undefined) + ' ' + T.toISOString(); $$",
      "SELECT js_said(NULL, '2024-01-01 10:00:00'::TIMESTAMP_NTZ)",
    ],
    value: "true 2024-01-01T18:00:00.000Z",
  },
  {
    name: "what it throws is the error of the statement",
    sql: [
      "CREATE FUNCTION js_throws(v VARCHAR) RETURNS VARCHAR LANGUAGE JAVASCRIPT AS $$ throw new Error('bad ' + V); $$",
      "SELECT js_throws('zzz')",
    ],
    error: {
      code: "100132",
      sqlState: "P0000",
      message:
        "JavaScript execution error: Uncaught Error: bad zzz in JS_THROWS at ' throw new Error('bad ' + V); ' position 1\nstackstrace: \nJS_THROWS line: 1",
    },
  },
  {
    name: "the server is out of its reach",
    sql: [
      "CREATE FUNCTION js_reach(v VARIANT) RETURNS VARCHAR LANGUAGE JAVASCRIPT AS $$ try { return V.constructor.constructor('return process')().version; } catch (e) { return typeof process + ' ' + typeof require + ' ' + e.name; } $$",
      "SELECT js_reach({})",
    ],
    value: "undefined undefined EvalError",
  },
]);

const refused = (name: string, sql: string, code: string, message: string) => ({ name, sql, error: { code, message } });

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-function, …/developer-guide/udf/sql/udf-sql-troubleshooting */
describeCases(
  "SQL functions are compiled when they are created",
  [
    refused(
      "an expression with a name that nothing has",
      "CREATE FUNCTION bad(x INT) RETURNS INT AS 'x + y'",
      "000904",
      "Compilation of SQL UDF failed: SQL compilation error: error line 1 at position 5\ninvalid identifier 'Y'",
    ),
    refused(
      "an expression with an unknown function",
      "CREATE FUNCTION bad(x INT) RETURNS INT AS 'not_there(x)'",
      "002140",
      "Compilation of SQL UDF failed: SQL compilation error:\nUnknown function NOT_THERE.",
    ),
    refused(
      "a query with a name that nothing has",
      "CREATE FUNCTION bad(x INT) RETURNS INT AS 'SELECT x, missing FROM amounts'",
      "000904",
      "SQL compilation error: error line 1 at position 11\ninvalid identifier 'MISSING'",
    ),
    refused(
      "a query over a table that is not there",
      "CREATE FUNCTION bad() RETURNS INT AS 'SELECT n FROM missing'",
      "002003",
      "SQL compilation error:\nObject 'MISSING' does not exist or not authorized.",
    ),
    refused(
      "a value of another family",
      "CREATE FUNCTION bad() RETURNS DATE AS '1'",
      "090207",
      "Declared return type 'DATE' is incompatible with actual return type 'NUMBER(1,0)'",
    ),
    refused(
      "a fixed number where a FLOAT is declared",
      "CREATE FUNCTION bad() RETURNS FLOAT AS '1.5'",
      "090207",
      "Declared return type 'FLOAT' is incompatible with actual return type 'NUMBER(2,1)'",
    ),
    refused(
      "a VARIANT where a text is declared",
      "CREATE FUNCTION bad(v VARIANT) RETURNS VARCHAR(10) AS 'v:a'",
      "090207",
      "Declared return type 'VARCHAR(10)' is incompatible with actual return type 'VARIANT'",
    ),
    refused(
      "a timestamp with other fractions of seconds",
      "CREATE FUNCTION bad(t TIMESTAMP_NTZ(9)) RETURNS TIMESTAMP_NTZ(3) AS 't'",
      "090207",
      "Declared return type 'TIMESTAMP_NTZ(3)' is incompatible with actual return type 'TIMESTAMP_NTZ(9)'",
    ),
    refused(
      "an argument stands before a column of its name",
      "CREATE FUNCTION bad(n DATE) RETURNS INT AS 'SELECT n FROM amounts'",
      "090207",
      "Declared return type 'NUMBER(38,0)' is incompatible with actual return type 'DATE'",
    ),
    refused(
      "more than one column",
      "CREATE FUNCTION bad(x DATE) RETURNS INT AS 'SELECT x, n FROM amounts'",
      "090207",
      "Declared return type 'NUMBER(38,0)' is incompatible with actual return type 'ROW(DATE, NUMBER(38,0))'",
    ),
    refused(
      "a column of a table function of another family",
      "CREATE FUNCTION bad() RETURNS TABLE (a INT) AS $$ SELECT 'x' $$",
      "090207",
      "Declared return type 'NUMBER(38,0)' for column 'A' is incompatible with actual return type 'VARCHAR(1)'",
    ),
    {
      name: "narrower numbers and texts, NULL, a qualified column and the end of a statement are fine",
      sql: [
        "CREATE FUNCTION narrow() RETURNS INT AS '1.5'",
        "CREATE FUNCTION short() RETURNS VARCHAR(2) AS $$ 'ab' $$",
        "CREATE FUNCTION nothing() RETURNS DATE AS 'NULL'",
        "CREATE FUNCTION amount(n DATE) RETURNS INT AS 'SELECT amounts.n FROM amounts;'",
        "SELECT narrow(), short(), nothing(), amount('2024-01-01')",
      ],
      rows: [["2", "ab", null, "7"]],
    },
    {
      name: "a function of JavaScript is not compiled",
      sql: [
        "CREATE FUNCTION any_value_js() RETURNS VARCHAR LANGUAGE JAVASCRIPT AS 'return 42;'",
        "SELECT any_value_js()",
      ],
      value: "42",
    },
  ],
  ["CREATE TABLE amounts (n INT)", "INSERT INTO amounts VALUES (7)"],
);
