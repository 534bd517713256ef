import { createHash } from "node:crypto";
import type { EventInput } from "../../client/event";
import type { Commit } from "./gitLog";

export interface GitEventOptions {
  /** Name of the repository: the events' source is `git-<name>`. */
  repository: string;
  /** `hash` (default) makes a person's id from a hash of the e-mail address, so that no address lands in the warehouse. */
  actors?: "hash" | "email";
}

const SCHEMA_VERSION = "2.1.0";

/**
 * The events of a commit: `commit.authored` when and where its author wrote it, `commit.landed` when its committer brought it in,
 * and one `file.changed` per file. Times keep the offset that git recorded.
 *
 * @param place how many earlier commits of this author changed files within the same second, from 0. Git counts seconds; the changes
 * of each further commit are a millisecond later, or two changes of one file would agree in all that makes an event's id.
 */
export function eventsOfCommit(
  commit: Commit,
  { repository, actors = "hash" }: GitEventOptions,
  place = 0,
): EventInput[] {
  const common = { source: `git-${repository}`, schema_version: SCHEMA_VERSION };
  const author = actorId(commit.authorEmail, actors);
  const object = { type: "commit", id: commit.hash };
  const { files, parents, subjectLength } = commit;
  const changedAt = place === 0 ? commit.authoredAt : laterBy(place, commit.authoredAt);
  return [
    {
      action: "commit.authored",
      occurred_at: commit.authoredAt,
      actor_id: author,
      object,
      ...common,
      attributes: { files: files.length, parents, subject_length: subjectLength },
    },
    {
      action: "commit.landed",
      occurred_at: commit.committedAt,
      actor_id: actorId(commit.committerEmail, actors),
      object,
      ...common,
      attributes: { author_id: author },
    },
    ...files.map(
      ({ path, change, from }): EventInput => ({
        action: "file.changed",
        occurred_at: changedAt,
        actor_id: author,
        object: { type: "file", id: path },
        ...common,
        attributes: { commit: commit.hash, change, ...(from === undefined ? {} : { from }) },
      }),
    ),
  ];
}

const laterBy = (milliseconds: number, instant: string) =>
  instant.replace(/[+-]\d\d:\d\d$/, (offset) => `.${String(Math.min(milliseconds, 999)).padStart(3, "0")}${offset}`);

function actorId(email: string, actors: "hash" | "email"): string {
  const address = email.trim().toLowerCase();
  if (actors === "email" && address !== "") return address;
  return `dev_${createHash("sha256").update(address).digest("hex").slice(0, 12)}`;
}
