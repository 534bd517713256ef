import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CheckResult, failed, ok } from "../../checks/check";
import { accountOutputs } from "../../mcp/person";
import { serverCommand } from "../../mcp/printConfig";
import type { Installed } from "./claudeConfig";
import { listTools } from "./listTools";

/** Where, if anywhere, Claude Code has the server; whatever other clients have cannot be known. */
export function mcpInstallation(installed: readonly Installed[]): CheckResult {
  const todo = "npm run mcp -- --print-config   (prints the command that installs it)";
  const [first] = installed;
  if (!first) return ok(`not in Claude Code; to install it: ${todo}`);
  for (const { where, name, entry } of installed) {
    if (entry.url !== undefined) continue;
    const prefix = entry.args?.[(entry.args?.indexOf("--prefix") ?? -1) + 1];
    if (entry.args?.includes("--prefix") && prefix !== undefined && !existsSync(prefix))
      return failed(
        `${where} starts ${name} in ${prefix}, which does not exist`,
        `Run: claude mcp remove ${name}, then: ${todo}`,
      );
  }
  return ok(installed.map(({ where, name }) => `${name} in ${where}`).join("; "));
}

/**
 * Starts the server as clients do and lets it say its tools. It is given the names of a warehouse and a person that do not exist: it logs
 * in with the first call only, and none is made.
 */
export async function mcpServer(installed: readonly Installed[], timeoutMs = 60_000): Promise<CheckResult> {
  const entry = installed.find(({ entry: { command } }) => command !== undefined)?.entry ?? serverCommand({});
  const folder = mkdtempSync(join(tmpdir(), "mcp-doctor-"));
  const outputs = join(folder, "outputs.json");
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...("env" in entry ? entry.env : {}),
    MCP_OUTPUTS: outputs,
    SNOWFLAKE_USER: "DOCTOR",
    SNOWFLAKE_PASSWORD: "not-used",
  };
  for (const name of ["SNOWFLAKE_PRIVATE_KEY", "SNOWFLAKE_PRIVATE_KEY_PATH", "SNOWFLAKE_TOKEN"]) env[name] = "";
  try {
    writeFileSync(outputs, JSON.stringify(accountOutputs({ SNOWFLAKE_ACCOUNT: "DOCTOR-NONE" })));
    const { server, protocol, tools } = await listTools(
      String(entry.command),
      withoutChoice(entry.args ?? []),
      env,
      timeoutMs,
    );
    return ok(`${server} starts, speaks ${protocol} and has ${tools.length} tools`);
  } catch (error) {
    return failed(
      (error as Error).message,
      "Run the command of `npm run mcp -- --print-config` by hand and read what it says",
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Which warehouse it would serve is not asked here. */
function withoutChoice(args: readonly string[]): string[] {
  return args.filter(
    (word, at) => !["--stack", "--outputs"].includes(word) && !["--stack", "--outputs"].includes(args[at - 1] ?? ""),
  );
}
