import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { globSync } from "tinyglobby";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";

const PAGES = globSync(["*.md", "docs/**/*.md", "examples/**/*.md", "policies/*.md"], {
  cwd: PROJECT_ROOT,
  ignore: ["**/node_modules/**"],
});
const { scripts } = JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
const read = (page: string) => readFileSync(join(PROJECT_ROOT, page), "utf8");

describe("The documentation", () => {
  it("has pages", () => assert.ok(PAGES.length > 20));

  it("links to nothing that is not there", () => {
    const broken = PAGES.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, target = ""]) => target)
        .filter((target) => !existsSync(join(PROJECT_ROOT, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
    assert.deepEqual(broken, []);
  });

  it("links to no heading that is not there", () => {
    // As GitHub makes them: small letters, no punctuation, hyphens for blanks.
    const anchors = (page: string) =>
      [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
        heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s_-]/gu, "")
          .replace(/ /g, "-"),
      );
    const broken = PAGES.flatMap((page) =>
      [...read(page).matchAll(/\]\(((?!https?:|mailto:)[^)#\s]*\.md)?#([^)\s]+)\)/g)]
        .filter(([, target, anchor = ""]) => !anchors(target ? join(dirname(page), target) : page).includes(anchor))
        .map(([link]) => `${page}: ${link}`),
    );
    assert.deepEqual(broken, []);
  });

  it("names no npm script that is not there", () => {
    const unknown = PAGES.flatMap((page) =>
      [...read(page).matchAll(/npm run ([a-z][a-z:]*)/g)]
        .map(([, script = ""]) => script)
        .filter((script) => !(script in scripts))
        .map((script) => `${page}: npm run ${script}`),
    );
    assert.deepEqual(unknown, []);
  });

  it("names no test file that is not there", () => {
    const unknown = PAGES.flatMap((page) =>
      [...read(page).matchAll(/`(tests\/[\w/.-]+\.ts)`/g)]
        .map(([, file = ""]) => file)
        .filter((file) => !existsSync(join(PROJECT_ROOT, file)))
        .map((file) => `${page}: ${file}`),
    );
    assert.deepEqual(unknown, []);
  });

  it("keeps the README within 200 lines", () => assert.ok(read("README.md").split("\n").length <= 200));
});
