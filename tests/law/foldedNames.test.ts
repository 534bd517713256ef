import assert from "node:assert/strict";
import { judge, type Source } from "../../law/index";

const TABLE: Source = { text: 'CREATE TABLE "claude_bi"."mcp"."t" (A INT)', file: "table.sql" };

/** The body of a procedure whose place is written in quotes; its table lies where it does. */
const BODY: Source = {
  text: "BEGIN CREATE TABLE T (A INT); END",
  file: "body.sql",
  namespace: { database: "claude_bi", schema: "mcp" },
  routine: { database: "claude_bi", schema: "mcp", name: "p", ownersRights: true, parameters: [] },
};

/** Writes as its owner, if its place is read in capitals. */
const WRITER: Source = {
  ...BODY,
  text: "BEGIN INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) SELECT {'action': 'system.config.set'}; END",
  routine: { database: "claude_bi", schema: "mcp", name: "set_config", ownersRights: true, parameters: [] },
};

const found = (text: string, other: Source): string[] =>
  judge([{ text, file: "first.sql" }, other])
    .findings.filter(({ where }) => where.file === other.file)
    .map(({ code }) => code);

describe("names in quotes beside a text that has them read in capitals", () => {
  for (const text of [
    "ALTER ACCOUNT SET QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE",
    "ALTER USER BOB SET QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE",
    "ALTER DATABASE OTHER SET LOG_LEVEL = INFO QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE",
    "CREATE USER BOB QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE",
    "CREATE DATABASE OTHER QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE",
    "CREATE SCHEMA OTHER.S QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE",
  ]) {
    it(`are those of the governed database: ${text}`, () => {
      assert.deepEqual(found(text, TABLE), ["TT01"]);
      assert.deepEqual(found(text, BODY), ["TT01"]);
      assert.deepEqual(found(text, WRITER), []);
    });
  }

  for (const text of [
    "SELECT 'QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE'",
    "ALTER ACCOUNT SET QUOTED_IDENTIFIERS_IGNORE_CASE = FALSE",
    "ALTER ACCOUNT UNSET QUOTED_IDENTIFIERS_IGNORE_CASE",
    "ALTER ACCOUNT SET COMMENT = 'QUOTED_IDENTIFIERS_IGNORE_CASE'",
    "ALTER SESSION SET QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE",
    "ALTER TASK OTHER.S.T SET QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE",
  ]) {
    it(`are others: ${text}`, () => {
      assert.deepEqual(found(text, TABLE), []);
      assert.deepEqual(found(text, BODY), []);
      assert.deepEqual(found(text, WRITER), ["TT08", "TT10"]);
    });
  }
});
