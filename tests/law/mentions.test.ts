import assert from "node:assert/strict";
import { checkText } from "../../law/index";

const HARMLESS = [
  "SELECT 'CREATE TABLE CLAUDE_BI.MCP.X (A INT); DROP TABLE Y' AS how_to;",
  "-- CREATE TABLE CLAUDE_BI.MCP.X (A INT);",
  "/* TRUNCATE TABLE LANDING.RAW_EVENTS; */ SELECT 1;",
  'SELECT table_name, "CREATE TABLE", deleted_at AS update_time FROM CLAUDE_BI.INFORMATION_SCHEMA.TABLES;',
  "SELECT $$it's a 'DELETE FROM LANDING.RAW_EVENTS' note$$ AS n;",
  "SHOW TABLES IN DATABASE CLAUDE_BI;",
  "DESCRIBE TABLE CLAUDE_BI.LANDING.RAW_EVENTS;",
  "CREATE TABLE OTHER_DB.PUBLIC.T (A INT);",
  "CREATE OR REPLACE VIEW CLAUDE_BI.MCP.V COMMENT = 'replaces the table T' AS SELECT 1 AS A;",
  "WITH t AS (SELECT 1 AS a) SELECT * FROM t, TABLE(FLATTEN(INPUT => PARSE_JSON('[1]')));",
  "EXECUTE IMMEDIATE 'SELECT 1';",
  "USE DATABASE OTHER_DB; CREATE TABLE T (A INT);",
];

describe("texts that only talk about tables", () => {
  for (const text of HARMLESS) {
    it(`pass: ${text}`, () => {
      assert.deepEqual(checkText({ text }), []);
    });

    if (!text.startsWith("--") && !text.includes("$$")) {
      it(`pass in the body of a procedure: ${text}`, () => {
        const body = `CREATE PROCEDURE CLAUDE_BI.MCP.P() RETURNS INT LANGUAGE SQL EXECUTE AS CALLER AS $$ BEGIN ${text} RETURN 1; END $$;`;
        assert.deepEqual(checkText({ text: body }), []);
      });
    }
  }

  it("are told from statements that do: after USE of the governed database an unqualified table is a third one", () => {
    const findings = checkText({ text: "USE DATABASE CLAUDE_BI;\nCREATE TABLE T (A INT);" });
    assert.deepEqual(
      findings.map(({ code, message, where }) => [code, message, where.line, where.column]),
      [
        [
          "TT01",
          "Creates the table CLAUDE_BI.PUBLIC.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
          2,
          14,
        ],
      ],
    );
  });
});
