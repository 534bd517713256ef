import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";

const PROGRAM = `
import { EventClient, eventId } from "two-table-warehouse/client";
import { checkText, RULES } from "two-table-warehouse/law";
import { parseStatement } from "two-table-warehouse/dialect";
import { EventWarehouse, readSettings } from "two-table-warehouse";

const settings = readSettings({ config: { account: "ACME-MAIN", user: "ANN", password: "x" }, environment: {} });
const lane: string = settings.database;
console.log(JSON.stringify({
  client: typeof EventClient,
  id: eventId({ action: "a.b", sourceLane: "L", recvAt: 0 }).length,
  rules: RULES.length,
  third: checkText({ text: "CREATE TABLE CLAUDE_BI.MCP.T (A INT)" }).map(({ code }) => code),
  statement: parseStatement("SELECT 1").kind,
  warehouse: typeof EventWarehouse,
  lane,
}));
`;

/** Uses the client as people do: names imported from an ES module, `await using`, an event on the disk without a warehouse. */
const MODULE = `
import { EventClient, InvalidEventError } from "two-table-warehouse/client";
const connection = { account: "A", username: "U", password: "P", accessUrl: "http://127.0.0.1:1" };
const client = new EventClient({ connection, spool: "spool", backoff: { baseMs: 1, capMs: 2 } });
const { status } = await client.track({ action: "order.placed" });
const refused = await client.track({ action: "Placed" }).catch((error) => error instanceof InvalidEventError);
await client[Symbol.asyncDispose]();
console.log(JSON.stringify({ status, refused }));
`;

describe("npm pack", function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), "two-table-package-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const run = (command: string, args: string[], cwd: string) =>
    execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  /** The checkout without what is built, so that nobody else builds at the same place at the same time. */
  const copyOfProject = () => {
    const copy = join(folder, "project");
    const left = ["node_modules", "dist", ".git", ".local", "tests", "bench"];
    mkdirSync(copy);
    for (const name of readdirSync(PROJECT_ROOT)) {
      if (!left.includes(name)) cpSync(join(PROJECT_ROOT, name), join(copy, name), { recursive: true });
    }
    symlinkSync(join(PROJECT_ROOT, "node_modules"), join(copy, "node_modules"));
    return copy;
  };

  it("gives another project the warehouse, the client, the law and the dialect, with types", () => {
    const modules = join(folder, "node_modules");
    mkdirSync(modules);
    // What a registry would install beside it.
    for (const name of readdirSync(join(PROJECT_ROOT, "node_modules"))) {
      if (!name.startsWith(".")) symlinkSync(join(PROJECT_ROOT, "node_modules", name), join(modules, name));
    }
    const pack = ["pack", "--silent", "--pack-destination", folder];
    const packed = run("npm", pack, copyOfProject()).trim().split("\n").at(-1);
    run("tar", ["-xzf", packed as string], folder);
    run("mv", ["package", join(modules, "two-table-warehouse")], folder);
    const shipped = readdirSync(join(modules, "two-table-warehouse"));
    assert.deepEqual(shipped.sort(), ["LICENSE", "README.md", "dist", "package.json"]);

    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "other", type: "commonjs" }));
    writeFileSync(join(folder, "use.ts"), PROGRAM);
    const options = ["--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck", "--types", "node"];
    run(process.execPath, [join(PROJECT_ROOT, "node_modules/typescript/bin/tsc"), ...options, "use.ts"], folder);
    assert.deepEqual(JSON.parse(run(process.execPath, ["use.js"], folder)), {
      client: "function",
      id: 64,
      rules: 12,
      third: ["TT01"],
      statement: "Query",
      warehouse: "function",
      lane: "CLAUDE_BI",
    });
    writeFileSync(join(folder, "use.mjs"), MODULE);
    const said = run(process.execPath, ["use.mjs"], folder).trim().split("\n").at(-1);
    assert.deepEqual(JSON.parse(said as string), { status: "accepted", refused: true });
    assert.deepEqual(readdirSync(join(modules, "two-table-warehouse", "dist")).sort(), [
      "client",
      "components",
      "dialect",
      "law",
      "sql",
    ]);
    assert.match(readFileSync(join(modules, "two-table-warehouse/dist/client/index.d.ts"), "utf8"), /EventClient/);
  });
});
