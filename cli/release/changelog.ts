const UNRELEASED = "## Unreleased\n";

/**
 * Gives what stands under `Unreleased` its version and day, below an `Unreleased` that is empty again.
 * @param day `YYYY-MM-DD`
 * @throws Error when there is nothing to release, or the version stands there already
 */
export function releaseChangelog(changelog: string, version: string, day: string): string {
  const start = changelog.indexOf(UNRELEASED);
  if (start < 0) throw new Error("CHANGELOG.md has no section Unreleased; expected the line: ## Unreleased");
  if (changelog.includes(`\n## ${version} `)) throw new Error(`CHANGELOG.md has a section ${version} already`);
  const rest = changelog.slice(start + UNRELEASED.length);
  const end = rest.search(/^## /m);
  const notes = (end < 0 ? rest : rest.slice(0, end)).trim();
  if (!/^- /m.test(notes)) throw new Error("CHANGELOG.md says nothing under Unreleased: write what users will notice");
  const older = end < 0 ? "" : `\n${rest.slice(end)}`;
  return `${changelog.slice(0, start)}${UNRELEASED}\n## ${version} - ${day}\n\n${notes}\n${older}`;
}
