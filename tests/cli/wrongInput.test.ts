import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";
import { outputsOn } from "../../cli/warehouse/ingestPath";

interface Answer {
  code: number;
  said: string;
}

describe("what somebody gave a command that it cannot take", function () {
  this.timeout(60_000);
  const home = mkdtempSync(join(tmpdir(), "wrong-input-"));
  let taken: Server;
  let port: number;

  before(async () => {
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    ({ port } = taken.address() as { port: number });
    const outputs = outputsOn({ account: "LOCAL-WAREHOUSE", host: "127.0.0.1", port });
    writeFileSync(join(home, "outputs.json"), JSON.stringify(outputs));
    writeFileSync(join(home, "events.ndjson"), "{}\n");
    writeFileSync(join(home, "file"), "");
    mkdirSync(join(home, "folder"));
  });
  after(async () => {
    await new Promise((resolve) => taken.close(resolve));
    rmSync(home, { recursive: true });
  });

  const programOf = (command: string) => ["--require", "ts-node/register/transpile-only", `cli/${command}.ts`];
  /** As somebody new to this machine, who has its toolchain. */
  const environmentOf = (more: Record<string, string>) => {
    const { PATH = "" } = process.env;
    const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
    return { PATH, HOME: home, TWO_TABLE_HOME: join(home, "local"), XDG_CACHE_HOME: cache, NO_COLOR: "1", ...more };
  };

  function run(command: string, args: string[], environment: Record<string, string> = {}): Promise<Answer> {
    const env = environmentOf(environment);
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [...programOf(command), ...args],
        { cwd: PROJECT_ROOT, env },
        (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, said: (stdout + stderr).trim() }),
      ).stdin?.end();
    });
  }

  const inHome = (name: string) => join(home, name);
  const USER = { SNOWFLAKE_USER: "ANN", SNOWFLAKE_PASSWORD: "secret" };

  for (const [name, command, args, message, environment] of [
    [
      "an option without the dashes npm wants",
      "load",
      ["--wat"],
      "error: unknown option '--wat'\nOptions stand behind \"--\". All of them: npm run load -- --help",
    ],
    ["a name of a file that is empty", "load", ["", "--dry-run"], "A name of a file is empty"],
    [
      "a mapping beside no CSV",
      "load",
      [inHome("events.ndjson"), "--set", "action=a.b", "--map", "actor_id=u"],
      "--map and --set are for CSV, and no file is CSV by its name; if one is, say --format csv",
    ],
    [
      "a file for rejected records in a folder that is not there",
      "load",
      [inHome("events.ndjson"), "--rejected", "/no/such/file"],
      "The file of rejected records /no/such/file cannot be written: the folder /no/such does not exist. Choose another with --rejected FILE",
    ],
    [
      "outputs that are not there",
      "mcp",
      ["--outputs", "/no/outputs.json"],
      "/no/outputs.json does not exist; write the outputs with: pulumi stack output --json > FILE",
    ],
    [
      "outputs that are a folder",
      "mcp",
      ["--outputs", inHome("folder")],
      `${inHome("folder")} is a folder; write the outputs with: pulumi stack output --json > FILE`,
    ],
    [
      "an address of another machine",
      "mcp",
      ["--outputs", inHome("outputs.json"), "--http", "--host", "192.0.2.1"],
      "192.0.2.1 is no address of this machine; expected one such as 127.0.0.1 or 0.0.0.0",
      { ...USER, MCP_HTTP_TOKEN: "0123456789abcdef" },
    ],
    ["a port that is none", "start", [], 'PORT is "web"; expected a port, a number from 0 to 65535.', { PORT: "web" }],
    [
      "a history that is not there",
      "start",
      ["--git", "/no/repository"],
      "/no/repository does not exist; expected a git repository (--no-git starts empty)",
    ],
    [
      "a folder of the project that is a file",
      "doctor",
      [],
      `The folder ${inHome("file")} cannot be made: it is a file. Name another one in TWO_TABLE_HOME`,
      { TWO_TABLE_HOME: inHome("file") },
    ],
    [
      "a stack while nobody is logged in",
      "load",
      [inHome("events.ndjson"), "--stack", "dev"],
      "Nobody is logged in to Pulumi, so the stack dev cannot be read. Run: pulumi login   (or set PULUMI_BACKEND_URL, or PULUMI_ACCESS_TOKEN for Pulumi Cloud)",
      { PULUMI_CREDENTIALS_PATH: inHome("folder") },
    ],
  ] as [string, string, string[], string, Record<string, string>?][]) {
    it(`is told by name: ${name}`, async () => {
      const { code, said } = await run(command, args, environment);
      assert.equal(said, message);
      assert.equal(code, 1);
    });
  }

  it("is told by name: a port that is taken", async () => {
    const args = ["--outputs", inHome("outputs.json"), "--http", "--port", String(port)];
    const { code, said } = await run("mcp", args, USER);
    assert.equal(
      said,
      `Port ${port} of 127.0.0.1 is in use. Stop what listens there, or choose another one with --port PORT (0 takes a free one)`,
    );
    assert.equal(code, 1);
  });

  it("is one line each for validate, which goes on with what can be checked", async () => {
    const { code, said } = await run("validate", ["--stack", "../x", "--json"], {
      PULUMI_CREDENTIALS_PATH: inHome("folder"),
    });
    assert.equal(code, 1);
    const [settings, connection, ...others] = JSON.parse(said) as { state: string; found: string; todo?: string }[];
    assert.equal(
      settings?.found,
      '"../x" is no name of a stack; expected letters, digits, hyphens, underscores and periods, such as dev',
    );
    assert.match(connection?.found ?? "", /^Nobody is logged in to Pulumi/);
    // What to do is said once.
    assert.equal(connection?.todo, undefined);
    assert.deepEqual(new Set(others.map(({ state }) => state)), new Set(["skipped"]));
  });

  it("does not make of an account without a stack the settings of the stack local", async () => {
    const { said } = await run("validate", [], { SNOWFLAKE_ACCOUNT: "acme-main" });
    assert.match(
      said,
      /^✗ settings {4}The environment has 2 problems: - password: is required unless privateKey is set/,
    );
  });

  it("makes doctor fail for a port that is none, and go on", async () => {
    const { code, said } = await run("doctor", [], { PORT: "web" });
    assert.equal(code, 1);
    assert.match(said, /^✗ console port {6}PORT is "web"; expected a port, a number from 0 to 65535\.$/m);
    assert.match(said, /^. MCP person/m);
  });

  it("leaves the exit code of the law to whoever reads only the first line", async () => {
    const tables = Array.from({ length: 3000 }, (_, n) => `CREATE TABLE CLAUDE_BI.MCP.T${n} (A INT);\n`).join("");
    const child = spawn(process.execPath, [...programOf("law"), "-"], { cwd: PROJECT_ROOT, env: environmentOf({}) });
    child.stdin.on("error", () => undefined).end(tables);
    child.stdout.once("data", () => child.stdout.destroy());
    assert.equal(await new Promise((resolve) => child.once("close", resolve)), 1);
  });

  it("reads what a shell substitutes for a file", async () => {
    const law = `${process.execPath} ${programOf("law").join(" ")} <(echo "CREATE TABLE CLAUDE_BI.MCP.T (A INT);")`;
    const answer = await new Promise<Answer>((resolve) =>
      execFile("bash", ["-c", law], { cwd: PROJECT_ROOT, env: environmentOf({}) }, (error, stdout) =>
        resolve({ code: Number(error?.code ?? 0), said: stdout }),
      ),
    );
    assert.match(answer.said, /TT01/);
    assert.equal(answer.code, 1);
  });
});
