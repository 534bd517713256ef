import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gitSource } from "../../cli/git/gitSource";
import type { TemporaryRepository } from "../cli/temporaryRepository";

/** A commit as the test wrote it: the truth that questions are judged by. */
export interface TrueCommit {
  hash: string;
  author: string;
  /** Seconds since 1970. */
  authored: number;
  landed: number;
  files: { path: string; change: "added" | "modified" | "deleted" }[];
}

const AUTHORS = ["ann@example.com", "ben@example.com", "cem@example.com", "dot@example.com"];
const PATHS = ["src/a.ts", "src/b.ts", "src/c.ts", "docs/guide.md", "docs/law.md", "README.md"];
/** Thursday, 2026-01-01 00:00 UTC. */
export const START = 1_767_225_600;
export const END = START + 70 * 86_400;

/** The same numbers at every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

/** Writes a history of four authors over nine weeks into a real repository. */
export function writeHistory(repository: TemporaryRepository): TrueCommit[] {
  const random = numbers(7);
  const next = (below: number) => Math.floor((random.next().value as number) * below);
  const alive = new Set<string>();
  const commits: TrueCommit[] = [];
  let authored = START;
  for (let n = 0; n < 40; n++) {
    authored += 3600 + next(2 * 86_400);
    const author = AUTHORS[next(4)] as string;
    const landed = authored + 60 + next(3 * 86_400);
    const paths = [...new Set(Array.from({ length: 1 + next(3) }, () => PATHS[next(PATHS.length)] as string))];
    const files = paths.map((path): TrueCommit["files"][number] => {
      const isDeleted = alive.has(path) && next(10) === 0;
      const change = isDeleted ? "deleted" : alive.has(path) ? "modified" : "added";
      mkdirSync(dirname(join(repository.path, path)), { recursive: true });
      if (isDeleted) {
        rmSync(join(repository.path, path));
        alive.delete(path);
      } else {
        writeFileSync(
          join(repository.path, path),
          `${path} as of commit ${n}, by ${author}\n${"unlike any other\n".repeat(n)}`,
        );
        alive.add(path);
      }
      return { path, change };
    });
    const hash = repository.commit(`commit ${n}`, {
      author: `A <${author}>`,
      authored: `${authored} +0100`,
      committed: `${landed} -0500`,
    });
    commits.push({ hash, author, authored, landed, files });
  }
  return commits;
}

/** The events of a repository, as the loader reads them. */
export async function gitEvents(path: string): Promise<unknown[]> {
  const { records } = await gitSource(path, { actors: "email" });
  const events: unknown[] = [];
  for await (const record of records) events.push(JSON.parse((record as { text: string }).text));
  return events;
}
