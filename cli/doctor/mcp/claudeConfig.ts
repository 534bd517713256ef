import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { NAME } from "../../mcp/printConfig";
import { PROJECT_ROOT } from "../../project/projectFolder";

const entrySchema = z.looseObject({
  command: z.string().optional(),
  args: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string()).optional(),
  url: z.string().optional(),
});
const serversSchema = z.record(z.string(), entrySchema).optional();
const fileSchema = z.looseObject({
  mcpServers: serversSchema,
  projects: z.record(z.string(), z.looseObject({ mcpServers: serversSchema })).optional(),
});

export type McpEntry = z.infer<typeof entrySchema>;

export interface Installed {
  /** Where it stands, for people. */
  where: string;
  name: string;
  entry: McpEntry;
}

/**
 * Where Claude Code knows this project's server: `.mcp.json` of the checkout and of the current folder, and `~/.claude.json`, for all
 * projects or one.
 * @throws Error naming a file that is no JSON of that shape
 */
export function findInstalled(home = homedir(), folders = [PROJECT_ROOT, process.cwd()]): Installed[] {
  const shared = [...new Set(folders)].map((folder) => join(folder, ".mcp.json")).flatMap((path) => serversOf(path));
  return [...shared, ...serversOf(join(home, ".claude.json"))].filter(isOurs);
}

function serversOf(path: string): Installed[] {
  if (!existsSync(path)) return [];
  const { mcpServers = {}, projects = {} } = read(path);
  const listed = (where: string, servers: Record<string, McpEntry>) =>
    Object.entries(servers).map(([name, entry]) => ({ where, name, entry }));
  return [
    ...listed(path, mcpServers),
    ...Object.entries(projects).flatMap(([folder, { mcpServers = {} }]) =>
      listed(`${path}, for ${folder}`, mcpServers),
    ),
  ];
}

function read(path: string): z.infer<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const why = error instanceof z.ZodError ? (error.issues[0]?.path.join(".") ?? "its shape") : "no JSON";
    throw new Error(`${path} cannot be read as Claude Code's configuration: ${why}`);
  }
}

/** By its name, or because it starts the server of this checkout. */
const isOurs = ({ name, entry: { args = [] } }: Installed): boolean =>
  name === NAME || (args.includes(PROJECT_ROOT) && args.includes("mcp"));
