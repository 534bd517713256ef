import { readFileSync, writeFileSync } from "node:fs";
import { releaseChangelog } from "./release/changelog";

/** Run by `npm version` between writing the version and committing it; npm says which version that is. */
const { npm_package_version: version } = process.env;
try {
  if (version === undefined) throw new Error("This is a step of: npm version major|minor|patch");
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync("CHANGELOG.md", releaseChangelog(readFileSync("CHANGELOG.md", "utf8"), version, day));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
