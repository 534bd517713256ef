import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { Client, type ClientOptions } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";
import { outputsOn } from "../../cli/warehouse/ingestPath";
import { type Person, readCredentials, readOutputs, readSettings, Service, serveLines } from "../../mcp/index";
import { query } from "../local/support";
import { call, NAMES, PASSWORD, TestWarehouse } from "../sql/warehouse";

// Servers in this process log what the tests provoke.
process.env.LOG_LEVEL ??= "silent";

/** A deployed warehouse with people in it, and the MCP server as clients start it. */
export class McpWorld {
  private readonly folder = mkdtempSync(join(tmpdir(), "mcp-"));
  private readonly clients: Client[] = [];

  private constructor(readonly warehouse: TestWarehouse) {
    writeFileSync(this.outputs, JSON.stringify(outputsOn(warehouse.server)));
  }

  static async start(): Promise<McpWorld> {
    return new McpWorld(await TestWarehouse.start());
  }

  get outputs(): string {
    return join(this.folder, "outputs.json");
  }

  /** A person in the roles of people and producers, with these permissions. */
  async person(name: string, ...patterns: string[]): Promise<void> {
    await this.warehouse.person(name, "user");
    const administrator = await this.warehouse.connect({ role: "ACCOUNTADMIN" });
    await query(administrator, `GRANT ROLE ${NAMES.roles.ingest} TO USER ${name}`);
    for (const pattern of patterns) await call(this.warehouse.deployer, "GRANT_USER_PERMISSION(?, ?)", [name, pattern]);
  }

  /** Lands a JSON array as it is written, and refreshes. */
  async ingestText(events: string): Promise<void> {
    await call(this.warehouse.deployer, "INGEST_EVENTS(PARSE_JSON(?), 'DIRECT')", [events]);
    await this.warehouse.refresh();
  }

  /** What a client's environment holds to be that person. */
  environment(name: string, more: Record<string, string> = {}): Record<string, string> {
    return {
      PATH: process.env.PATH ?? "",
      HOME: this.folder,
      TWO_TABLE_HOME: this.folder,
      SNOWFLAKE_USER: name,
      SNOWFLAKE_PASSWORD: PASSWORD,
      MCP_OUTPUTS: this.outputs,
      MCP_CALLS_PER_MINUTE: "100000",
      ...more,
    };
  }

  /** Who that is to the server. */
  asPerson(name: string): Person {
    return {
      outputs: readOutputs(outputsOn(this.warehouse.server)),
      credentials: readCredentials(this.environment(name)),
    };
  }

  /** The server in this process, spoken to in the lines of stdin and stdout by the SDK's client. Closing the client ends it. */
  async connect(name: string, { environment = {}, options = {} }: ConnectOptions = {}): Promise<Client> {
    const service = new Service(this.asPerson(name), readSettings(this.environment(name, environment)));
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    const serving = serveLines(service, toServer, toClient);
    const client = new Client({ name: "Test Client", version: "1" }, options);
    await client.connect(new StdioServerTransport(toClient, toServer));
    const hangUp = client.close.bind(client);
    client.close = async () => {
      await hangUp();
      await serving.close();
      await service.close();
    };
    this.clients.push(client);
    return client;
  }

  /** The server as a process of its own, as clients start it. */
  async spawn(
    name: string,
    { environment = {}, options = {} }: ConnectOptions = {},
  ): Promise<{ client: Client; pid: number }> {
    const client = new Client({ name: "Test Client", version: "1" }, options);
    const transport = new StdioClientTransport({ ...SERVER, env: this.environment(name, environment), stderr: "pipe" });
    const stderr: string[] = [];
    transport.stderr?.on("data", (chunk) => stderr.push(String(chunk)));
    try {
      await client.connect(transport);
    } catch (error) {
      throw new Error(`the server did not start: ${stderr.join("")}`, { cause: error });
    }
    this.clients.push(client);
    return { client, pid: transport.pid as number };
  }

  async close(): Promise<void> {
    for (const client of this.clients) await client.close();
    await this.warehouse.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface ConnectOptions {
  environment?: Record<string, string>;
  options?: ClientOptions;
}

export const SERVER = {
  command: process.execPath,
  args: ["--require", "ts-node/register/transpile-only", join(PROJECT_ROOT, "cli", "mcp.ts")],
  cwd: PROJECT_ROOT,
};

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into, field by field
export type Answer = any;

/** Longer than a busy machine needs. */
const PATIENT = { timeout: 300_000 };

/** A call's structured answer; fails when the tool reports an error. */
export async function ask(client: Client, name: string, args: Record<string, unknown> = {}): Promise<Answer> {
  const result = await client.callTool({ name, arguments: args }, PATIENT);
  if (result.isError) throw new Error(`${name} failed: ${JSON.stringify(result.content)}`);
  return result.structuredContent;
}

/** The error a call is answered with. */
export async function refused(client: Client, name: string, args: Record<string, unknown> = {}): Promise<Answer> {
  const result = await client.callTool({ name, arguments: args }, PATIENT);
  if (!result.isError)
    throw new Error(`${name} was not refused: ${JSON.stringify(result.structuredContent).slice(0, 500)}`);
  const [content] = result.content as { text: string }[];
  return JSON.parse(content?.text ?? "{}").error;
}
