import "./terminal/environment";

import { PROJECT_ROOT } from "./project/projectFolder";
import { DEFAULT_PORT } from "./start/defaultPort";
import { start } from "./start/start";
import { command } from "./terminal/command";
import { runCommand } from "./terminal/fail";
import { port } from "./terminal/port";

const program = command("start")
  .description(
    "Run the whole warehouse on this machine: toolchain, embedded server, deployment, first events. Ctrl-C stops it and loses nothing.",
  )
  .option("--port <port>", "of the embedded server on 127.0.0.1; 0 takes a free one", port, DEFAULT_PORT)
  .option("--git <path>", "repository whose history is loaded at the first start (default: this one)")
  .option("--no-git", "start empty")
  .action(({ port: chosen, git = PROJECT_ROOT }: { port: number; git?: string | boolean }) =>
    runCommand(() => start({ port: chosen, git: git === true ? PROJECT_ROOT : git })),
  );

void program.parseAsync();
