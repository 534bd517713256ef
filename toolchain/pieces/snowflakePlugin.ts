import { copyFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { buildGoModule, moduleDigest } from "../buildGoModule";
import { runDownload } from "../downloadWatch";
import { filterExecutable, findOnPath } from "../findOnPath";
import { type InstallContext, type Installed, type Piece, Unavailable } from "../piece";
import { runProcess } from "../runProcess";
import { VERSIONS } from "../versions";

const MODULE = resolve(__dirname, "../go/pulumi-resource-snowflake");

/** The program that turns Pulumi resources into Snowflake SQL. `pulumi` is the CLI that downloads it. */
export function snowflakePlugin(pulumi: string): Piece {
  return {
    name: "snowflake-plugin",
    title: `Snowflake plugin ${VERSIONS.snowflakePlugin}`,
    version: VERSIONS.snowflakePlugin,
    sources: [
      { name: "installed", install: useInstalled },
      { name: "download", online: true, install: (context) => download(pulumi, context) },
      { name: "build", digest: moduleDigest(MODULE), install: build },
    ],
  };
}

/** Copied, because the toolchain has a PULUMI_HOME of its own. */
async function useInstalled({ env, layout, temporary }: InstallContext): Promise<Installed> {
  const pulumiHome = env.PULUMI_HOME ?? join(homedir(), ".pulumi");
  const name = basename(layout.plugin);
  const inHome = join(pulumiHome, "plugins", basename(layout.pluginDir), name);
  const candidates = [...(await filterExecutable([inHome])), ...(await findOnPath("pulumi-resource-snowflake", env))];
  const reasons: string[] = [];
  for (const path of candidates) {
    const { stdout } = await runProcess(path, ["-version"], { env });
    if (stdout.trim().replace(/^v/, "") !== VERSIONS.snowflakePlugin) {
      reasons.push(`; ${path} is ${stdout.trim().slice(0, 40) || "unreadable"}`);
      continue;
    }
    const copy = join(temporary, name);
    await copyFile(path, copy);
    return { moves: [{ from: copy, to: relative(layout.root, layout.plugin) }] };
  }
  throw new Unavailable(`not in ${inHome} and not on PATH${reasons.join("")}`);
}

async function download(pulumi: string, context: InstallContext): Promise<Installed> {
  const { layout, temporary, progress } = context;
  progress.stage("downloading");
  const env = { ...context.env, PULUMI_HOME: temporary, PULUMI_SKIP_UPDATE_CHECK: "true" };
  await runDownload(pulumi, ["plugin", "install", "resource", "snowflake", VERSIONS.snowflakePlugin], env, context);
  const from = join(temporary, "plugins", basename(layout.pluginDir), basename(layout.plugin));
  if ((await filterExecutable([from])).length === 0)
    throw new Unavailable(`the download did not bring ${basename(from)}`);
  return { moves: [{ from, to: relative(layout.root, layout.plugin) }] };
}

async function build(context: InstallContext): Promise<Installed> {
  if (process.platform === "win32") throw new Unavailable("building is supported on Linux and macOS");
  const built = await buildGoModule({ directory: MODULE, package: "." }, "pulumi-resource-snowflake", context);
  return { moves: [{ from: built, to: relative(context.layout.root, context.layout.plugin) }] };
}
