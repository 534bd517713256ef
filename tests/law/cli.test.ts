import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

interface Answer {
  status: number | null;
  stdout: string;
  stderr: string;
}

function law(cwd: string, args: string[], input: string | Buffer = ""): Answer {
  const node = ["--require", join(ROOT, "toolchain/loadTypeScript.js"), join(ROOT, "cli/law.ts")];
  const env = { ...process.env, NO_COLOR: "1" };
  return spawnSync(process.execPath, [...node, ...args], { cwd, env, input, encoding: "utf8" });
}

const resource = (name: string, type: string, inputs: object, more: object = {}) => ({
  urn: `urn:pulumi:dev::shop::${type}::${name}`,
  type,
  inputs,
  ...more,
});

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };

describe("npm run law", function () {
  this.timeout(120_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "two-table-law-"));
    mkdirSync(join(folder, "sql", "deep"), { recursive: true });
    writeFileSync(join(folder, "sql", "a.sql"), "SELECT 1;");
    writeFileSync(join(folder, "sql", "deep", "b.sql"), "SELECT 1;\nCREATE TABLE CLAUDE_BI.MCP.T (A INT);");
    writeFileSync(join(folder, "c.sql"), "CREATE TABLE ANALYTICS.X.T (A INT); CREATE TABLE CLAUDE_BI.MCP.T (A INT)");
    mkdirSync(join(folder, "empty"));
    writeFileSync(join(folder, "odd.json"), '{ "law": { "databse": "X" } }');
    writeFileSync(join(folder, "rule.json"), '{ "tt01": { "alow": ["users"] } }');
    writeFileSync(join(folder, "Pulumi.bad.yaml"), "config: {");
    writeFileSync(
      join(folder, "state.json"),
      JSON.stringify({
        version: 3,
        deployment: {
          resources: [
            resource("db", "snowflake:index/database:Database", { name: "CLAUDE_BI" }),
            resource("users", "snowflake:index/table:Table", { name: "USERS", database: "CLAUDE_BI", schema: "MCP" }),
            resource(
              "gone",
              "snowflake:index/table:Table",
              { name: "OLD", database: "CLAUDE_BI", schema: "MCP" },
              { delete: true },
            ),
            resource("hidden", "snowflake:index/execute:Execute", {
              execute: "SELECT 1;\nTRUNCATE TABLE CLAUDE_BI.LANDING.RAW_EVENTS",
            }),
            resource("closed", "snowflake:index/execute:Execute", { execute: SECRET, revert: "SELECT 1" }),
            resource("bucket", "aws:s3/bucket:Bucket", { bucket: "x" }),
          ],
        },
      }),
    );
  });

  after(() => rmSync(folder, { recursive: true }));

  it("judges files, folders and globs; exit code 1 when it finds something", () => {
    const { status, stdout } = law(folder, ["sql", "c.s*", "--format", "json"]);
    assert.deepEqual(
      JSON.parse(stdout).findings.map(({ code, where }: { code: string; where: Record<string, unknown> }) => [
        code,
        where.file,
        where.line,
        where.column,
      ]),
      [
        ["TT01", "sql/deep/b.sql", 2, 14],
        ["TT01", "c.sql", 1, 50],
      ],
    );
    assert.equal(status, 1);
  });

  it("reads standard input, governs the database it is told, and exits with 0 when nothing is found", () => {
    const { status, stdout } = law(folder, ["-", "--database", "other_db"], "CREATE TABLE CLAUDE_BI.MCP.T (A INT);");
    assert.equal(stdout, "The two tables are safe: no finding.\n");
    assert.equal(status, 0);
  });

  it("judges an exported stack: typed resources, SQL inside, what is missing only when all is seen", () => {
    const { status, stdout } = law(folder, ["--state", "state.json"]);
    assert.match(stdout, /^users:1:14 {2}TT01 {2}Creates the table CLAUDE_BI\.MCP\.USERS: /m);
    assert.match(
      stdout,
      /^hidden\.execute:2:16 {2}TT03 {2}Truncates CLAUDE_BI\.LANDING\.RAW_EVENTS, which is append-only\.$/m,
    );
    assert.match(stdout, /^closed\.execute {2}note: Not judged: the value is a secret of the stack/m);
    assert.doesNotMatch(stdout, /OLD|missing/);
    assert.equal(status, 1);
  });

  it("does as the policy pack is configured: levels, and resources that a rule leaves alone", () => {
    const configured = (config: object) => {
      writeFileSync(join(folder, "law.json"), JSON.stringify(config));
      const { status, stdout } = law(folder, ["--state", "state.json", "--config", "law.json", "--format", "json"]);
      const { findings, exceptions, remarks } = JSON.parse(stdout);
      const told = (list: { code: string; where: { resource?: string } }[]) =>
        list.map(({ code, where }) => `${code} ${where.resource}`);
      return [status, told(findings), told(exceptions), told(remarks)];
    };
    assert.deepEqual(
      configured({ tt01: { allow: ["users"] }, tt03: "advisory", law: { enforcementLevel: "advisory" } }),
      [0, ["TT03 hidden"], ["TT01 users"], ["undefined closed"]],
    );
    assert.deepEqual(configured({ all: "disabled", tt01: { enforcementLevel: "mandatory" }, law: "advisory" }), [
      1,
      ["TT01 users"],
      [],
      [
        "undefined closed",
        ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((n) => `TT${String(n).padStart(2, "0")} undefined`),
      ],
    ]);
  });

  it("answers lines for tools, in order, each with code, place and fix", () => {
    const lines = [
      { id: "a", sql: "SELECT 1" },
      { id: 2, sql: "SELECT 1;\nDROP TABLE LANDING.RAW_EVENTS" },
      { id: 3, sql: "-- law:allow TT09 because it is measured once\nUSE WAREHOUSE DT_XS_WH" },
    ];
    const { status, stdout } = law(
      folder,
      ["--jsonl", "-"],
      `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`,
    );
    const [first, second, third] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(first, { id: "a", findings: [] });
    assert.deepEqual(second, {
      id: 2,
      findings: [
        {
          code: "TT03",
          severity: "error",
          message: "Drops the landing table CLAUDE_BI.LANDING.RAW_EVENTS.",
          where: { line: 2, column: 12, span: { start: 21, end: 39 }, excerpt: "DROP TABLE LANDING.RAW_EVENTS" },
          fix: "Keep it; destroying an environment is done by pulumi destroy.",
        },
      ],
    });
    assert.deepEqual(third, {
      id: 3,
      findings: [],
      exceptions: [
        {
          code: "TT09",
          reason: "it is measured once",
          where: {
            line: 1,
            column: 1,
            span: { start: 0, end: 45 },
            excerpt: "-- law:allow TT09 because it is measured once",
          },
          used: true,
        },
      ],
    });
    assert.equal(status, 1);
  });

  it("answers a line that is none with its error, goes on, and exits with 2", () => {
    const { status, stdout, stderr } = law(
      folder,
      ["--jsonl", "-"],
      '\ufeff{"id": 1, "sql": "SELECT 1"}\r\nnonsense\n{"id": 3}\nnull\n\n{"id": "x", "sql": "DROP SCHEMA LANDING"}',
    );
    const answers = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      answers.map(({ id, findings, error }) => [id, error ?? findings.map(({ code }: { code: string }) => code)]),
      [
        [1, []],
        [null, 'Line 2 is not {"id": …, "sql": "…"}: nonsense'],
        [3, 'Line 3 is not {"id": …, "sql": "…"}: {"id": 3}'],
        [null, 'Line 4 is not {"id": …, "sql": "…"}: null'],
        ["x", ["TT03"]],
      ],
    );
    assert.match(stderr, /^Line 2 is not .*\nLine 3 is not .*\nLine 4 is not .*\n$/);
    assert.equal(status, 2);
  });

  it("reads what lies in a folder in other letters, hidden or in UTF-16, and finds plain secrets of the stack", () => {
    const odd = join(folder, "odd");
    mkdirSync(join(odd, ".hidden"), { recursive: true });
    const sql = "SELECT 1;\r\nCREATE TABLE CLAUDE_BI.MCP.T (A INT)";
    writeFileSync(join(odd, ".hidden", "A.SQL"), `\ufeff${sql}`);
    writeFileSync(join(odd, "little.sql"), Buffer.from(`\ufeff${sql}`, "utf16le"));
    writeFileSync(join(odd, "big.sql"), Buffer.from(sql, "utf16le").swap16());
    writeFileSync(
      join(odd, "Pulumi.dev.yaml"),
      `config:
  snowflake:password: Never.Show.This.1
  snowflake:privateKeyPath: /keys/key.p8
  shop:token:
    secure: v1:abc
  shop:mail:
    clientSecret: Never.Show.This.2
  shop:note: |
    -----BEGIN PRIVATE KEY-----
`,
    );
    const { status, stdout } = law(folder, ["odd"]);
    assert.deepEqual(
      stdout
        .split("\n")
        .filter((line) => / {2}TT\d\d {2}/.test(line))
        .map((line) => line.replace(/: CLAUDE_BI holds.*/, "")),
      [
        "odd/.hidden/A.SQL:2:14  TT01  Creates the table CLAUDE_BI.MCP.T",
        "odd/big.sql:2:14  TT01  Creates the table CLAUDE_BI.MCP.T",
        "odd/little.sql:2:14  TT01  Creates the table CLAUDE_BI.MCP.T",
        "odd/Pulumi.dev.yaml:2:23  TT12  snowflake:password stands in plain text in the configuration of the stack.",
        "odd/Pulumi.dev.yaml:7:19  TT12  shop:mail.clientSecret stands in plain text in the configuration of the stack.",
        "odd/Pulumi.dev.yaml:8:14  TT12  shop:note stands in plain text in the configuration of the stack.",
      ],
    );
    assert.ok(!stdout.includes("Never.Show"));
    assert.equal(status, 1);
  });

  it("reads the export of an empty stack, and the state file of a backend", () => {
    const empty = law(folder, ["--state", "-"], JSON.stringify({ version: 3, deployment: { manifest: {} } }));
    assert.deepEqual([empty.status, empty.stdout], [0, "The two tables are safe: no finding.\n"]);
    const resources = [resource("x", "snowflake:index/execute:Execute", { execute: "CREATE TABLE MCP.T (A INT)" })];
    const state = law(
      folder,
      ["--state", "-", "--format", "github"],
      JSON.stringify({ version: 3, checkpoint: { stack: "dev", latest: { resources } } }),
    );
    const plain = law(
      folder,
      ["--state", "-"],
      JSON.stringify({
        deployment: {
          resources: [
            resource("bob", "snowflake:index/user:User", {
              name: "BOB",
              password: "Never.Show.This.3",
              mustChangePassword: "true",
            }),
            resource("default", "pulumi:providers:snowflake", { privateKey: SECRET, token: "Never.Show.This.4" }),
          ],
        },
      }),
    );
    assert.match(plain.stdout, /^bob\.password {2}TT12 {2}password stands in plain text in the state of the stack\.$/m);
    assert.match(plain.stdout, /^default\.token {2}TT12 {2}token stands/m);
    assert.match(plain.stdout, /^2 findings\.$/m);
    assert.ok(!plain.stdout.includes("Never.Show"));
    assert.match(state.stdout, /^::error file=x,line=1,col=14,title=TT01::Creates the table CLAUDE_BI\.MCP\.T: /);
    assert.equal(state.status, 1);
  });

  it("judges the others when one of several files cannot be read, names it, and exits with 2", () => {
    const some = join(folder, "some");
    mkdirSync(some);
    writeFileSync(join(some, "a.sql"), "CREATE TABLE CLAUDE_BI.MCP.T (A INT)");
    writeFileSync(join(some, "Pulumi.dev.yaml"), "config: {");
    const { status, stdout, stderr } = law(folder, ["some", "--format", "github"]);
    assert.match(stdout, /^::error file=some\/a\.sql,line=1,col=14,title=TT01::/);
    assert.match(stdout, /^::notice::Not judged: some\/Pulumi\.dev\.yaml is not YAML: /m);
    assert.match(stderr, /^some\/Pulumi\.dev\.yaml is not YAML: /);
    assert.equal(status, 2);
  });

  it("judges a file once that is named in several ways", () => {
    writeFileSync(join(folder, "twice.sql"), "CREATE TABLE CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD VARIANT);");
    const { status, stdout } = law(folder, ["twice.sql", "./twice.sql", join(folder, "twice.sql"), "twic*.sql"]);
    assert.equal(stdout, "The two tables are safe: no finding.\n");
    assert.equal(status, 0);
  });

  it("explains a rule", () => {
    const { status, stdout } = law(folder, ["--explain", "tt05"]);
    assert.match(stdout, /^TT05 {2}The query of the events table refreshes incrementally/);
    assert.equal(status, 0);
  });

  for (const [what, args, message] of [
    ["a file that is not there", ["none.sql"], "No file or folder none.sql."],
    ["nothing", [], "Nothing to judge: give files, folders, - for standard input, --state FILE, or --live."],
    ["a state that is none", ["--state", "sql/a.sql"], "sql/a.sql is not JSON: "],
    ["a state of another kind", ["--state", "odd.json"], "odd.json is no exported stack: "],
    ["a folder without SQL", ["empty"], "No file below empty ends in .sql."],
    ["a pattern that nothing matches", ["*.ddl"], "No file matches *.ddl."],
    ["lines that are not there", ["--jsonl", "none.jsonl"], "none.jsonl cannot be read: ENOENT"],
    ["a configuration of other keys", ["-", "--config", "odd.json"], "odd.json is no configuration of the law: "],
    ["a configuration of no rule", ["-", "--config", "rule.json"], "rule.json is no configuration of the law: "],
    ["stack configuration that is no YAML", ["Pulumi.bad.yaml"], "Pulumi.bad.yaml is not YAML: "],
    ["an option that is none", ["--nonsense"], "error: unknown option '--nonsense'"],
    ["a database without a name", ["-", "--database", ""], 'two-table-law: database is ""; expected a name'],
    ["files beside lines", ["sql/a.sql", "--jsonl", "none.jsonl"], "--jsonl goes alone: "],
    ["a state beside a rule", ["--explain", "TT01", "--state", "odd.json"], "--explain goes alone: "],
    ["a rule that is none", ["--explain", "TT99"], "No rule TT99; there are TT01, "],
  ] as const) {
    it(`says what is wrong with ${what}, and exits with 2`, () => {
      const { status, stdout, stderr } = law(folder, [...args]);
      assert.ok(stderr.startsWith(message), stderr);
      assert.equal(stdout, "");
      assert.equal(status, 2);
    });
  }
});
