import "./terminal/environment";

import { Option } from "commander";
import { type McpFlags, mcpCommand } from "./mcp/mcpCommand";
import { command } from "./terminal/command";
import { runCommand } from "./terminal/fail";
import { port } from "./terminal/port";

const program = command("mcp")
  .description(
    "Serve the warehouse to an AI assistant by the Model Context Protocol, as a person in the role of people: plans, never SQL.",
  )
  .addOption(new Option("--stdio", "talk over stdin and stdout (default)").conflicts("http"))
  .option("--http", "talk over streamable HTTP")
  .option(
    "--host <address>",
    "HTTP: address to listen on; any other than this machine's own demands MCP_HTTP_TOKEN or an issuer of tokens",
    "127.0.0.1",
  )
  .option("--port <number>", "HTTP: port; 0 takes a free one", port, 4490)
  .option("--allow-host <name...>", "HTTP: further host names that requests and pages may name")
  .option("--oauth-issuer <url>", "HTTP: take access tokens of this issuer (MCP_OAUTH_ISSUER)")
  .option(
    "--oauth-resource <url>",
    "HTTP: what tokens must be issued for: this server's own public address (MCP_OAUTH_RESOURCE)",
  )
  .option("--stack <stack>", "the stack to serve (default: the account of the environment, else what `npm start` runs)")
  .option("--outputs <file>", "outputs of a stack, as `pulumi stack output --json` prints them")
  .option("--print-config", "print how to install it in Claude Code and other clients")
  .action((flags: McpFlags) => runCommand(() => mcpCommand(flags)));

void program.parseAsync();
