import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureToolchain, PulumiError } from "../../toolchain/index";
import { createTemporaryProgram, type TemporaryProgram } from "./temporaryProgram";

/** Writes its process id and stays; a timer keeps it alive. */
const ENDLESS = `
require("node:fs").writeFileSync(__dirname + "/pid", String(process.pid));
module.exports = new Promise(() => setInterval(() => {}, 1000));
`;

describe("the Node language host", () => {
  const programs: TemporaryProgram[] = [];
  const create = async (files: Record<string, string>) => {
    const program = await createTemporaryProgram(files);
    programs.push(program);
    return program;
  };
  before(async function () {
    this.timeout(30 * 60_000);
    await ensureToolchain();
  });
  afterEach(() => {
    for (const program of programs.splice(0)) program.dispose();
  });

  it("runs a TypeScript program without resources and shows its output and its stack outputs", async () => {
    const program = await create({
      "Pulumi.yaml": "name: tiny\nruntime: nodejs\nmain: index.ts\n",
      "tsconfig.json":
        '{ "compilerOptions": { "module": "nodenext", "moduleResolution": "nodenext", "strict": true } }',
      "index.ts": 'console.log("to stdout");\nconsole.error("to stderr");\nexport const answer: number = 6 * 7;\n',
    });
    const { stdout } = await program.pulumi(["preview", "--stack", "test"]);
    assert.match(stdout, /^ {4}to stdout$/m);
    assert.match(stdout, /^ {4}to stderr$/m);
    assert.match(stdout, /^ {4}answer: 42$/m);
    assert.match(stdout, /^ {4}\+ 1 to create$/m);
  });

  it("hands over project, stack, organization, configuration, secrets and whether it is a dry run", async () => {
    const program = await create({
      "index.js": `
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();
exports.facts = [pulumi.getProject(), pulumi.getStack(), pulumi.getOrganization(), pulumi.runtime.isDryRun(), config.get("plain")].join(" ");
exports.secret = config.get("hidden");
exports.isSecret = pulumi.runtime.isConfigSecret("tiny:hidden");
exports.cwd = process.cwd();
`,
    });
    await program.pulumi(["config", "set", "--stack", "test", "plain", "--", "--value=dash"]);
    await program.pulumi(["config", "set", "--secret", "hidden", "s3cret", "--stack", "test"]);
    await program.pulumi(["up", "--yes", "--skip-preview", "--stack", "test"]);
    const outputs = await program.pulumi(["stack", "output", "--json", "--show-secrets", "--stack", "test"]);
    assert.deepEqual(JSON.parse(outputs.stdout), {
      facts: "tiny test organization false --value=dash",
      secret: "s3cret",
      isSecret: true,
      cwd: program.directory,
    });
  });

  it("shows the message and the place of an error that the program throws", async () => {
    const program = await create({
      "index.js": 'function build() {\n  throw new Error("the lag is not a duration: 5 bananas");\n}\nbuild();\n',
    });
    const failure = await program.pulumi(["preview", "--stack", "test"]).catch((error: unknown) => error);
    assert.ok(failure instanceof PulumiError);
    assert.equal(failure.exitCode, 1);
    assert.match(failure.message, /^`pulumi preview --stack test` failed with exit code 1\nDiagnostics:\n/);
    assert.match(failure.message, /Error: the lag is not a duration: 5 bananas\n\s+at build \(.*index\.js:2:9\)/);
  });

  it("tells the exit code of a program that ends itself", async () => {
    const program = await create({ "index.js": "process.exit(3);\n" });
    await assert.rejects(program.pulumi(["preview", "--stack", "test"]), /Program exited with non-zero exit code: 3/);
  });

  it("tells the signal that ended a program", async () => {
    const program = await create({ "index.js": 'process.kill(process.pid, "SIGKILL");\n' });
    await assert.rejects(program.pulumi(["preview", "--stack", "test"]), /Program was ended by SIGKILL/);
  });

  it("passes node arguments of Pulumi.yaml to the program", async () => {
    const program = await create({
      "Pulumi.yaml":
        "name: tiny\nmain: index.js\nruntime:\n  name: nodejs\n  options:\n    nodeargs: --stack-trace-limit=7\n",
      "index.js": "exports.limit = Error.stackTraceLimit;\n",
    });
    const { stdout } = await program.pulumi(["preview", "--stack", "test"]);
    assert.match(stdout, /^ {4}limit: 7$/m);
  });

  it("runs a policy pack, whose violation stops the preview", async () => {
    const program = await create({
      "index.js": "",
      "pack/PulumiPolicy.yaml": "runtime: nodejs\n",
      "pack/package.json": '{ "name": "pack", "version": "1.0.0" }\n',
      "pack/index.js": `
const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("pack", { policies: [{
  name: "nothing-at-all", description: "No resource may exist.", enforcementLevel: "mandatory",
  validateStack: (args, report) => report("found " + args.resources.length + " resource"),
}] });
`,
    });
    const failure = program.pulumi(["preview", "--stack", "test", "--policy-pack", join(program.directory, "pack")]);
    await assert.rejects(failure, (error: PulumiError) => {
      assert.match(error.message, /^Policies:$/m);
      assert.match(error.message, /\[mandatory\] {2}nothing-at-all {2}\(pulumi:pulumi:Stack: tiny-test\)$/m);
      assert.match(error.message, /^ +found 1 resource$/m);
      return true;
    });
  });

  it("shows why a policy pack cannot be loaded", async () => {
    const program = await create({
      "index.js": "",
      "pack/PulumiPolicy.yaml": "runtime: nodejs\n",
      "pack/index.js": 'throw new Error("this pack is broken on purpose");\n',
    });
    const failure = program.pulumi(["preview", "--stack", "test", "--policy-pack", join(program.directory, "pack")]);
    await assert.rejects(failure, (error: PulumiError) => {
      assert.match(error.message, /this pack is broken on purpose/);
      return true;
    });
  });

  it("names a resource plugin that is missing", async () => {
    const program = await create({
      "package.json": '{ "name": "tiny", "dependencies": { "absent-package": "1.0.0" } }\n',
      "index.js": `
const pulumi = require("@pulumi/pulumi");
new (class extends pulumi.CustomResource {})("absent:index:Thing", "thing", {}, { version: "1.2.3" });
`,
    });
    await assert.rejects(
      program.pulumi(["preview", "--stack", "test"]),
      /no resource plugin 'pulumi-resource-absent' found/,
    );
  });

  it("runs npm install for `pulumi install` and tells when that fails", async () => {
    const program = await create({ "index.js": "", "package.json": "{ not json" });
    const failure = program.pulumi(["install"]);
    await assert.rejects(failure, /`npm install` in \S+ failed with exit code 1/);
  });

  it("ends the program when the run is interrupted", async () => {
    const program = await create({ "index.js": ENDLESS });
    const abort = new AbortController();
    const run = program.pulumi(["preview", "--stack", "test"], { signal: abort.signal });
    const ended = assert.rejects(run, PulumiError);
    const pid = await readPid(program);
    abort.abort();
    await ended;
    await waitUntilGone(pid);
  });

  it("ends the program when the engine is killed", async () => {
    const program = await create({ "index.js": ENDLESS });
    const { pulumi, env } = await ensureToolchain();
    const engine = spawn(pulumi, ["preview", "--stack", "test", "--non-interactive"], {
      cwd: program.directory,
      env: { ...process.env, ...env, ...program.env },
      stdio: "ignore",
    });
    const pid = await readPid(program);
    engine.kill("SIGKILL");
    await waitUntilGone(pid);
  });
});

async function readPid(program: TemporaryProgram): Promise<number> {
  const path = join(program.directory, "pid");
  while (!existsSync(path) || readFileSync(path, "utf8") === "") await pause();
  return Number(readFileSync(path, "utf8"));
}

/** Ends with the test's time limit if the process stays. */
async function waitUntilGone(pid: number): Promise<void> {
  try {
    for (;;) {
      process.kill(pid, 0);
      await pause();
    }
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, "ESRCH");
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
