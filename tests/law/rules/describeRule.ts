import assert from "node:assert/strict";
import { checkText, type RuleCode } from "../../../law/index";

export interface RuleCases {
  /** A text, and `line:column message` of every finding of the rule in it. */
  fail: [text: string, ...findings: string[]][];
  /** Texts that can be read and keep the rule. */
  pass: string[];
}

/** Cases of one rule with their exact findings. */
export function describeRule(code: RuleCode, { fail, pass }: RuleCases): void {
  describe(code, () => {
    for (const [text, ...findings] of fail) {
      it(`is broken by: ${text}`, () => assert.deepEqual(told(text, [code]), findings));
    }
    for (const text of pass) {
      it(`is kept by: ${text}`, () => assert.deepEqual(told(text, [code, "TT11"]), []));
    }
  });
}

const told = (text: string, codes: RuleCode[]): string[] =>
  checkText({ text })
    .filter(({ code }) => codes.includes(code))
    .map(({ message, where }) => `${where.line}:${where.column} ${message}`);
