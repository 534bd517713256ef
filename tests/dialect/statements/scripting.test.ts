import assert from "node:assert/strict";
import type { Block, Statement } from "../../../dialect/index";
import { parseStatement } from "../../../dialect/index";

function block(sql: string): Block {
  const statement = parseStatement(sql);
  assert.ok(statement.kind === "Block", statement.kind);
  return statement;
}

const kinds = (statements: readonly Statement[]): string[] => statements.map(({ kind }) => kind);

describe("Snowflake Scripting", () => {
  it("tells a transaction from a block", () => {
    for (const sql of ["BEGIN", "BEGIN WORK", "BEGIN TRANSACTION NAME t", "BEGIN NAME t", "START TRANSACTION"])
      assert.equal(parseStatement(sql).kind, "BeginTransaction", sql);
    assert.equal(parseStatement("BEGIN name := 1; END").kind, "Block");
  });

  it("takes words of its own as names of variables", () => {
    const { statements } = block("BEGIN open := 1; :close := 2; END");
    assert.deepEqual(kinds(statements), ["VariableAssignment", "VariableAssignment"]);
  });

  it("takes the result of a statement in parentheses", () => {
    const { statements } = block(
      "BEGIN a := (CALL p()); b := (SELECT 1); c := ASYNC (SELECT 1); d := (SELECT 1) + 1; END",
    );
    assert.deepEqual(
      statements.map((statement) => statement.kind === "VariableAssignment" && statement.value.kind),
      ["StatementValue", "StatementValue", "StatementValue", "Binary"],
    );
  });

  it("tells a loop over numbers from one over rows", () => {
    const { statements } = block(
      "BEGIN FOR i IN REVERSE 1 TO 3 LOOP NULL; END LOOP; FOR r IN c DO NULL; END FOR l; END",
    );
    assert.deepEqual(kinds(statements), ["ForCounter", "ForCursor"]);
  });

  it("reads handlers with several exceptions and their mode", () => {
    const { handlers } = block("BEGIN NULL; EXCEPTION WHEN a OR b CONTINUE THEN NULL; WHEN OTHER THEN RAISE; END");
    assert.deepEqual(
      handlers.map(({ exceptions, other, mode }) => [exceptions.map(({ value }) => value), other, mode]),
      [
        [["A", "B"], false, "CONTINUE"],
        [[], true, undefined],
      ],
    );
  });

  it("allows branches without a block in EXECUTE IMMEDIATE only", () => {
    const statement = parseStatement("EXECUTE IMMEDIATE $$ IF (TRUE) THEN SELECT 1; END IF; $$");
    assert.ok(statement.kind === "ExecuteImmediate");
    assert.deepEqual(kinds(statement.statements ?? []), ["If"]);
    assert.throws(() => parseStatement("IF (TRUE) THEN SELECT 1; END IF"), {
      message: "SQL compilation error:\nsyntax error line 1 at position 0 unexpected 'IF'.",
    });
  });

  it("reads the modes of arguments behind their names", () => {
    const procedure = parseStatement(
      "CREATE PROCEDURE p(a IN INT, b OUTPUT VARCHAR, out INT) RETURNS INT AS 'BEGIN RETURN 1; END'",
    );
    assert.ok(procedure.kind === "CreateProcedure");
    assert.deepEqual(
      procedure.parameters.map(({ name, mode }) => [name.value, mode]),
      [
        ["A", "IN"],
        ["B", "OUT"],
        ["OUT", undefined],
      ],
    );
  });
});
