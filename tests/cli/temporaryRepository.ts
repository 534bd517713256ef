import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A git repository in a temporary folder, untouched by the settings of whoever runs the tests. */
export class TemporaryRepository {
  readonly path = mkdtempSync(join(tmpdir(), "Some Repository-"));
  private readonly environment = { PATH: process.env.PATH, HOME: this.path, GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C" };

  constructor() {
    this.git("init", "--quiet", "--initial-branch=main");
  }

  git(...args: string[]): string {
    return this.gitWith({}, ...args);
  }

  gitWith(environment: Record<string, string>, ...args: string[]): string {
    return execFileSync("git", ["-C", this.path, ...args], {
      encoding: "utf8",
      env: { ...this.environment, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Commits what is in the work tree. Times are git's raw form: seconds and offset. */
  commit(
    subject: string,
    { author = "Ann <Ann@Example.com>", authored = "1772359200 +0530", committed = "1772362800 -0800" } = {},
  ): string {
    const [, name = "", email = ""] = /^(.*) <(.*)>$/.exec(author) ?? [];
    this.git("add", "--all");
    this.gitWith(
      {
        GIT_AUTHOR_NAME: name,
        GIT_AUTHOR_EMAIL: email,
        GIT_AUTHOR_DATE: `@${authored}`,
        GIT_COMMITTER_NAME: "Bot",
        GIT_COMMITTER_EMAIL: "bot@example.com",
        GIT_COMMITTER_DATE: `@${committed}`,
      },
      "commit",
      "--quiet",
      "--allow-empty",
      "--message",
      subject,
    );
    return this.git("rev-parse", "HEAD").trim();
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
