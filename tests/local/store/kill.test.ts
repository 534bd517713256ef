import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { systemClock } from "../../../local/clock";
import { Store } from "../../../local/store/store";
import { temporaryDirectory } from "../server/process";

/** `KILLS=300 npx mocha …` for a long run. */
const KILLS = Number(process.env.KILLS ?? 6);

/** Runs the writer until it has committed `commits` pairs and a little longer, kills it and gives the last number it printed. */
function writeAndKill(directory: string, commits: number, extraMs: number): Promise<number> {
  const child = spawn(
    process.execPath,
    ["-r", "ts-node/register/transpile-only", join(__dirname, "writer.ts"), directory],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let last = 0;
  let seen = 0;
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      last = Number(line);
      if (++seen === commits) setTimeout(() => child.kill("SIGKILL"), extraMs);
    }
  });
  return new Promise((resolve) => child.once("close", () => resolve(last)));
}

describe("a writer that is killed in the middle", function () {
  this.timeout(KILLS * 20_000);

  it("leaves rows and objects that belong together and loses nothing it had reported", async () => {
    const directory = temporaryDirectory();
    for (let round = 0; round < KILLS; round++) {
      const reported = await writeAndKill(directory.path, 5 + ((round * 7) % 40), (round * 3) % 11);
      const store = await Store.open({ directory: directory.path, clock: systemClock });
      const { rows } = await store.withReader((c) => c.run("SELECT n FROM data.pairs ORDER BY n"));
      const names = store.catalogue.all("DATABASE").map((database) => database.name);
      assert.deepEqual(
        names,
        rows.map(([n]) => `DB${n}`),
      );
      assert.ok(rows.length >= reported, `${rows.length} rows, ${reported} reported`);
      assert.equal(new Set(store.catalogue.all("DATABASE").map((d) => d.id)).size, names.length);
      await store.close();
    }
    directory.remove();
  });
});
