import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { globSync } from "tinyglobby";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";

const PAGES = globSync(["*.md", "docs/**/*.md", "examples/*.md", "policies/*.md"], { cwd: PROJECT_ROOT });
const { scripts } = JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
const run = promisify(execFile);

interface Shown {
  page: string;
  script: string;
  /** What stands behind `--`, up to a comment. */
  args: string[];
}

/** Every `npm run …` and `npm start …` with arguments, in blocks and in running text. */
const SHOWN: Shown[] = PAGES.flatMap((page) => {
  const text = readFileSync(join(PROJECT_ROOT, page), "utf8").replace(/ \\\n\s*/g, " ");
  return [...text.matchAll(/npm (?:run (?:--silent )?)?([a-z][a-z:]*) -- ([^`\n]*)/g)].map(
    ([, script = "", rest = ""]) => ({ page, script, args: (rest.split(/ # | {2,}/)[0] ?? "").trim().split(/\s+/) }),
  );
});

/** What `--help` of a command says, with the words before its options (a subcommand) asked on their own. */
async function help(script: string, subcommand: string[]): Promise<string> {
  const [, ...program] = (scripts[script] as string).split(" ");
  const { stdout } = await run(process.execPath, [...program, ...subcommand, "--help"], { cwd: PROJECT_ROOT });
  return stdout;
}

describe("The commands of the documentation", function () {
  this.timeout(120_000);

  it("are many", () => assert.ok(SHOWN.length > 30, `${SHOWN.length} found`));

  for (const script of new Set(SHOWN.map((shown) => shown.script))) {
    it(`npm run ${script}: takes every option it is shown with`, async () => {
      const uses = SHOWN.filter((shown) => shown.script === script);
      const known = new Map<string, string>();
      for (const { page, args } of uses) {
        const subcommand = /^(parse|refreshability)$/.test(args[0] ?? "") ? args.slice(0, 1) : [];
        const key = subcommand.join(" ");
        if (!known.has(key)) known.set(key, await help(script, subcommand));
        for (const [option] of args.join(" ").matchAll(/(?<= |^)--[a-z-]+/g))
          assert.match(known.get(key) as string, new RegExp(`${option}\\b`), `${page}: ${script} ${args.join(" ")}`);
      }
    });
  }
});
