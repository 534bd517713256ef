import { isUtf8 } from "node:buffer";
import { formatInstant } from "../../client/instant";

export interface FileChange {
  path: string;
  change: "added" | "modified" | "deleted" | "renamed" | "copied" | "type_changed" | "unmerged";
  /** The old path of a renamed or copied file. */
  from?: string;
}

export interface Commit {
  hash: string;
  parents: number;
  authorEmail: string;
  committerEmail: string;
  /** ISO 8601 with the offset git recorded. */
  authoredAt: string;
  committedAt: string;
  /** Characters in the first paragraph of the message. */
  subjectLength: number;
  /** Against the first parent; none for a merge. */
  files: FileChange[];
}

/** A control character that git takes out of names and addresses begins each commit, another separates its fields. */
const HEADER = "\x1e";
const FIELD = "\x1f";
const FORMAT = [`${HEADER}%H`, "%P", "%at", "%ad", "%ae", "%ct", "%cd", "%ce", "%s"]
  .join("%x1f")
  .replace(HEADER, "%x1e");

/** Arguments of `git` that make it print what {@link readGitLog} reads: oldest first, settings of the user left aside. */
export const GIT_LOG_ARGUMENTS: readonly string[] = [
  "-c",
  "log.showSignature=false",
  "-c",
  "log.showRoot=true",
  "-c",
  "i18n.logOutputEncoding=UTF-8",
  "log",
  "--reverse",
  "-z",
  "--name-status",
  "-M",
  "--no-color",
  "--no-ext-diff",
  "--date=format:%z",
  "--no-notes",
  "--ignore-submodules=none",
  `--format=tformat:${FORMAT}`,
];

const CHANGES: Record<string, FileChange["change"]> = {
  A: "added",
  M: "modified",
  D: "deleted",
  R: "renamed",
  C: "copied",
  T: "type_changed",
  U: "unmerged",
};

/** Reads the output of `git log` as {@link GIT_LOG_ARGUMENTS} asks for it, in bounded memory. */
export async function* readGitLog(bytes: AsyncIterable<Buffer>): AsyncGenerator<Commit> {
  let commit: Commit | undefined;
  let status: string | undefined;
  let from: string | undefined;
  for await (const token of splitAtNul(bytes)) {
    const text = decodePath(token);
    if (status !== undefined) {
      const change = CHANGES[status[0] as string] ?? "modified";
      if ((change === "renamed" || change === "copied") && from === undefined) {
        from = text;
        continue;
      }
      commit?.files.push({ path: text, change, ...(from === undefined ? {} : { from }) });
      status = from = undefined;
      continue;
    }
    const line = text.replace(/^\n/, "");
    if (line.startsWith(HEADER)) {
      if (commit !== undefined) yield commit;
      commit = readHeader(line.slice(1));
    } else if (line !== "") {
      status = line;
    }
  }
  if (commit !== undefined) yield commit;
}

function readHeader(line: string): Commit {
  const [hash, parents, at, offset, authorEmail, ct, committerOffset, committerEmail, ...subject] = line.split(FIELD);
  return {
    hash: hash as string,
    parents: (parents as string).split(" ").filter(Boolean).length,
    authorEmail: authorEmail ?? "",
    committerEmail: committerEmail ?? "",
    authoredAt: atOffset(Number(at), offset ?? ""),
    committedAt: atOffset(Number(ct), committerOffset ?? ""),
    subjectLength: [...subject.join(FIELD)].length,
    files: [],
  };
}

/** Local time at an offset such as `+0530`. Old and broken clients recorded offsets that no clock has; those become UTC. */
function atOffset(seconds: number, offset: string): string {
  const match = /^([+-])([01]\d|2[0-3])([0-5]\d)$/.exec(offset);
  const sign = match?.[1] === "-" ? -1 : 1;
  const minutes = match ? sign * (Number(match[2]) * 60 + Number(match[3])) : 0;
  const local = (seconds + minutes * 60) * 1000;
  const zone = match ? `${match[1]}${match[2]}:${match[3]}` : "+00:00";
  // A time JavaScript has no date for stays a number, which the check of events refuses by name.
  return Math.abs(local) <= 8.64e15 ? `${formatInstant(local).replace(/\.000Z$/, "")}${zone}` : String(seconds);
}

/** A path is bytes; those that are no UTF-8 are written as `\xNN`, so that two paths never become one. */
function decodePath(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  return bytes.toString("latin1").replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}

async function* splitAtNul(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of bytes) {
    let start = 0;
    for (let nul = chunk.indexOf(0); nul >= 0; nul = chunk.indexOf(0, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, nul)]);
      rest = [];
      start = nul + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}
