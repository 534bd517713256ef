import assert from "node:assert/strict";
import { judge } from "../../law/index";

const told = (text: string): string[] => {
  const { findings, remarks } = judge([{ text }]);
  assert.deepEqual(findings, []);
  return remarks.map(({ code, message, where }) => `${code} ${where.line}:${where.column} ${message}`);
};

const python = (...lines: string[]): string =>
  `CREATE PROCEDURE OTHER.P.P(Q VARCHAR) RETURNS INT LANGUAGE PYTHON HANDLER = 'run' AS $$\n${lines.join("\n")}\n$$`;

const javascript = (body: string): string =>
  `CREATE PROCEDURE OTHER.P.P(Q VARCHAR) RETURNS INT LANGUAGE JAVASCRIPT AS $$ ${body} $$`;

const RUN_TIME =
  "This procedure runs a text that is only known at run time: what it does to CLAUDE_BI is not told here.";
const FILE = "The code of this procedure lies in a file: what it does to CLAUDE_BI is not told here.";

describe("what the law cannot tell and does not forbid", () => {
  for (const text of [
    python("def run(session, q):", "  session.sql(q).collect()"),
    python("import zlib", "def run(session, q):", "  session.sql(zlib.decompress(b'x').decode()).collect()"),
    python("def run(session, q):", "  session.sql(f'{q} A').collect()"),
    python("def run(session, q):", "  session.sql(query=q).collect()"),
    python("def run(session, q):", "  session.sql('EXECUTE IMMEDIATE FROM @S/x.sql').collect()"),
    javascript("snowflake.execute({ sqlText: Q });"),
    javascript("var one = snowflake.createStatement({ sqlText: Q }); one.execute();"),
  ]) {
    it(`is told of a procedure elsewhere that runs what it is handed: ${text}`, () => {
      assert.deepEqual(told(text), [`TT06 1:18 ${RUN_TIME}`]);
    });
  }

  for (const text of [
    python("def run(session, q):", "  session.sql('select 1').collect()"),
    python("def run(session, q):", "  session.sql(f'select * from {q}').collect()"),
    javascript("var one = snowflake.createStatement({ sqlText: 'select 1' }); one.execute();"),
    "CREATE FUNCTION OTHER.P.F() RETURNS INT LANGUAGE PYTHON HANDLER = 'run' IMPORTS = ('@S/a.py')",
    "CREATE PROCEDURE OTHER.P.P() RETURNS INT LANGUAGE SQL AS 'BEGIN RETURN 1; END'",
    "GRANT APPLY MASKING POLICY ON ACCOUNT TO ROLE ACCOUNTADMIN",
    "GRANT APPLY MASKING POLICY ON ACCOUNT TO ROLE SECURITYADMIN",
    "GRANT APPLY MASKING POLICY ON ACCOUNT TO ROLE TWO_TABLE_DEPLOYER",
    "GRANT APPLY TAG ON ACCOUNT TO ROLE GOVERNOR",
    "GRANT APPLY ON MASKING POLICY OTHER.P.M TO ROLE GOVERNOR",
  ]) {
    it(`is nothing where all is known: ${text}`, () => assert.deepEqual(told(text), []));
  }

  it("is told of code that lies in a file", () => {
    assert.deepEqual(
      told("CREATE PROCEDURE OTHER.P.P() RETURNS INT LANGUAGE JAVA HANDLER = 'A.b' IMPORTS = ('@S/a.jar')"),
      [`TT06 1:18 ${FILE}`],
    );
  });

  it("is told of who may set policies that hide rows anywhere in the account", () => {
    const kinds = ["MASKING", "ROW ACCESS", "AGGREGATION", "PROJECTION", "JOIN", "PRIVACY"];
    for (const kind of kinds)
      assert.deepEqual(told(`GRANT APPLY ${kind} POLICY ON ACCOUNT TO ROLE GOVERNOR`), [
        `TT07 1:7 APPLY ${kind} POLICY on the account holds for the landing table as well, where such a policy would break TT03; whether role GOVERNOR sets one there is not told by this grant.`,
      ]);
  });
});
