import assert from "node:assert/strict";
import type { CreateTable } from "../../../dialect/index";
import { parseStatement } from "../../../dialect/index";

function table(sql: string): CreateTable {
  const statement = parseStatement(sql);
  assert.ok(statement.kind === "CreateTable", statement.kind);
  return statement;
}

describe("statements that make tables", () => {
  it("tell every kind of table", () => {
    for (const type of ["HYBRID", "EXTERNAL", "ICEBERG", "INTERACTIVE", "ONLINE FEATURE"])
      assert.equal(table(`CREATE ${type} TABLE t (a INT)`).tableType, `${type} TABLE`);
    assert.equal(table("CREATE EVENT TABLE t").tableType, "EVENT TABLE");
  });

  it("tell a temporary table by all of its words", () => {
    for (const words of ["TEMP", "TEMPORARY", "VOLATILE", "LOCAL TEMP", "GLOBAL TEMPORARY"])
      assert.equal(table(`CREATE ${words} TABLE t (a INT)`).persistence, "TEMPORARY");
  });

  it("tell the table of CREATE PROCEDURE SCOPED from a procedure", () => {
    const scoped = table("CREATE OR REPLACE PROCEDURE SCOPED TEMP TABLE t (a INT)");
    assert.equal(scoped.persistence, "TEMPORARY");
    assert.equal(scoped.procedureScoped, true);
  });

  it("tell where the rows come from", () => {
    const sources = {
      AS: "AS SELECT 1 AS a",
      LIKE: "LIKE s",
      CLONE: "CLONE s AT (OFFSET => -60)",
      "USING TEMPLATE": "USING TEMPLATE (SELECT ARRAY_AGG(a) FROM s)",
      "FROM BACKUP SET": "FROM BACKUP SET b IDENTIFIER 'x'",
      "FROM ARCHIVE OF": "FROM ARCHIVE OF s WHERE a > 1",
    };
    for (const [type, clause] of Object.entries(sources))
      assert.equal(table(`CREATE TABLE t ${clause}`).source?.type, type);
  });

  it("know a view that is materialized, also an interactive one", () => {
    for (const words of ["MATERIALIZED", "INTERACTIVE MATERIALIZED"]) {
      const view = parseStatement(`CREATE SECURE ${words} VIEW v AS SELECT a FROM t`);
      assert.ok(view.kind === "CreateView");
      assert.equal(view.materialized, true);
    }
  });

  it("take columns without a type only where a query gives it", () => {
    assert.equal(table("CREATE TABLE t (a, b) AS SELECT 1, 2").columns.length, 2);
    assert.throws(() => parseStatement("CREATE TABLE t (a, b)"), {
      message: "SQL compilation error:\nsyntax error line 1 at position 17 unexpected ','.",
    });
  });

  it("read what the Pulumi plugin sends, empty texts included", () => {
    const [column] = table(
      `CREATE TABLE "T" ("ID" VARCHAR(36) NOT NULL COLLATE '' DEFAULT UUID_STRING() COMMENT '')`,
    ).columns;
    assert.equal(column?.collate, "");
    assert.equal(column?.comment?.value, "");
    assert.equal(column?.notNull, true);
  });
});
