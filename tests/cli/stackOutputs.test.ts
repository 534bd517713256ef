import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTarget } from "../../cli/connection/target";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";
import { namedStackOutputs } from "../../cli/stack/namedStack";
import { loginOf, stackOutputs } from "../../cli/stack/stackOutputs";
import { namesOf } from "../../components/names";
import { outputsOf } from "../../components/outputs";
import { readSettings } from "../../components/settings";
import { createTemporaryBackend, runPulumi, type TemporaryBackend } from "../../toolchain/index";

describe("the outputs of a stack", function () {
  this.timeout(120_000);
  let backend: TemporaryBackend;
  let cwd: string;
  const kept = { ...process.env };
  const connectionFile = () => join(process.env.TWO_TABLE_HOME as string, "connection.json");

  before(async () => {
    backend = createTemporaryBackend();
    Object.assign(process.env, backend.env);
    cwd = mkdtempSync(join(backend.directory, "program-"));
    writeFileSync(join(cwd, "Pulumi.yaml"), "name: two-table-warehouse\nruntime: nodejs\n");
    await runPulumi(["stack", "init", "fresh"], { cwd });
    await runPulumi(["stack", "init", "local"], { cwd });
    process.env.TWO_TABLE_HOME = mkdtempSync(join(backend.directory, "home-"));
  });
  after(() => {
    for (const name of [...Object.keys(backend.env), "TWO_TABLE_HOME", "SNOWFLAKE_USER"]) {
      if (kept[name] === undefined) delete process.env[name];
      else process.env[name] = kept[name];
    }
    backend.dispose();
  });

  for (const [stack, message] of [
    ["fresh", "The stack fresh puts nothing out: it is not deployed. Deploy it with: pulumi up --stack fresh"],
    [
      "none",
      "Pulumi knows no stack none where you are logged in (pulumi whoami --verbose). See which there are with: pulumi stack ls   Make it with: npm run setup -- --stack none, then pulumi stack init none",
    ],
  ] as const)
    it(`says what to do when the stack is ${stack}`, () => assert.rejects(stackOutputs(stack), { message }));

  it("are for `local` those of `npm start` where it has run, else those of the stack that somebody deployed by hand", async () => {
    await assert.rejects(namedStackOutputs("local"), {
      message: "The stack local puts nothing out: it is not deployed. Deploy it with: pulumi up --stack local",
    });
    writeFileSync(connectionFile(), "{}");
    assert.equal(await namedStackOutputs("local"), undefined);
    rmSync(connectionFile());
  });

  it("name the warehouse to send to, as the user of the stack's configuration unless the environment names one", async () => {
    const settings = readSettings({
      config: { account: "LOCAL-WAREHOUSE", user: "X", password: "x" },
      environment: {},
    });
    const outputs = outputsOf(settings, namesOf(settings));
    const urn = "urn:pulumi:local::two-table-warehouse::pulumi:pulumi:Stack::two-table-warehouse-local";
    const resources = [{ urn, custom: false, type: "pulumi:pulumi:Stack", outputs }];
    const state = join(backend.directory, "state.json");
    writeFileSync(state, JSON.stringify({ version: 3, deployment: { manifest: { time: new Date(0) }, resources } }));
    await runPulumi(["stack", "import", "--stack", "local", "--file", state], { cwd });
    delete process.env.SNOWFLAKE_USER;
    const { connection, namedBy } = await findTarget({ stack: "local" });
    assert.deepEqual([connection.username, connection.role, namedBy], ["ADMIN", "MCP_INGEST_ROLE", "--stack local"]);
    process.env.SNOWFLAKE_USER = "SOMEBODY";
    assert.equal((await findTarget({ stack: "local" })).connection.username, "SOMEBODY");
  });

  it("are read with the login of the Pulumi CLI that the person has", () => {
    const home = mkdtempSync(join(tmpdir(), "pulumi-login-"));
    try {
      assert.deepEqual(loginOf({ HOME: home }), {});
      mkdirSync(join(home, ".pulumi"));
      writeFileSync(join(home, ".pulumi", "credentials.json"), "{}");
      assert.deepEqual(loginOf({ HOME: home }), { PULUMI_CREDENTIALS_PATH: join(home, ".pulumi") });
      assert.deepEqual(loginOf({ HOME: home, PULUMI_HOME: PROJECT_ROOT }), {});
      assert.deepEqual(loginOf({ HOME: home, PULUMI_CREDENTIALS_PATH: "/else" }), {});
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
