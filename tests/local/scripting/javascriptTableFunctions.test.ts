import { describeCases } from "./support";

/** Source: https://docs.snowflake.com/en/developer-guide/udf/javascript/udf-javascript-tabular-functions */
describeCases(
  "table functions in JavaScript",
  [
    {
      name: "rows without arguments",
      sql: [
        `CREATE FUNCTION hello() RETURNS TABLE (output_col VARCHAR) LANGUAGE JAVASCRIPT AS '{
        processRow: function f(row, rowWriter, context) {
          rowWriter.writeRow({OUTPUT_COL: "Hello"});
          rowWriter.writeRow({OUTPUT_COL: "World"});
        }}'`,
        "SELECT output_col FROM TABLE(hello())",
      ],
      rows: [["Hello"], ["World"]],
    },
    {
      name: "arguments are properties of the row in capitals; what is not written is NULL",
      sql: [
        `CREATE FUNCTION swapped(a FLOAT, b FLOAT) RETURNS TABLE (y NUMBER(5,1), x FLOAT, z DATE) LANGUAGE JAVASCRIPT AS
        '{ processRow: (row, writer) => writer.writeRow({Y: row.B, X: row.A}) }'`,
        "SELECT * FROM TABLE(swapped(10, 20))",
      ],
      rows: [["20.0", "10", null]],
      columns: ["Y", "X", "Z"],
    },
    {
      name: "without OVER all rows are one partition; what finalize writes belongs to no row",
      sql: "SELECT * FROM parts, TABLE(char_sum(s))",
      rows: [
        ["1", "michael", "7"],
        ["1", "kelly", "5"],
        ["2", "clara", "5"],
        [null, null, "17"],
      ],
    },
    {
      name: "what finalize writes keeps the columns that the partition is made by",
      sql: "SELECT * FROM parts, TABLE(char_sum(s) OVER (PARTITION BY p ORDER BY s))",
      rows: [
        ["1", "kelly", "5"],
        ["1", "michael", "7"],
        ["1", null, "12"],
        ["2", "clara", "5"],
        ["2", null, "5"],
      ],
    },
    {
      name: "joined, renamed and counted",
      sql: "SELECT p, SUM(n) FROM parts JOIN TABLE(char_sum(s) OVER (PARTITION BY p)) AS x(n) WHERE s IS NOT NULL GROUP BY p ORDER BY p",
      rows: [
        ["1", "12"],
        ["2", "5"],
      ],
    },
    ...["LEFT JOIN TABLE(char_sum(s))", "JOIN TABLE(char_sum(s)) AS f ON f.num = 5"].map((join) => ({
      name: `refused where it reads the left side: ${join}`,
      sql: `SELECT * FROM parts ${join}`,
      error: {
        code: "000002",
        message:
          "Unsupported feature 'lateral table function called with OUTER JOIN syntax or a join predicate (ON clause)'.",
      },
    })),
    {
      name: "joined by a condition where it reads constants alone",
      sql: "SELECT p, num FROM parts LEFT JOIN TABLE(char_sum('xy')) AS f ON f.num = p + 1 WHERE s = 'michael'",
      rows: [
        ["1", "2"],
        ["1", "2"],
      ],
    },
    {
      name: "no rows, no partition",
      sql: "SELECT COUNT(*) FROM (SELECT * FROM parts WHERE FALSE) AS none, TABLE(char_sum(none.s))",
      value: "0",
    },
    {
      name: "initialize learns which arguments are constants",
      sql: [
        "CREATE FUNCTION info(a FLOAT, b VARCHAR) RETURNS TABLE (i VARIANT) LANGUAGE JAVASCRIPT AS '{ initialize(info) { this.info = info; }, processRow(row, writer) { writer.writeRow({I: this.info}); } }'",
        "SELECT i FROM parts, TABLE(info(1, s)) LIMIT 1",
      ],
      value: { A: { type: "FLOAT", isConst: true, constValue: 1 }, B: { type: "VARCHAR", isConst: false } },
    },
    {
      name: "what it throws is the error of the statement",
      sql: [
        "CREATE FUNCTION throwing() RETURNS TABLE (i FLOAT) LANGUAGE JAVASCRIPT AS '{ processRow: function f(row, writer) { null.x; } }'",
        "SELECT * FROM TABLE(throwing())",
      ],
      error: {
        code: "100132",
        message:
          "JavaScript execution error: Uncaught TypeError: Cannot read properties of null (reading 'x') in THROWING at '{ processRow: function f(row, writer) { null.x; } }' position 45\nstackstrace: \nTHROWING line: 1",
      },
    },
  ],
  [
    "CREATE TABLE parts (p FLOAT, s VARCHAR)",
    "INSERT INTO parts VALUES (1, 'michael'), (1, 'kelly'), (2, 'clara')",
    `CREATE FUNCTION char_sum(ins VARCHAR) RETURNS TABLE (num FLOAT) LANGUAGE JAVASCRIPT AS '{
      processRow: function (row, rowWriter) {
        this.sum += row.INS.length;
        rowWriter.writeRow({NUM: row.INS.length});
      },
      finalize: function (rowWriter) { rowWriter.writeRow({NUM: this.sum}); },
      initialize: function () { this.sum = 0; }
    }'`,
  ],
);
