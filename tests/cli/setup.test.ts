import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import snowflake, { type ConnectionOptions } from "snowflake-sdk";
import { parse } from "yaml";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";
import { accountName } from "../../cli/setup/accountName";
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

  const setup = (...args: string[]) => setupWith({}, ...args);

  function setupWith(more: Record<string, string>, ...args: string[]): Promise<{ code: number; said: string }> {
    const program = ["--require", "ts-node/register/transpile-only", join(project, "cli", "setup.ts"), ...args];
    const { SNOWFLAKE_ACCOUNT: _a, SNOWFLAKE_USER: _u, ...environment } = process.env;
    const env = { ...environment, HOME: home, NO_COLOR: "1", ...more };
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

  it("gives the objects of a new stack names of their own", async () => {
    const { config } = parse(readFileSync(join(project, "Pulumi.qa.yaml"), "utf8"));
    assert.equal(config["two-table-warehouse:environment"], "QA");
    const { said } = await setup("--stack", "acme/two-table/eu-west", "--account", "acme-qa", "--user", "ci", "--yes");
    assert.match(said, /^configuration {2}Pulumi\.eu-west\.yaml, database CLAUDE_BI_EU_WEST$/m);
  });

  it("asks nobody again for what the stack's configuration says", async () => {
    const { code, said } = await setup("--stack", "qa", "--yes");
    assert.equal(code, 0, said);
    assert.match(said, /An administrator of ACME-QA runs this once:/);
    assert.match(said, /^CREATE USER IF NOT EXISTS CI TYPE/m);
  });

  describe("refuses by name and writes nothing", () => {
    const keys = join(home, "keys");
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const write = (name: string, text: string) => writeFileSync(join(keys, name), text);
    before(() => {
      mkdirSync(keys);
      write("public.pem", rsa.publicKey.export({ type: "spki", format: "pem" }) as string);
      write("short.pem", pem(generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey));
      write("ec.pem", pem(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey));
      write("empty.pem", "");
      const cipher = { cipher: "aes-256-cbc", passphrase: "open sesame" };
      write("locked.pem", rsa.privateKey.export({ type: "pkcs8", format: "pem", ...cipher }) as string);
    });
    const pem = (key: typeof rsa.privateKey) => key.export({ type: "pkcs8", format: "pem" }) as string;

    for (const [name, args, message] of [
      ["a name that is no stack", ["--stack", "../x"], /^"\.\.\/x" is no name of a stack; expected letters/],
      ["a name with spaces", ["--stack", "a b"], /^"a b" is no name of a stack/],
      [
        "a locator",
        ["--stack", "new", "--account", "xy12345.eu-west-1"],
        /^The account "xy12345\.eu-west-1" is not ORGANIZATION-ACCOUNT \(it looks like a locator with its region, or a private link\)\. Ask Snowflake with: SELECT/,
      ],
      [
        "a role that is no name",
        ["--stack", "new", "--account-role", "my role"],
        /^"my role" is not a plain identifier/,
      ],
      ["a key that is not there", ["--private-key", "none.p8"], /none\.p8 does not exist; leave out --private-key/],
      ["a folder", ["--private-key", "."], /keys is a folder; expected a file$/],
      ["an empty file", ["--private-key", "empty.pem"], /empty\.pem is no private key in PEM; name the file/],
      ["the public key", ["--private-key", "public.pem"], /public\.pem is the public key; name the file/],
      [
        "an elliptic curve",
        ["--private-key", "ec.pem"],
        /is a key of type ec; Snowflake takes RSA of at least 2048 bits$/,
      ],
      ["a short key", ["--private-key", "short.pem"], /is a key of type rsa with 1024 bits; Snowflake takes RSA/],
      [
        "an encrypted key",
        ["--private-key", "locked.pem"],
        /locked\.pem is encrypted: set SNOWFLAKE_PRIVATE_KEY_PASSPHRASE/,
      ],
    ] as [string, string[], RegExp][]) {
      it(name, async () => {
        const files = () => [readdirSync(project), readdirSync(keys), readFileSync(join(project, ".env"), "utf8")];
        const before = files();
        const full = args.map((arg, n) => (args[n - 1] === "--private-key" ? join(keys, arg) : arg));
        const standard = ["--stack", "new", "--account", "acme-new", "--user", "ci", "--yes"];
        const { code, said } = await setup(...standard, ...full);
        assert.equal(code, 1);
        assert.match(said.trim(), message);
        assert.deepEqual(files(), before);
      });
    }

    it("but takes an encrypted key by its passphrase, and keeps the passphrase nowhere", async () => {
      const args = ["--stack", "locked", "--account", "acme-new", "--user", "ci", "--yes"];
      const key = join(keys, "locked.pem");
      const { code, said } = await setupWith(
        { SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: "open sesame" },
        ...args,
        "--private-key",
        key,
      );
      assert.equal(code, 0, said);
      assert.ok(said.includes(rsa.publicKey.export({ type: "spki", format: "der" }).toString("base64")));
      assert.match(
        said,
        /^note +the key is encrypted: pulumi up, validate and load want SNOWFLAKE_PRIVATE_KEY_PASSPHRASE$/m,
      );
      const env = readFileSync(join(project, ".env"), "utf8");
      assert.match(env, /BEGIN ENCRYPTED PRIVATE KEY/);
      assert.ok(!env.includes("sesame") && !said.includes("sesame"));
    });
  });

  it("says whom .env held before, and takes a password out of the way", async () => {
    writeFileSync(
      join(project, ".env"),
      "\uFEFFSNOWFLAKE_ACCOUNT=OLD-ONE\nSNOWFLAKE_USER=ANN\nSNOWFLAKE_PASSWORD=secret\nPORT=4000\n",
    );
    const { code, said } = await setup("--stack", "qa", "--yes");
    assert.equal(code, 0, said);
    assert.match(said, /^note +\.env held OLD-ONE as ANN; setup for that stack brings it back$/m);
    assert.match(said, /^note +SNOWFLAKE_PASSWORD in \.env is a comment now/m);
    const text = readFileSync(join(project, ".env"), "utf8");
    assert.match(text, /^# SNOWFLAKE_PASSWORD=secret\nPORT=4000\n/);
    assert.equal(parseEnv(text).SNOWFLAKE_PASSWORD, undefined);
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

  it("takes the connection that is the default, or was named, and does not guess", async () => {
    const folder = join(home, ".snowflake");
    writeFileSync(
      join(folder, "connections.toml"),
      [
        '[work]\naccount = "acme-main"\nuser = "ann"\npassword = "secret"',
        '[play]\naccount = "https://acme-play.snowflakecomputing.com"\nuser = "ann@acme.com"\nprivate_key_file = "~/none.p8"\n',
      ].join("\n"),
    );
    rmSync(join(project, "Pulumi.prod.yaml"));
    const unclear = await setup("--stack", "prod", "--yes");
    assert.equal(unclear.code, 1);
    assert.equal(
      unclear.said.trim(),
      "Several accounts are known and none is the default: work (acme-main), play (https://acme-play.snowflakecomputing.com). Choose one with --connection NAME, or name --account and --user",
    );
    assert.ok(!existsSync(join(project, "Pulumi.prod.yaml")));
    const named = await setup("--stack", "prod", "--yes", "--connection", "PLAY");
    assert.equal(named.code, 0, named.said);
    assert.match(named.said, /An administrator of ACME-PLAY runs this once:/);
    // Who logs in by a key keeps it.
    assert.match(named.said, /^ALTER USER "ANN@ACME\.COM" SET RSA_PUBLIC_KEY_2 = '/m);
    assert.match(named.said, /^GRANT ROLE TWO_TABLE_ACCOUNT TO USER "ANN@ACME\.COM";$/m);
    rmSync(join(project, "Pulumi.prod.yaml"));
    const byDefault = await setupWith({ SNOWFLAKE_DEFAULT_CONNECTION_NAME: "work" }, "--stack", "prod", "--yes");
    assert.match(byDefault.said, /An administrator of ACME-MAIN runs this once:/);
    const unknown = await setup("--stack", "prod", "--yes", "--connection", "none");
    assert.equal(unknown.said.trim(), 'No connection "none" with an account is known; known are work, play');
  });

  it("is not held up by a damaged file of others when account and user are named", async () => {
    const folder = join(home, "damaged");
    mkdirSync(folder);
    writeFileSync(join(folder, "config.toml"), "[connections.a\n");
    const args = ["--stack", "prod", "--account", "acme-main", "--user", "ci", "--yes"];
    const { code, said } = await setupWith({ SNOWFLAKE_HOME: folder }, ...args);
    assert.equal(code, 0, said);
  });

  for (const [given, account] of [
    ["acme-main", "ACME-MAIN"],
    [" acme-main.snowflakecomputing.com ", "ACME-MAIN"],
    ["https://acme-my_main.snowflakecomputing.com:443/console", "ACME-MY_MAIN"],
    ["https://app.snowflake.com/acme/main/#/homepage", "ACME-MAIN"],
  ] as const)
    it(`understands the account ${given.trim()}`, () => assert.equal(accountName(given), account));

  it("finds accounts in the environment, connections.toml and config.toml", () => {
    const folder = join(home, "other");
    mkdirSync(folder);
    writeFileSync(
      join(folder, "config.toml"),
      '[connections.a]\naccount = "o-a"\n[connections.b]\nuser = "no account"\n',
    );
    assert.deepEqual(knownConnections({ SNOWFLAKE_HOME: folder, SNOWFLAKE_ACCOUNT: "o-e", SNOWFLAKE_USER: "eve" }), [
      { source: "SNOWFLAKE_ACCOUNT", account: "o-e", user: "eve", hasKey: false, isDefault: false },
      { source: "config.toml [a]", name: "a", account: "o-a", user: undefined, hasKey: false, isDefault: false },
    ]);
    writeFileSync(join(folder, "config.toml"), "[connections.a\n");
    assert.throws(
      () => knownConnections({ SNOWFLAKE_HOME: folder }),
      /config\.toml cannot be read: Invalid TOML document/,
    );
  });

  it("reads connections as the Snowflake CLI does", () => {
    const folder = join(home, "several");
    const configured = join(folder, ".config", "snowflake");
    mkdirSync(configured, { recursive: true });
    writeFileSync(
      join(configured, "config.toml"),
      '\uFEFFdefault_connection_name = "b"\n[cli.logs]\nsave_logs = false\n[connections.old]\naccount = "o-old"\n',
    );
    const shown = (environment: Record<string, string> = {}) =>
      knownConnections({ HOME: folder, ...environment }).map(
        ({ name, account, user, hasKey, isDefault }) =>
          `${name} ${account} ${user}${hasKey ? " by key" : ""}${isDefault ? " *" : ""}`,
      );
    assert.deepEqual(shown(), ["old o-old undefined"]);
    writeFileSync(
      join(configured, "connections.toml"),
      [
        '[a]\naccount = "o-a"\nuser = "ann"\nauthenticator = "externalbrowser"',
        '[B]\naccount = "o-b"\nusername = "bob"\nauthenticator = "snowflake_jwt"\nprivate_key_path = "/k.p8"',
        '[c]\naccount = ""\nuser = "nobody"\n',
      ].join("\n"),
    );
    assert.deepEqual(shown(), ["B o-b bob by key *", "a o-a ann"]);
    assert.deepEqual(
      shown({
        SNOWFLAKE_DEFAULT_CONNECTION_NAME: "a",
        SNOWFLAKE_CONNECTIONS_A_USER: "anne",
        SNOWFLAKE_CONNECTIONS_A_PRIVATE_KEY_FILE: "/a.p8",
        SNOWFLAKE_CONNECTIONS_NEW_ONE_ACCOUNT: "o-n",
      }),
      ["a o-a anne by key *", "B o-b bob by key", "new_one o-n undefined"],
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
