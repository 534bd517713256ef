import assert from "node:assert/strict";
import { judge } from "../../law/index";

const procedure = (
  comment: string,
) => `CREATE OR REPLACE PROCEDURE CLAUDE_BI.MCP.P(share VARCHAR) RETURNS INT LANGUAGE SQL AS $$
BEGIN
  LET q VARCHAR := 'SELECT COUNT(*) FROM ' || share;
  ${comment}
  EXECUTE IMMEDIATE :q;
  RETURN 1;
END $$;`;

describe("a documented exception", () => {
  it("lets the statement below it pass, and is listed with its reason", () => {
    const { findings, exceptions } = judge([
      {
        file: "a.sql",
        text: procedure("-- law:allow TT06 because the partner's share name is only known at run time, ticket OPS-12"),
      },
    ]);
    assert.deepEqual(findings, []);
    assert.deepEqual(
      exceptions.map(({ code, reason, used, where }) => ({ code, reason, used, file: where.file, line: where.line })),
      [
        {
          code: "TT06",
          reason: "the partner's share name is only known at run time, ticket OPS-12",
          used: true,
          file: "a.sql",
          line: 4,
        },
      ],
    );
  });

  it("does not count without a reason, and the finding says so", () => {
    const { findings, exceptions } = judge([{ file: "b.sql", text: procedure("-- law:allow TT06") }]);
    assert.deepEqual(exceptions, []);
    assert.deepEqual(
      findings.map(({ code, message }) => `${code} ${message}`),
      [
        "TT06 EXECUTE IMMEDIATE of a text that is only known at run time. The exception above it does not count: it gives no reason of at " +
          "least three words; write law:allow TT06 because …. (in procedure CLAUDE_BI.MCP.P)",
      ],
    );
  });

  it("holds for its own rule and its own statement only, and is listed as unused", () => {
    const { findings, exceptions } = judge([
      {
        file: "c.sql",
        text: "-- law:allow TT06 because of ticket OPS-12\nSELECT 1;\nCREATE TABLE CLAUDE_BI.MCP.T (A INT);",
      },
    ]);
    assert.deepEqual(
      findings.map(({ code, where }) => [code, where.line]),
      [["TT01", 3]],
    );
    assert.deepEqual(
      exceptions.map(({ code, used }) => [code, used]),
      [["TT06", false]],
    );
  });

  it("holds for what only shows over several texts, and is listed as used", () => {
    const events =
      "CREATE OR ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS TARGET_LAG = '1 minute' WAREHOUSE = DT_XS_WH REFRESH_MODE = INCREMENTAL " +
      "CLUSTER BY (DATE(OCCURRED_AT), ACTION) AS SELECT PAYLOAD FROM CLAUDE_BI.MCP.V;";
    const view = "CREATE VIEW CLAUDE_BI.MCP.V AS SELECT UUID_STRING() AS PAYLOAD;";
    const judged = (above: string) => {
      const { findings, exceptions } = judge([{ text: events }, { text: `${above}\n${view}` }]);
      return [findings.map(({ message }) => message), exceptions.map(({ code, used }) => [code, used])];
    };
    const told =
      "UUID_STRING is not deterministic and does not refresh incrementally. The events table reads this view.";
    assert.deepEqual(judged("-- law:allow TT05 because of ticket OPS-12"), [[], [["TT05", true]]]);
    assert.deepEqual(judged("-- law:allow TT05"), [
      [
        `${told} The exception above it does not count: it gives no reason of at least three words; write law:allow TT05 because ….`,
      ],
      [],
    ]);
    assert.deepEqual(judged("-- law:allow TT06 because of ticket OPS-12"), [[told], [["TT06", false]]]);
  });

  for (const code of ["TT01", "TT02", "TT11"]) {
    it(`is not to be had from ${code}`, () => {
      const statement = {
        TT01: "CREATE TABLE CLAUDE_BI.MCP.T (A INT);",
        TT02: "DROP DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS;",
        TT11: "CREATE TABEL X;",
      }[code];
      const { findings } = judge([{ text: `-- law:allow ${code} because we really do need it\n${statement}` }]);
      assert.equal(findings[0]?.code, code);
    });
  }

  for (const [text, flaw] of [
    [
      "/* law:allow TT06 because of ticket OPS-12 */\n#",
      "above it does not count: it stands behind /*; write it behind --.",
    ],
    [
      "// law:allow TT06 because of ticket OPS-12\n#",
      "above it does not count: it stands behind //; write it behind --.",
    ],
    [
      "-- law:allow TT06, TT08 because of ticket OPS-12\n#",
      "above it does not count: it is not written as law:allow TTnn because …, for one rule.",
    ],
    [
      "-- law:allow TT06 it is only known at run time\n#",
      "above it does not count: it is not written as law:allow TTnn because …, for one rule.",
    ],
    [
      "SELECT 1; -- law:allow TT06 because of ticket OPS-12\n#",
      "above it does not count: it stands behind other code; write it on a line of its own, directly above.",
    ],
    [
      "# -- law:allow TT06 because of ticket OPS-12\nSELECT 1;",
      "beside it does not count: it stands behind other code; write it on a line of its own, directly above.",
    ],
  ] as const) {
    it(`does not count as it is written, and the finding says why: ${text}`, () => {
      const { findings, exceptions } = judge([{ text: text.replace("#", "EXECUTE IMMEDIATE $Q;") }]);
      assert.deepEqual(
        findings.map(({ message }) => message),
        [`EXECUTE IMMEDIATE of a text that is only known at run time. The exception ${flaw}`],
      );
      assert.deepEqual(exceptions, []);
    });
  }

  it("says nothing of one that was meant for another statement", () => {
    const { findings } = judge([
      { text: "EXECUTE IMMEDIATE $Q;\nSELECT 1; -- law:allow TT06 because of ticket OPS-12\nSELECT 2;" },
    ]);
    assert.deepEqual(
      findings.map(({ message }) => message),
      ["EXECUTE IMMEDIATE of a text that is only known at run time."],
    );
  });

  it("is not read from a string, nor over a statement in between", () => {
    const inString = "SELECT '\n-- law:allow TT06 because it only looks like one\n'; EXECUTE IMMEDIATE $Q;";
    assert.equal(judge([{ text: inString }]).findings[0]?.code, "TT06");
  });
});
