import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { NAMESPACE, readSettings } from "../../components/settings";
import { type CheckResult, failed, ok } from "../checks/check";
import { PROJECT_ROOT } from "../project/projectFolder";
import { stackFileName } from "../project/stackFile";

/** What stands in for a value that only Pulumi can decrypt: it is there, and is not looked at. */
const ENCRYPTED: Record<string, string> = { privateKey: "-----BEGIN ENCRYPTED-----" };

/** Whether the configuration file of a stack would be taken by `pulumi up`. */
export async function checkSettings(stack: string): Promise<CheckResult> {
  let file: string;
  try {
    file = stackFileName(stack);
  } catch (error) {
    return failed((error as Error).message, "See which stacks there are: pulumi stack ls");
  }
  let text: string;
  try {
    text = await readFile(join(PROJECT_ROOT, file), "utf8");
  } catch {
    return failed(`${file} is missing`, `Make it with: npm run setup -- --stack ${stack}`);
  }
  const { config = {} } = (parse(text) ?? {}) as { config?: Record<string, unknown> };
  const prefix = `${NAMESPACE}:`;
  const own = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  const values = own.map(([key, value]) => {
    const name = key.slice(prefix.length);
    return [name, typeof value === "object" ? (ENCRYPTED[name] ?? "encrypted") : String(value)];
  });
  // Port and password of the embedded server are made up at every start.
  const environment = stack === "local" ? { SNOWFLAKE_PORT: "1", SNOWFLAKE_PASSWORD: "made up" } : process.env;
  try {
    readSettings({ config: Object.fromEntries(values), environment });
  } catch (error) {
    const [first = "", ...problems] = (error as Error).message.split("\n");
    const [todo = ""] = problems.splice(-1);
    const all = [first, ...problems.map((line) => line.trim())].join(" ");
    // What setup asks for, it should be asked for.
    const bySetup = /- (account|user|password): is required/.test(all);
    return failed(all, bySetup ? `Run: npm run setup -- --stack ${stack}` : todo);
  }
  return ok(`${file}, ${own.length} values`);
}
