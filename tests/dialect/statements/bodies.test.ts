import assert from "node:assert/strict";
import type { Node } from "../../../dialect/index";
import { parseStatement, parseStatements, visit } from "../../../dialect/index";

/** What the text says at the place of the first node of a kind. */
function textAt(sql: string, kind: Node["kind"]): string {
  let found: string | undefined;
  visit(parseStatement(sql), {
    enter: (node) => {
      if (node.kind === kind) found ??= sql.slice(node.span.start, node.span.end);
    },
  });
  return found ?? "";
}

describe("bodies of routines", () => {
  it("keep their places inside $$ … $$", () => {
    const sql = "CREATE PROCEDURE p() RETURNS INT AS $$\nBEGIN\n  DELETE FROM a.b;\n  RETURN 1;\nEND $$";
    assert.equal(textAt(sql, "Delete"), "DELETE FROM a.b");
  });

  it("keep their places inside quotes, whatever was escaped before", () => {
    const sql = "CREATE PROCEDURE p() RETURNS INT AS 'BEGIN LET a := ''it\\'\\'s''; DELETE FROM a.b; RETURN 1; END'";
    assert.equal(textAt(sql, "Delete"), "DELETE FROM a.b");
  });

  it("keep their places two texts deep", () => {
    const sql =
      "CREATE PROCEDURE p() RETURNS INT AS $$ BEGIN EXECUTE IMMEDIATE 'DELETE FROM \"a''b\"'; RETURN 1; END $$";
    assert.equal(textAt(sql, "Delete"), "DELETE FROM \"a''b\"");
  });

  it("report a mistake at its place in the outer text", () => {
    const [error] = parseStatements("CREATE PROCEDURE p() RETURNS INT AS $$\nBEGIN\n  SELEC 1;\nEND $$").errors;
    assert.equal(error?.message, "SQL compilation error:\nsyntax error line 3 at position 2 unexpected 'SELEC'.");
  });

  it("stay text in other languages", () => {
    const statement = parseStatement("CREATE PROCEDURE p() RETURNS INT LANGUAGE JAVASCRIPT AS 'return \"BEGIN\";'");
    assert.ok(statement.kind === "CreateProcedure");
    assert.equal(statement.body?.text, 'return "BEGIN";');
    assert.equal(statement.body?.block, undefined);
  });

  it("of EXECUTE IMMEDIATE may be unreadable, which is told and not thrown", () => {
    const statement = parseStatement("EXECUTE IMMEDIATE 'DROP TABEL t'");
    assert.ok(statement.kind === "ExecuteImmediate");
    assert.equal(statement.statements, undefined);
    assert.equal(
      statement.error?.message,
      "SQL compilation error:\nsyntax error line 1 at position 24 unexpected 'TABEL'.",
    );
  });
});
