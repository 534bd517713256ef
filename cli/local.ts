import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidArgumentError } from "commander";
import { DataFileError, type LocalServer, startLocalServer } from "../local/index";
import { command } from "./terminal/command";
import { port } from "./terminal/port";

interface Options {
  port: number;
  data?: string;
  memory?: string;
  user: string;
  passwordFile?: string;
}

const size = (text: string): string => {
  if (!/^[1-9]\d*\s*[KMGT]i?B$/i.test(text)) throw new InvalidArgumentError("A size such as 256MB or 2GB is expected.");
  return text;
};

const program = command("local")
  .description("Run the embedded Snowflake server. Prints one JSON line {host, port, account, user} when it is ready.")
  .option("--port <number>", "port on 127.0.0.1; 0 takes a free one", port, 0)
  .option("--data <directory>", "where the data is kept (default: in memory, gone at the end)")
  .option(
    "--memory <size>",
    "what the engine may hold before it writes intermediate results to disk (default: 160MB, more for a statement that needs it)",
    size,
  )
  .option("--user <name>", "the administrator", "ADMIN")
  .option(
    "--password-file <file>",
    "file with the administrator's password (default: kept, or made up for a new account and written to <data>/password)",
  );

/** One line for the person, exit code 1. */
function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function readPassword(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    return fail(`The password file ${file} cannot be read: ${(error as Error).message}`);
  }
  return text === "" ? fail(`The password file ${file} is empty.`) : text;
}

/** A password that nobody chose is told once, where only the user who started the server can read it. */
function tellPassword(server: LocalServer, data: string | undefined): void {
  if (server.generatedPassword === undefined) return;
  if (data === undefined) {
    process.stderr.write(`The password of ${server.user} for this run is ${server.generatedPassword}\n`);
    return;
  }
  const file = join(data, "password");
  writeFileSync(file, `${server.generatedPassword}\n`, { mode: 0o600 });
  process.stderr.write(`The password of ${server.user} is in ${file}\n`);
}

async function main(): Promise<void> {
  const options = program.parse().opts<Options>();
  const server = await startLocalServer({
    port: options.port,
    data: options.data,
    memoryLimit: options.memory,
    user: options.user,
    password: readPassword(options.passwordFile),
  });
  tellPassword(server, options.data);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    server.close().then(
      () => process.exit(0),
      (error) => fail(`The server did not stop cleanly: ${(error as Error).message}`),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  const { host, account, user } = server;
  process.stdout.write(`${JSON.stringify({ host, port: server.port, account, user })}\n`);
}

main().catch((error: NodeJS.ErrnoException) => {
  if (error.code === "EADDRINUSE")
    fail(`Port ${program.opts<Options>().port} is in use. Choose another one, or 0 for a free one.`);
  if (error instanceof DataFileError) fail(error.message);
  fail(`The embedded server cannot start: ${error.message}`);
});
