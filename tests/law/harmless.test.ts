import assert from "node:assert/strict";
import { checkText, readResource } from "../../law/index";
import { corpusLines, unescaped } from "./corpus";

/** What a body in `$$` cannot hold, or what is no statement by itself. */
const NOT_IN_A_BODY =
  /\$\$|^(--|\/\/|;|BEGIN\b|USE |PUT |GET |SET \w+ = .*EXECUTE|COMMIT|ROLLBACK)|(--|\/\/)[^']*$|\*\/$|->>/;

const told = (text: string): string[] => checkText({ text }).map(({ code, message }) => `${code} ${message}`);

describe("harmless statements", () => {
  for (const line of ["harmless.txt", "teams.txt", "innocents.txt", "everyday.txt", "ordinary.txt"].flatMap(
    corpusLines,
  )) {
    const text = unescaped(line);

    it(`pass: ${line}`, () => {
      assert.deepEqual(told(text), []);
    });

    it(`pass in an Execute: ${line}`, () => {
      const judged = readResource("snowflake:index/execute:Execute", { execute: text, revert: "SELECT 1" });
      assert.deepEqual(
        judged?.texts.flatMap(({ sql }) => told(sql)),
        [],
      );
    });

    if (!NOT_IN_A_BODY.test(text)) {
      it(`pass in the body of a procedure: ${line}`, () => {
        const body = `CREATE PROCEDURE CLAUDE_BI.MCP.P() RETURNS INT LANGUAGE SQL EXECUTE AS CALLER AS $$ BEGIN ${text}; RETURN 1; END $$;`;
        assert.deepEqual(told(body), []);
      });
    }
  }
});
