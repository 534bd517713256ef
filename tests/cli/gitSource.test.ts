import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GitSourceOptions, gitSource, isAncestor } from "../../cli/git/gitSource";
import { prepareEventText } from "../../client/prepareEvent";
import { TemporaryRepository } from "./temporaryRepository";

const dev = (email: string) => `dev_${createHash("sha256").update(email).digest("hex").slice(0, 12)}`;

interface GitEvent {
  action: string;
  occurred_at: string;
  actor_id: string;
  object: { type: string; id: string };
  source: string;
  attributes: Record<string, unknown>;
}

describe("the history of a git repository", () => {
  let repository: TemporaryRepository;
  const write = (path: string, text: string) => writeFileSync(join(repository.path, path), text);
  const read = async (options: GitSourceOptions = {}): Promise<GitEvent[]> => {
    const source = await gitSource(repository.path, options);
    const events: GitEvent[] = [];
    for await (const { text } of source.records) {
      prepareEventText(text, { lane: "DIRECT", recvAt: 0 });
      events.push(JSON.parse(text) as GitEvent);
    }
    return events;
  };
  const changes = (events: GitEvent[]) =>
    events
      .filter(({ action }) => action === "file.changed")
      .map(({ object, attributes }) => [attributes.change, object.id, attributes.from]);

  beforeEach(() => {
    repository = new TemporaryRepository();
  });
  afterEach(() => repository.remove());

  it("becomes commits, landings and file changes, oldest first, each time with the offset git recorded", async () => {
    write("a.txt", "1");
    const hash = repository.commit("Begin");
    const events = await read();
    assert.deepEqual(
      events.map(({ action, occurred_at, actor_id, object, attributes }) => ({
        action,
        occurred_at,
        actor_id,
        object,
        attributes,
      })),
      [
        {
          action: "commit.authored",
          occurred_at: "2026-03-01T15:30:00+05:30",
          actor_id: dev("ann@example.com"),
          object: { type: "commit", id: hash },
          attributes: { files: 1, parents: 0, subject_length: 5 },
        },
        {
          action: "commit.landed",
          occurred_at: "2026-03-01T03:00:00-08:00",
          actor_id: dev("bot@example.com"),
          object: { type: "commit", id: hash },
          attributes: { author_id: dev("ann@example.com") },
        },
        {
          action: "file.changed",
          occurred_at: "2026-03-01T15:30:00+05:30",
          actor_id: dev("ann@example.com"),
          object: { type: "file", id: "a.txt" },
          attributes: { commit: hash, change: "added" },
        },
      ],
    );
    assert.match(events[0]?.source ?? "", /^git-some-repository-/);
  });

  it("keeps two changes of one file by one person in one second apart, in their order, a millisecond between them", async () => {
    for (const text of ["1", "2", "3"]) {
      write("a.txt", text);
      repository.commit(`Write ${text}`);
    }
    const events = await read();
    assert.deepEqual(
      events.filter(({ action }) => action === "file.changed").map(({ occurred_at }) => occurred_at),
      ["2026-03-01T15:30:00+05:30", "2026-03-01T15:30:00.001+05:30", "2026-03-01T15:30:00.002+05:30"],
    );
    const texts = events.map((event) => JSON.stringify(event));
    const ids = texts.map((text) => prepareEventText(text, { lane: "DIRECT", recvAt: 0 }).eventId);
    assert.equal(new Set(ids).size, 9);
  });

  it("tells added, modified, deleted and renamed files apart, whatever their names", async () => {
    mkdirSync(join(repository.path, "dir"));
    write("dir/with space \" ' \t.txt", "x\n".repeat(50));
    write("line\nbreak", "2");
    write("ümlaut", "3");
    repository.commit("One");
    renameSync(join(repository.path, "dir/with space \" ' \t.txt"), join(repository.path, "M"));
    rmSync(join(repository.path, "line\nbreak"));
    write("ümlaut", "4");
    repository.commit("Two");
    assert.deepEqual(changes(await read()), [
      ["added", "dir/with space \" ' \t.txt", undefined],
      ["added", "line\nbreak", undefined],
      ["added", "ümlaut", undefined],
      ["renamed", "M", "dir/with space \" ' \t.txt"],
      ["deleted", "line\nbreak", undefined],
      ["modified", "ümlaut", undefined],
    ]);
  });

  it("keeps two paths apart that are no UTF-8", async () => {
    for (const byte of [0xe4, 0xf6])
      writeFileSync(Buffer.concat([Buffer.from(`${repository.path}/f`), Buffer.from([byte])]), "x");
    repository.commit("Old names");
    assert.deepEqual(
      changes(await read()).map(([, path]) => path),
      ["f\\xe4", "f\\xf6"],
    );
  });

  it("includes merges, without files, and commits that change nothing", async () => {
    repository.commit("One");
    repository.git("checkout", "--quiet", "-b", "side");
    write("b", "1");
    repository.commit("Two");
    repository.git("checkout", "--quiet", "main");
    write("c", "1");
    repository.commit("Three");
    repository.gitWith(
      { GIT_AUTHOR_NAME: "M", GIT_AUTHOR_EMAIL: "m@x.y", GIT_COMMITTER_NAME: "M", GIT_COMMITTER_EMAIL: "m@x.y" },
      "merge",
      "--quiet",
      "--no-ff",
      "-m",
      "Merge",
      "side",
    );
    const authored = (await read())
      .filter(({ action }) => action === "commit.authored")
      .map(({ attributes }) => [attributes.parents, attributes.files]);
    assert.deepEqual(authored, [
      [0, 0],
      [1, 1],
      [1, 1],
      [2, 0],
    ]);
  });

  it("writes people's addresses only when asked", async () => {
    repository.commit("One");
    assert.equal((await read({ actors: "email" }))[0]?.actor_id, "ann@example.com");
    assert.ok(!JSON.stringify(await read()).includes("example.com"));
  });

  it("reads times before 1970 and beyond the range of clocks' offsets", async () => {
    repository.commit("Old", { authored: "0 +0000", committed: "1772359200 +9959" });
    const [authored, landed] = await read();
    assert.equal(authored?.occurred_at, "1970-01-01T00:00:00+00:00");
    assert.match(landed?.occurred_at ?? "", /^2026-03-01T10:00:00\+00:00$/);
  });

  it("can be read from a commit on", async () => {
    const first = repository.commit("One");
    write("b", "1");
    const second = repository.commit("Two");
    const later = await read({ after: first });
    assert.deepEqual(
      [...new Set(later.filter(({ object }) => object.type === "commit").map(({ object }) => object.id))],
      [second],
    );
    assert.equal(await isAncestor(repository.path, first, second), true);
    assert.equal(await isAncestor(repository.path, second, first), false);
  });

  it("of a repository without commits is empty", async () => {
    assert.deepEqual(await read(), []);
  });

  it("of a folder that is none is refused by name", async () => {
    const folder = mkdtempSync(join(tmpdir(), "no-repository-"));
    try {
      await assert.rejects(gitSource(folder), { message: `${folder} is not a git repository` });
      await assert.rejects(gitSource(join(folder, "missing")), {
        message: `${join(folder, "missing")} does not exist or is no folder`,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
