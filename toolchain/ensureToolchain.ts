import { realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { delimiter, dirname, resolve } from "node:path";
import { type CacheLayout, cacheLayout, defaultCacheDir } from "./cacheLayout";
import { type LockOwner, withFileLock } from "./fileLock";
import { installPiece } from "./installPiece";
import { findDamage, type Manifest, readManifest } from "./manifest";
import type { Piece } from "./piece";
import { languageHost } from "./pieces/languageHost";
import { pulumiCli } from "./pieces/pulumiCli";
import { snowflakePlugin } from "./pieces/snowflakePlugin";
import { type OnProgress, ProgressReporter } from "./progress";

export interface ToolchainOptions {
  /** Signs of life of everything that takes longer than a moment. Default: silent. */
  onProgress?: OnProgress;
  /** Default: `$XDG_CACHE_HOME/two-table-warehouse/toolchain`, or the same under `~/.cache`. */
  cacheDir?: string;
  /** Never goes out to the network: no download, and a build from modules that are on this machine. Default false. */
  offlineOnly?: boolean;
  /** Environment in which installed programs are looked for. Default: `process.env`. */
  env?: NodeJS.ProcessEnv;
}

export interface Toolchain {
  /** Path of the `pulumi` program. */
  pulumi: string;
  /** Value for PULUMI_HOME: plugins, and the credentials of a `pulumi login` made with it. */
  pulumiHome: string;
  /** Folder of the Snowflake plugin. */
  pluginDir: string;
  /** Path of the Snowflake plugin. */
  plugin: string;
  /** Path of `pulumi-language-nodejs`. */
  languageHost: string;
  /** To be laid over the environment of every `pulumi` process. Backend, login and passphrase are the caller's. */
  env: Record<string, string>;
  /** How each piece came here, e.g. `{ pulumi: "build" }`. */
  sources: Record<string, string>;
}

/**
 * Finds or gets the Pulumi CLI, the Node language host and the Snowflake plugin: installed ones are used, else the
 * official ones are downloaded, else they are built from Go modules (about eight minutes on two cores, once).
 * Several processes may call this at once; one works, the others wait. Throws {@link ToolchainError} with every way
 * that was tried when nothing is possible.
 */
export async function ensureToolchain(options: ToolchainOptions = {}): Promise<Toolchain> {
  const layout = cacheLayout(options.cacheDir ?? defaultCacheDir(options.env));
  return (await lookUp(layout)) ?? installMissing(layout, options);
}

/** What is wrong with the installed pieces, by full checksums; empty when all is sound. */
export async function verifyToolchain(options: Pick<ToolchainOptions, "cacheDir" | "env"> = {}): Promise<string[]> {
  const layout = cacheLayout(options.cacheDir ?? defaultCacheDir(options.env));
  const problems: string[] = [];
  const cli = await readManifest(layout, pulumiCli.name);
  for (const piece of [pulumiCli, ...companions(layout, cli)]) {
    const manifest = await readManifest(layout, piece.name);
    const damage = manifest ? await findDamage(layout, manifest, true) : "not installed";
    if (damage) problems.push(`${piece.title}: ${damage}`);
  }
  return problems;
}

/** The pieces besides the CLI, which itself decides whether it needs our language host. */
function companions(layout: CacheLayout, cli: Manifest | undefined): Piece[] {
  const plugin = snowflakePlugin(pulumiPath(layout, cli));
  return cli && cli.files.length > 1 ? [plugin] : [languageHost(), plugin];
}

async function lookUp(layout: CacheLayout): Promise<Toolchain | undefined> {
  const cli = await readSound(layout, pulumiCli);
  if (!cli) return undefined;
  const manifests = [cli];
  for (const piece of companions(layout, cli)) {
    const manifest = await readSound(layout, piece);
    if (!manifest) return undefined;
    manifests.push(manifest);
  }
  return describe(layout, cli, manifests);
}

async function installMissing(layout: CacheLayout, options: ToolchainOptions): Promise<Toolchain> {
  const { onProgress = () => {}, offlineOnly = false, env = process.env } = options;
  const waiting = new ProgressReporter("Toolchain", onProgress);
  const onWait = (owner: LockOwner | undefined) =>
    waiting.once(`waiting for process ${owner?.pid ?? "of another user"}, which is putting it in place`);
  try {
    return await withFileLock(
      layout.lock,
      async () => {
        waiting.stop();
        // Left by processes that were interrupted: the lock is ours, so nobody is using them.
        await rm(layout.temporary, { recursive: true, force: true });
        const ensure = async (piece: Piece) => {
          const found = await readManifest(layout, piece.name);
          const damage = found && found.version === piece.version && (await findDamage(layout, found));
          if (damage) onProgress({ piece: piece.title, message: `${damage}; putting it in place anew`, seconds: 0 });
          return (await readSound(layout, piece)) ?? installPiece(layout, piece, { onProgress, offlineOnly, env });
        };
        const cli = await ensure(pulumiCli);
        const manifests = [cli];
        for (const piece of companions(layout, cli)) manifests.push(await ensure(piece));
        return describe(layout, cli, manifests);
      },
      { onWait },
    );
  } finally {
    waiting.stop();
  }
}

async function readSound(layout: CacheLayout, piece: Piece): Promise<Manifest | undefined> {
  const manifest = await readManifest(layout, piece.name);
  if (!manifest || manifest.version !== piece.version || (await findDamage(layout, manifest))) return undefined;
  return manifest;
}

function describe(layout: CacheLayout, cli: Manifest, manifests: Manifest[]): Toolchain {
  const pulumi = pulumiPath(layout, cli);
  const host = cli.files[1] ? resolve(layout.root, cli.files[1].path) : layout.languageHost;
  // The language host starts whatever `node` it finds; it shall be the one that runs this program.
  const path = [dirname(pulumi), dirname(realpathSync(process.execPath)), process.env.PATH ?? ""].join(delimiter);
  return {
    pulumi,
    pulumiHome: layout.home,
    pluginDir: layout.pluginDir,
    plugin: layout.plugin,
    languageHost: host,
    env: {
      PATH: path,
      PULUMI_HOME: layout.home,
      // Where our language host finds gRPC when the program it runs has no @pulumi/pulumi of its own.
      TWO_TABLE_TOOLCHAIN_MODULES: dirname(__dirname),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // What is on PATH by chance may not take the place of what was checked.
      PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // Types are checked by `npm run check`; a preview is twice as fast without.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    },
    sources: Object.fromEntries(manifests.map(({ piece, source }) => [piece, source])),
  };
}

function pulumiPath(layout: CacheLayout, cli: Manifest | undefined): string {
  return cli?.files[0] ? resolve(layout.root, cli.files[0].path) : layout.pulumi;
}
