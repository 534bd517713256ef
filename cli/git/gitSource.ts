import { execFile, spawn } from "node:child_process";
import { basename, resolve } from "node:path";
import { promisify } from "node:util";
import { type Source, SourceError, type SourceRecord } from "../load/source";
import { Seconds } from "./commitSeconds";
import { eventsOfCommit } from "./gitEvents";
import { GIT_LOG_ARGUMENTS, readGitLog } from "./gitLog";

export interface GitSourceOptions {
  actors?: "hash" | "email";
  /** Newest commit to read; default: what HEAD is now. */
  to?: string;
  /** Commits that are reachable from this one are left out. */
  after?: string;
}

export interface GitSource extends Source {
  /** The newest commit that is read. */
  head: string;
}

const run = promisify(execFile);

/** The history of a repository, oldest commit first, as events. */
export async function gitSource(path: string, options: GitSourceOptions = {}): Promise<GitSource> {
  const folder = resolve(path);
  const gitFolder = (await git(folder, ["rev-parse", "--absolute-git-dir"])).trim();
  const head =
    options.to ?? (await git(folder, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).catch(() => "")).trim();
  const repository = nameOf(gitFolder);
  const range = options.after === undefined ? [head] : [head, `^${options.after}`];
  const total = head === "" ? 0 : Number(await git(folder, ["rev-list", "--count", ...range]));
  const counter = { done: 0 };
  return {
    name: `git history of ${repository}`,
    identity: `git ${gitFolder}`,
    fingerprint: `${head} ${options.after ?? ""} ${options.actors ?? "hash"}`,
    rejectedFile: resolve(`git-${repository}.rejected.ndjson`),
    records: total === 0 ? none() : readEvents(folder, range, { repository, actors: options.actors }, counter),
    progress: () => ({ done: counter.done, total }),
    unit: "commits",
    head,
  };
}

/** Whether a commit is in the repository and an ancestor of another. */
export async function isAncestor(path: string, ancestor: string, descendant: string): Promise<boolean> {
  return git(resolve(path), ["merge-base", "--is-ancestor", ancestor, descendant]).then(
    () => true,
    () => false,
  );
}

async function* none(): AsyncGenerator<SourceRecord> {}

async function* readEvents(
  folder: string,
  range: readonly string[],
  options: { repository: string; actors?: "hash" | "email" },
  counter: { done: number },
): AsyncGenerator<SourceRecord> {
  const child = spawn("git", ["-C", folder, ...GIT_LOG_ARGUMENTS, ...range, "--"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: plainEnvironment(),
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-2000);
  });
  const ended = new Promise<number | null>((done) => child.once("close", done));
  try {
    let line = 0;
    const seconds = new Seconds();
    for await (const commit of readGitLog(child.stdout)) {
      for (const event of eventsOfCommit(commit, options, seconds.placeOf(commit)))
        yield { line: ++line, text: JSON.stringify(event) };
      counter.done++;
    }
    const code = await ended;
    if (code !== 0) throw new SourceError(`git log ended with exit code ${code}: ${errors.trim()}`);
  } finally {
    child.kill();
  }
}

async function git(folder: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run("git", ["-C", folder, ...args], { env: plainEnvironment() });
    return stdout;
  } catch (error) {
    const { code, stderr = "" } = error as { code?: string | number; stderr?: string };
    if (code === "ENOENT")
      throw new SourceError("git is not installed; the history of a repository cannot be read without it");
    if (/not a git repository/.test(stderr)) throw new SourceError(`${folder} is not a git repository`);
    if (/cannot change to/.test(stderr)) throw new SourceError(`${folder} does not exist or is no folder`);
    throw new SourceError(`git ${args[0]} failed in ${folder}: ${stderr.trim() || `exit code ${code}`}`);
  }
}

/** A hook or an outer git process may have set which repository its children work in. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, ...rest } = process.env;
  return { ...rest, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0" };
}

function nameOf(gitFolder: string): string {
  const parts = gitFolder.split(/[\\/]/);
  // A worktree's folder is <repository>/.git/worktrees/<name>.
  const dotGit = parts.lastIndexOf(".git");
  const name = dotGit > 0 ? (parts[dotGit - 1] as string) : basename(gitFolder).replace(/\.git$/, "");
  return name.toLowerCase().replace(/[^a-z0-9._-]+/g, "-");
}
