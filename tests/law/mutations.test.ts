import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Module from "node:module";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import ts from "typescript";
import { collectActs } from "../../law/acts/collect";
import { checkText, DEFAULT_SETTINGS, judge, RULES, type Rule } from "../../law/index";
import type * as TablesMade from "../../law/tablesMade";
import { judgedLines } from "./corpus";

const EVASIONS = [
  "evasions.txt",
  "statements.txt",
  "grants.txt",
  "hiding.txt",
  "further.txt",
  "catalogue.txt",
  "kinds.txt",
  "newer.txt",
  "unread.txt",
  "attacks.txt",
  "deeper.txt",
].flatMap(judgedLines);
const LAW = join(__dirname, "..", "..", "law");
const TABLES_MADE = join(LAW, "tablesMade.ts");

/** Calls that answer with tables made. */
const MAKING_CALLS = ["governed", "governedDatabase", "errorTable", "moved", "refreshed"];

/** Files beside a rule's own in which it says what is a breach. */
const PARTS: Partial<Record<Rule["code"], string[]>> = {
  TT03: ["landingSettings.ts", "taggedPolicies.ts"],
  TT07: ["keptRoles.ts"],
  TT09: ["refreshWarehouse.ts"],
};

interface Branch {
  what: string;
  start: number;
  end: number;
  replacement: string;
}

/** Every place of a file that makes something of a statement, with what switches it off. */
function branches(path: string, switchedOff: (node: ts.Node) => string | undefined): Branch[] {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
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

const holds = (expression: ts.Node, property: string): boolean =>
  ts.isObjectLiteralExpression(expression) && expression.properties.some((one) => one.name?.getText() === property);

/** Where a table is made, in the list of TT01. */
function noTable(node: ts.Node): string | undefined {
  if (ts.isArrayLiteralExpression(node) && node.elements.some((element) => holds(element, "what"))) return "[]";
  if (ts.isCallExpression(node) && MAKING_CALLS.includes(node.expression.getText())) return "[]";
  if (
    ts.isCallExpression(node) &&
    node.expression.getText() === "made.push" &&
    node.arguments.some((argument) => holds(argument, "what"))
  )
    return "void 0";
  return undefined;
}

/** Where a rule says that something is a breach. */
function noBreach(node: ts.Node): string | undefined {
  if (ts.isArrayLiteralExpression(node) && node.elements.some((element) => holds(element, "message"))) return "[]";
  if (
    ts.isCallExpression(node) &&
    node.expression.getText() === "breaches.push" &&
    node.arguments.some((argument) => holds(argument, "message"))
  )
    return "void 0";
  // One case of a `switch` less.
  if (ts.isCaseClause(node) && ts.isStringLiteral(node.expression)) return `case ${JSON.stringify(NOTHING)}:`;
  return undefined;
}

const NOTHING = "nothing is called this";

function mutant<M>(path: string, { start, end, replacement }: Branch): M {
  const source = readFileSync(path, "utf8");
  const { outputText } = ts.transpileModule(`${source.slice(0, start)}${replacement}${source.slice(end)}`, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const loaded = new Module(path) as Module & { _compile(code: string, file: string): void; paths: string[] };
  loaded.filename = path;
  loaded._compile(outputText, path);
  return loaded.exports;
}

/** The module of a rule as it is when a part of it is another. */
function withPart<M>(rule: string, part: string, branch: Branch): M {
  const cached = require.cache[require.resolve(part)] as NodeJS.Module;
  const { exports } = cached;
  try {
    cached.exports = mutant(part, branch);
    return mutant(rule, { what: "", start: 0, end: 0, replacement: "" });
  } finally {
    cached.exports = exports;
  }
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

  for (const branch of branches(TABLES_MADE, noTable)) {
    it(`that a way to make a table is no longer seen (${branch.what})`, () => {
      assert.ok(!isDeepStrictEqual(count(mutant(TABLES_MADE, branch)), whole));
    });
  }

  for (const rule of RULES) {
    const path = join(LAW, "rules", `${rule.code}.ts`);
    const breaking = EVASIONS.filter(({ codes }) => codes.includes(rule.code));
    const texts = [...breaking.map(({ text }) => text), ...rule.examples.fail];
    const told = (one: Rule): string[] => {
      const options = { rules: [one] };
      const alone = texts.flatMap((text) => {
        const { findings, remarks } = judge([{ text }], options);
        return [...findings, ...remarks];
      });
      const missing = checkText({ text: "CREATE DATABASE CLAUDE_BI" }, { ...options, whole: true });
      return [...alone, ...missing].map(({ message }) => message);
    };
    let before: string[];
    const noticed = (changed: () => Rule | undefined): void => {
      before ??= told(rule);
      let after: string[] | undefined;
      try {
        const other = changed();
        after = other && told(other);
      } catch {
        // A case that falls through to another kind of statement may fail there, which is noticed as well.
      }
      assert.ok(!isDeepStrictEqual(after, before));
    };
    for (const branch of branches(path, noBreach)) {
      it(`that ${rule.code} no longer tells of one kind of breach (${branch.what})`, () =>
        noticed(() => mutant<Record<string, Rule>>(path, branch)[rule.code]));
    }
    for (const file of PARTS[rule.code] ?? []) {
      const part = join(LAW, file);
      for (const branch of branches(part, noBreach)) {
        it(`that ${rule.code} no longer tells of one kind of breach (${file}, ${branch.what})`, () =>
          noticed(() => withPart<Record<string, Rule>>(path, part, branch)[rule.code]));
      }
    }
  }
});
