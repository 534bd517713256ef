import "./terminal/environment";

import { Option } from "commander";
import { runConsole } from "./console/runConsole";
import { command } from "./terminal/command";
import { runCommand } from "./terminal/fail";
import { port } from "./terminal/port";

const program = command("console")
  .description(
    "Serve the web console for the warehouse that npm start runs, or for a stack. Credentials come from SNOWFLAKE_USER with SNOWFLAKE_PASSWORD or SNOWFLAKE_PRIVATE_KEY, or from .env.",
  )
  .option("--port <port>", "default PORT of the environment or of .env, else 3000 or the next free one", port)
  .option("--ws-port <port>", "a port of its own for the WebSocket; default WS_PORT, else the page's", port)
  .option("--host <address>", "anything but 127.0.0.1 demands CONSOLE_TOKEN", "127.0.0.1")
  .option("--stack <name>", "a deployed stack of this project; default: the warehouse that npm start runs")
  .addOption(
    new Option(
      "--role <role>",
      "monitor reads the monitoring views and runs plans; admin may change permissions too; user runs plans. Default: monitor; admin for the warehouse that npm start runs",
    ).choices(["monitor", "admin", "user"]),
  )
  .action((flags) => runCommand(() => runConsole(flags)));

void program.parseAsync();
