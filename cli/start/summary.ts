import pc from "picocolors";
import type { WarehouseOutputs } from "../../components/outputs";
import { count } from "../terminal/progressBar";

export interface Summary {
  outputs: WarehouseOutputs;
  user: string;
  /** File with user, password and outputs. */
  connectionFile: string;
  rawEvents: number;
  events: number;
  /** Address of the console, when it is served. */
  console?: string | undefined;
  seconds: number;
}

/** What `npm start` prints when everything runs. */
export function printSummary(summary: Summary, print: (line: string) => void = console.log): void {
  const { outputs, user, connectionFile, rawEvents, events, seconds } = summary;
  const { account, tables, targetLag } = outputs;
  const rows: [string, string][] = [
    ...(summary.console === undefined ? [] : [["console", summary.console] as [string, string]]),
    ["Snowflake", `${account.protocol}://${account.host}:${account.port}, account ${account.account}, user ${user}`],
    ["password", `in ${connectionFile} (only you can read it)`],
    [tables.rawEvents, `${count(rawEvents)} rows`],
    [tables.events, `${count(events)} rows, at most ${targetLag} behind`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  print("");
  print(pc.bold(`The two-table warehouse runs, after ${seconds.toFixed(1)} s.`));
  for (const [name, value] of rows) print(`  ${name.padEnd(width)}  ${value}`);
  print("");
  print("Ask it something (save as ask.js in this folder, run with: node ask.js):");
  for (const line of exampleScript(connectionFile)) print(pc.dim(`  ${line}`));
  print("");
  print("Load more:     npm run load -- FILE.ndjson    npm run load -- --git PATH");
  print("Stop:          Ctrl-C; the data stays, the next start takes seconds");
}

/** A dozen lines that read EVENTS with the plain driver. */
function exampleScript(connectionFile: string): string[] {
  return [
    'const snowflake = require("snowflake-sdk");',
    'snowflake.configure({ logLevel: "ERROR" });',
    `const { outputs, username, password } = require(${JSON.stringify(connectionFile)});`,
    "const { account, host, port, protocol } = outputs.account;",
    "const { deployer: role } = outputs.roles, { query: warehouse } = outputs.warehouses;",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a program
    "const accessUrl = `${protocol}://${host}:${port}`;",
    "const connection = snowflake.createConnection({ account, accessUrl, username, password, role, warehouse });",
    "connection.connect((error) => { if (error) throw error;",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a program
    "  const sqlText = `SELECT action, COUNT(*) AS n FROM ${outputs.tables.events} GROUP BY action ORDER BY n DESC`;",
    "  connection.execute({ sqlText, complete: (error, _, rows) => { console.log(error ?? rows); connection.destroy(() => {}); } });",
    "});",
  ];
}
