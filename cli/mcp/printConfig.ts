import { PROJECT_ROOT } from "../project/projectFolder";
import type { PersonChoice } from "./person";

/** What the server is called in a client's configuration. */
export const NAME = "two-table-warehouse";

/** How clients start the server. npm finds the project wherever the client runs. */
export function serverCommand({ stack, outputs }: PersonChoice): { command: string; args: string[] } {
  const choice = [...(stack ? ["--stack", stack] : []), ...(outputs ? ["--outputs", outputs] : [])];
  return { command: "npm", args: ["--prefix", PROJECT_ROOT, "run", "--silent", "mcp", "--", "--stdio", ...choice] };
}

/** Prints the command for Claude Code and the block for other clients. */
export function printConfig(choice: PersonChoice, print: (line: string) => void = console.log): void {
  const { command, args } = serverCommand(choice);
  const line = [command, ...args]
    .map((word) => (/^[\w./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ");
  print("Claude Code:");
  print(`  claude mcp add ${NAME} -- ${line}`);
  print("");
  print("Other clients, in their JSON configuration:");
  print(JSON.stringify({ mcpServers: { [NAME]: { command, args } } }, null, 2));
  print("");
  print(
    "It asks as the person of SNOWFLAKE_USER with SNOWFLAKE_PRIVATE_KEY_PATH, SNOWFLAKE_TOKEN or SNOWFLAKE_PASSWORD of the",
  );
  print(
    "client's environment or of .env; without SNOWFLAKE_ACCOUNT it serves the warehouse that `npm start` runs here.",
  );
}
