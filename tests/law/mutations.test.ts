import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Module from "node:module";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import ts from "typescript";
import { collectActs } from "../../law/acts/collect";
import { checkText, DEFAULT_SETTINGS, RULES } from "../../law/index";
import type * as TablesMade from "../../law/tablesMade";
import { judgedLines } from "./corpus";

const EVASIONS = ["evasions.txt", "statements.txt", "grants.txt", "hiding.txt"].flatMap(judgedLines);
const FILE = join(__dirname, "..", "..", "law", "tablesMade.ts");
const SOURCE = readFileSync(FILE, "utf8");

/** Calls that answer with tables made. */
const MAKING_CALLS = ["governed", "governedDatabase", "errorTable", "moved", "refreshed"];

interface Branch {
  what: string;
  start: number;
  end: number;
  replacement: string;
}

/** Every place of the list that says "here a table is made", with what switches it off. */
function branches(): Branch[] {
  const file = ts.createSourceFile(FILE, SOURCE, ts.ScriptTarget.ES2022, true);
  const found: Branch[] = [];
  const visit = (node: ts.Node): void => {
    const replacement = switchedOff(node);
    if (replacement !== undefined) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      const what = `line ${line + 1}: ${node.getText().replace(/\s+/g, " ").slice(0, 70)}`;
      found.push({ what, start: node.getStart(), end: node.getEnd(), replacement });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function switchedOff(node: ts.Node): string | undefined {
  const saysWhat = (expression: ts.Node): boolean =>
    ts.isObjectLiteralExpression(expression) && expression.properties.some((one) => one.name?.getText() === "what");
  if (ts.isArrayLiteralExpression(node) && node.elements.some(saysWhat)) return "[]";
  if (ts.isCallExpression(node) && MAKING_CALLS.includes(node.expression.getText())) return "[]";
  if (ts.isCallExpression(node) && node.expression.getText() === "made.push" && node.arguments.some(saysWhat))
    return "void 0";
  return undefined;
}

function mutant({ start, end, replacement }: Branch): typeof TablesMade {
  const mutated = `${SOURCE.slice(0, start)}${replacement}${SOURCE.slice(end)}`;
  const { outputText } = ts.transpileModule(mutated, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const loaded = new Module(FILE) as Module & { _compile(code: string, file: string): void; paths: string[] };
  loaded.filename = FILE;
  loaded._compile(outputText, FILE);
  return loaded.exports;
}

describe("the tests of the law notice", () => {
  for (const rule of RULES) {
    it(`that ${rule.code} is switched off`, () => {
      const others = RULES.filter((other) => other !== rule);
      const missed = EVASIONS.filter(({ codes }) => codes.includes(rule.code)).filter(({ text }) =>
        checkText({ text }, { rules: others }).every(({ code }) => code !== rule.code),
      );
      assert.ok(missed.length > 0);
    });
  }

  const acts = EVASIONS.filter(({ codes }) => codes.includes("TT01")).map(({ text }) => collectActs({ text }).acts);
  const count = ({ tablesMade }: typeof TablesMade): number[] =>
    acts.map((one) => one.flatMap((act) => tablesMade(act, DEFAULT_SETTINGS)).length);
  const whole: number[] = count(require("../../law/tablesMade"));

  for (const branch of branches()) {
    it(`that a way to make a table is no longer seen (${branch.what})`, () => {
      assert.ok(!isDeepStrictEqual(count(mutant(branch)), whole));
    });
  }
});
