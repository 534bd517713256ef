import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import snowflake, { type ConnectionOptions } from "snowflake-sdk";
import { parse } from "yaml";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";
import { updateEnvFile } from "../../cli/setup/envFile";
import { knownConnections } from "../../cli/setup/knownConnections";
import type { LocalServer } from "../../local/index";
import { connect, disconnect, query, startServer } from "../local/support";

const ROOMS = ["cli", "client", "components", "console", "dialect", "law", "local", "mcp", "sql", "toolchain"];
const FILES = ["package.json", "tsconfig.json", "Pulumi.dev.yaml"];

describe("npm run setup", () => {
  const home = mkdtempSync(join(tmpdir(), "two-table-setup-"));
  const project = join(home, "project");
  let server: LocalServer;

  before(async () => {
    for (const part of [...ROOMS, ...FILES]) cpSync(join(PROJECT_ROOT, part), join(project, part), { recursive: true });
    symlinkSync(join(PROJECT_ROOT, "node_modules"), join(project, "node_modules"));
    server = await startServer();
  });
  after(async () => {
    await server.close();
    rmSync(home, { recursive: true, force: true });
  });

  function setup(...args: string[]): Promise<{ code: number; said: string }> {
    const program = ["--require", "ts-node/register/transpile-only", join(project, "cli", "setup.ts"), ...args];
    const { SNOWFLAKE_ACCOUNT: _a, SNOWFLAKE_USER: _u, ...environment } = process.env;
    const env = { ...environment, HOME: home, NO_COLOR: "1" };
    return new Promise((resolve) => {
      execFile(process.execPath, program, { cwd: project, env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
      ).stdin?.end();
    });
  }

  it("without an account says what is missing and changes nothing", async () => {
    const { code, said } = await setup("--stack", "dev", "--yes");
    assert.equal(code, 1);
    assert.equal(
      said.trim(),
      "Missing --account and --user: nothing was found in the environment or in ~/.snowflake, and nobody can be asked",
    );
    assert.throws(() => statSync(join(project, ".env")));
  });

  it("makes a key an administrator's statements let in, and run again keeps it", async () => {
    const args = ["--stack", "dev", "--account", server.account, "--user", "two_table_deploy", "--yes"];
    const { code, said } = await setup(...args);
    assert.equal(code, 0, said);
    const env = join(project, ".env");
    assert.equal(statSync(env).mode & 0o777, 0o600);
    const values = parseEnv(readFileSync(env, "utf8"));
    assert.equal(values.SNOWFLAKE_ACCOUNT, server.account);
    assert.equal(values.SNOWFLAKE_USER, "TWO_TABLE_DEPLOY");
    assert.ok(!said.includes("PRIVATE KEY"));
    const { config } = parse(readFileSync(join(project, "Pulumi.dev.yaml"), "utf8"));
    assert.equal(config["two-table-warehouse:account"], server.account);
    assert.equal(config["two-table-warehouse:environment"], "DEV");
    assert.match(readFileSync(join(project, "Pulumi.dev.yaml"), "utf8"), /^# A real account/);

    const administrator = await connect(server, { role: "ACCOUNTADMIN" });
    const [first = "", then = ""] = said.split("the administrator runs then:");
    assert.match(then, /CREDIT_QUOTA = 20 /);
    assert.match(then, /^ALTER WAREHOUSE DT_XS_WH_DEV SET RESOURCE_MONITOR = CLAUDE_BI_CREDITS_DEV;$/m);
    for (const statement of first.match(/^(CREATE|ALTER|GRANT) .*;$/gm) ?? []) await query(administrator, statement);
    await disconnect(administrator);
    const deployer = snowflake.createConnection({
      account: server.account,
      accessUrl: `http://${server.host}:${server.port}`,
      username: values.SNOWFLAKE_USER,
      authenticator: "SNOWFLAKE_JWT",
      privateKey: values.SNOWFLAKE_PRIVATE_KEY,
      role: "TWO_TABLE_ACCOUNT",
    } as ConnectionOptions);
    await new Promise<void>((resolve, reject) => deployer.connect((error) => (error ? reject(error) : resolve())));
    assert.deepEqual(await query(deployer, "SELECT CURRENT_USER() AS U, CURRENT_ROLE() AS R"), [
      { U: "TWO_TABLE_DEPLOY", R: "TWO_TABLE_ACCOUNT" },
    ]);
    await disconnect(deployer);

    const again = await setup(...args);
    assert.equal(again.said, said);
    assert.deepEqual(parseEnv(readFileSync(env, "utf8")), values);
  });

  it("prints no second visit of the administrator for who deploys as ACCOUNTADMIN", async () => {
    const args = ["--stack", "qa", "--account", "acme-qa", "--user", "ci", "--account-role", "accountadmin", "--yes"];
    const { code, said } = await setup(...args);
    assert.equal(code, 0, said);
    assert.match(said, /^GRANT ROLE ACCOUNTADMIN TO USER CI;$/m);
    assert.doesNotMatch(said, /RESOURCE|TWO_TABLE_ACCOUNT/);
    const { config } = parse(readFileSync(join(project, "Pulumi.qa.yaml"), "utf8"));
    assert.equal(config["two-table-warehouse:creditMonitor"], "managed");
  });

  it("takes the account that the Snowflake CLI knows", async () => {
    const folder = join(home, ".snowflake");
    mkdirSync(folder);
    writeFileSync(
      join(folder, "connections.toml"),
      '[work]\naccount = "acme-main"\nuser = "ann"\npassword = "secret"\n',
    );
    const { code, said } = await setup("--stack", "prod", "--yes");
    assert.equal(code, 0, said);
    assert.match(said, /An administrator of ACME-MAIN runs this once:/);
    assert.match(said, /CREATE USER IF NOT EXISTS ANN TYPE = SERVICE/);
    assert.ok(!said.includes("secret"));
  });

  it("finds accounts in the environment, connections.toml and config.toml", () => {
    const folder = join(home, "other");
    mkdirSync(folder);
    writeFileSync(
      join(folder, "config.toml"),
      '[connections.a]\naccount = "o-a"\n[connections.b]\nuser = "no account"\n',
    );
    assert.deepEqual(knownConnections({ SNOWFLAKE_HOME: folder, SNOWFLAKE_ACCOUNT: "o-e", SNOWFLAKE_USER: "eve" }), [
      { source: "SNOWFLAKE_ACCOUNT", account: "o-e", user: "eve" },
      { source: "config.toml [a]", account: "o-a", user: undefined },
    ]);
    writeFileSync(join(folder, "config.toml"), "[connections.a\n");
    assert.throws(
      () => knownConnections({ SNOWFLAKE_HOME: folder }),
      /config\.toml cannot be read: Invalid TOML document/,
    );
  });

  it("keeps every other line of .env, also beside values of several lines", async () => {
    const file = join(home, "env");
    writeFileSync(file, '# mine\nPORT=4000\nexport SNOWFLAKE_USER=old\nSNOWFLAKE_PRIVATE_KEY="a\nb"\nWS_PORT=1');
    await updateEnvFile(file, { SNOWFLAKE_USER: "new", SNOWFLAKE_PRIVATE_KEY: "c\nd" });
    assert.equal(
      readFileSync(file, "utf8"),
      '# mine\nPORT=4000\nWS_PORT=1\nSNOWFLAKE_USER=new\nSNOWFLAKE_PRIVATE_KEY="c\nd"\n',
    );
  });
});
