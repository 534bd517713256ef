import assert from "node:assert/strict";
import { checkText, RULES } from "../../law/index";

const codesOf = (text: string): string[] => checkText({ text }).map(({ code }) => code);

describe("the examples of each rule", () => {
  for (const rule of RULES) {
    for (const text of rule.examples.fail) {
      it(`${rule.code} refuses: ${text}`, () => {
        assert.ok(codesOf(text).includes(rule.code), `found only [${codesOf(text)}]`);
      });
    }
    for (const text of rule.examples.pass) {
      it(`${rule.code} lets pass: ${text}`, () => {
        const findings = checkText({ text }).filter(({ code }) => code === rule.code || code === "TT11");
        assert.deepEqual(
          findings.map(({ code, message }) => `${code} ${message}`),
          [],
        );
      });
    }
  }
});
