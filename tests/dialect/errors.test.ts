import assert from "node:assert/strict";
import { codeFrame, DialectError, parseExpression, parseStatement, parseStatements } from "../../dialect/index";

const messages = (sql: string): string[] =>
  parseStatements(sql).errors.map(({ message, line, column }) => `${line}:${column} ${message.split("\n")[1]}`);

describe("errors", () => {
  it("carry Snowflake's code, state and words", () => {
    const [error] = parseStatements("SELECT FROM t").errors;
    assert.ok(error instanceof DialectError);
    assert.deepEqual(
      [error.code, error.sqlState, error.line, error.column, error.found],
      ["001003", "42000", 1, 8, "FROM"],
    );
    assert.equal(error.message, "SQL compilation error:\nsyntax error line 1 at position 7 unexpected 'FROM'.");
    assert.deepEqual(error.expected, ["an expression", "ALL", "DISTINCT", "TOP"]);
  });
  it("are reported one by one, and reading goes on behind the semicolon", () => {
    const { statements, errors } = parseStatements("select 1; selec 2; select 3;\ndrop 4; select 5");
    assert.equal(statements.length, 3);
    assert.equal(errors.length, 2);
    assert.deepEqual(messages("select 1; selec 2; select 3;\ndrop 4; select 5"), [
      "1:11 syntax error line 1 at position 10 unexpected 'selec'.",
      "2:6 syntax error line 2 at position 5 unexpected '4'.",
    ]);
  });
  it("inside a block do not make new ones of what follows in it", () => {
    assert.deepEqual(messages("begin select 1; select from t; select 2; end; select 3"), [
      "1:24 syntax error line 1 at position 23 unexpected 'from'.",
    ]);
  });
  it("inside a body stand where they are in the whole text", () => {
    const body = "create procedure p() returns int language sql as $$\nbegin\n  selekt 1;\nend $$";
    assert.deepEqual(messages(body), ["3:3 syntax error line 3 at position 2 unexpected 'selekt'."]);
    const quoted = "create procedure p() returns int language sql as 'begin return ''a'' b; end'";
    assert.deepEqual(messages(quoted), [`1:70 syntax error line 1 at position 69 unexpected 'b'.`]);
  });
  it("of an unclosed string come after those of the statements before it", () => {
    assert.deepEqual(messages("select from t; select 'abc"), [
      "1:8 syntax error line 1 at position 7 unexpected 'from'.",
      "1:27 parse error line 1 at position 26 near '<EOF>'.",
    ]);
  });
  it("of a list of values say how many variables wait for them", () => {
    assert.deepEqual(messages("SET (a, b) = (SELECT 1) + 1; SET (a, b, c) = ((SELECT 1), 2)"), [
      "1:14 syntax error line 1 at position 13 unexpected '('. 2 variables need as many values, found 1.",
      "1:46 syntax error line 1 at position 45 unexpected '('. 3 variables need as many values, found 2.",
    ]);
  });
  it("of a type's parameters: whole numbers, truth values and VARIANT have none, binary and texts at most one", () => {
    const position = "select 1::".length;
    for (const [type, found, at] of [
      ["INT(11)", "11", 4],
      ["bigint(20)", "20", 7],
      ["TINYINT(1)", "1", 8],
      ["BOOLEAN(1)", "1", 8],
      ["DOUBLE PRECISION(1)", "1", 17],
      ["VARIANT(36)", "36", 8],
      ["GEOGRAPHY()", "(", 9],
      ["NUMBER()", ")", 7],
      ["NUMBER(36, 5, 7)", ",", 12],
      ["BINARY(36, 2)", ",", 9],
      ["VARCHAR(36, 5)", ",", 10],
      ["TIMESTAMP_NTZ(3, 1)", ",", 15],
    ] as const)
      assert.deepEqual(messages(`select 1::${type}`), [
        `1:${position + at + 1} syntax error line 1 at position ${position + at} unexpected '${found}'.`,
      ]);
    for (const type of ["FLOAT()", "FLOAT(20)", "REAL(20)", "VARCHAR()", "NUMBER(36, 5)", "TIME(3)"])
      assert.deepEqual(messages(`select 1::${type}`), []);
  });
  it("at the end of the text name the end", () => {
    assert.deepEqual(messages("select a +"), ["1:11 syntax error line 1 at position 10 unexpected '<EOF>'."]);
  });
  it("of a broken keyword pair stand at the second word", () => {
    const [error] = parseStatements("create or view v as select 1").errors;
    assert.equal(error?.found, "view");
    assert.deepEqual(error?.expected, ["REPLACE", "ALTER"]);
  });
  it("show the line with a caret", () => {
    const sql = "select a,\n  from from t";
    const [error] = parseStatements(sql).errors;
    assert.equal(codeFrame(sql, error!.span), "1 | select a,\n2 |   from from t\n  |        ^^^^");
  });
  it("are thrown by the functions that read one thing", () => {
    assert.throws(() => parseStatement("select 1; select 2"), /position 10 unexpected 'select'/);
    assert.throws(() => parseExpression("a b"), /position 2 unexpected 'b'/);
  });
});
