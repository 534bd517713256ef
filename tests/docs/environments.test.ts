import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseEnv } from "node:util";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";
import type { LocalServer } from "../../local/index";
import { connect, disconnect, query, startServer } from "../local/support";

const PARTS = ["cli", "client", "components", "console", "dialect", "law", "local", "mcp", "policies", "sql"];
const FILES = ["toolchain", "index.ts", "package.json", "tsconfig.json", "Pulumi.yaml", "Pulumi.dev.yaml"];
const PAGE = readFileSync(join(PROJECT_ROOT, "docs", "environments.md"), "utf8");

/** The commands of the page's first section, as they stand there. */
function commands(): string[] {
  const [, section = ""] = /^## First deployment to an account$(.*?)^## /ms.exec(PAGE) ?? [];
  return [...section.matchAll(/^```bash\n(.*?)^```|`((?:npm|pulumi|eval) [^`]+)`/gms)].flatMap(
    ([, block, inline = ""]) => (block === undefined ? [inline] : block.trim().split("\n")),
  );
}

describe("docs/environments.md, followed on the embedded server as the account", function () {
  this.timeout(600_000);
  const home = mkdtempSync(join(tmpdir(), "two-table-environments-"));
  const project = join(home, "project");
  let server: LocalServer;

  before(async () => {
    mkdirSync(project);
    for (const part of [...PARTS, ...FILES]) cpSync(join(PROJECT_ROOT, part), join(project, part), { recursive: true });
    symlinkSync(join(PROJECT_ROOT, "node_modules"), join(project, "node_modules"));
    mkdirSync(join(home, "state"));
    server = await startServer();
  });
  after(async () => {
    await server.close();
    rmSync(home, { recursive: true, force: true });
  });

  it("leads to a warehouse that npm run validate finds in order", async () => {
    // What a person has set: the account they mean, where their state lives; and no questions, since nobody answers here.
    let environment: Record<string, string | undefined> = {
      HOME: home,
      NO_COLOR: "1",
      SNOWFLAKE_ACCOUNT: server.account,
      SNOWFLAKE_USER: "TWO_TABLE_DEPLOY",
      PULUMI_BACKEND_URL: pathToFileURL(join(home, "state")).href,
      // Where they are logged in is theirs: the one of who runs this test stays as it is.
      PULUMI_CREDENTIALS_PATH: home,
      PULUMI_CONFIG_PASSPHRASE: "only-for-this-test",
      PULUMI_SKIP_CONFIRMATIONS: "true",
      XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(process.env.HOME ?? "", ".cache"),
    };
    let shell = "";
    const run = async (command: string, expected = 0): Promise<string> => {
      const child = spawn("bash", ["-c", `${shell}\n${command}`], {
        cwd: project,
        env: { ...process.env, ...environment },
      });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
      child.stdin.end();
      const code = await new Promise((resolve) => child.once("close", resolve));
      assert.equal(code, expected, `${command}\n${said}`);
      return said;
    };
    const administer = async (statements: string) => {
      const administrator = await connect(server, { role: "ACCOUNTADMIN" });
      for (const statement of statements.match(/^(CREATE|ALTER|GRANT) .*;$/gm) ?? [])
        await query(administrator, statement);
      await disconnect(administrator);
    };
    const toldTo = { before: "", behind: "" };
    const reports: string[] = [];
    for (const command of commands()) {
      if (command.includes("--account-role ACCOUNTADMIN")) continue;
      if (command.startsWith("eval")) {
        shell = command;
        continue;
      }
      if (command.includes("creditMonitor")) await administer(toldTo.behind);
      const said = await run(command);
      if (command.startsWith("npm run setup")) {
        [toldTo.before = "", toldTo.behind = ""] = said.split("the administrator runs then:");
        await administer(toldTo.before);
        environment = { ...environment, ...parseEnv(readFileSync(join(project, ".env"), "utf8")) };
      }
      if (command === "pulumi stack init dev")
        for (const [key, value] of [
          ["host", server.host],
          ["port", String(server.port)],
          ["protocol", "http"],
        ])
          await run(`pulumi config set --stack dev two-table-warehouse:${key} ${value}`);
      if (command.startsWith("pulumi preview")) assert.deepEqual(said.match(/^.*not known yet.*$/gm), null);
      if (command.includes("validate")) reports.push(said);
    }
    assert.match(reports[0] ?? "", /no resource monitor caps CLAUDE_WAREHOUSE_DEV, DT_XS_WH_DEV/);
    const last = await run("npm run validate -- --stack dev --json");
    const results = JSON.parse(last.slice(last.indexOf("["))) as { name: string; state: string }[];
    assert.deepEqual(
      results.map(({ name, state }) => `${name}: ${state}`),
      ["settings", "connection", "roles", "objects", "credits", "law", "refresh"].map((name) => `${name}: ok`),
      last,
    );
  });
});
