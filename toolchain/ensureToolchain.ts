import { realpathSync } from "node:fs";
import { delimiter, dirname, resolve } from "node:path";
import { type CacheLayout, cacheLayout, defaultCacheDir } from "./cacheLayout";
import { installPieces, lookUpPieces, type Plan, verifyPieces } from "./installPieces";
import type { Manifest } from "./manifest";
import { languageHost } from "./pieces/languageHost";
import { pulumiCli } from "./pieces/pulumiCli";
import { snowflakePlugin } from "./pieces/snowflakePlugin";
import type { OnProgress } from "./progress";

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
  const { onProgress = () => {}, offlineOnly = false, env = process.env, cacheDir = defaultCacheDir(env) } = options;
  const layout = cacheLayout(cacheDir);
  const found = await lookUpPieces(layout, plan(layout));
  const manifests = found ?? (await installPieces(layout, plan(layout), { onProgress, offlineOnly, env }));
  return describe(layout, manifests, env);
}

/** What is wrong with the installed pieces, by full checksums; empty when all is sound. The next `ensureToolchain` gets a damaged piece anew. */
export async function verifyToolchain(options: Pick<ToolchainOptions, "cacheDir" | "env"> = {}): Promise<string[]> {
  const layout = cacheLayout(options.cacheDir ?? defaultCacheDir(options.env));
  return verifyPieces(layout, plan(layout));
}

/** The CLI comes first: it says whether it needs our language host, and it downloads the plugin. */
function plan(layout: CacheLayout): Plan {
  const host = languageHost();
  return (done) => {
    const [cli] = done;
    if (!cli) return pulumiCli;
    const companions = [...(cli.files[1] ? [] : [host]), snowflakePlugin(pulumiPath(layout, cli))];
    return companions[done.length - 1];
  };
}

function describe(layout: CacheLayout, manifests: Manifest[], env: NodeJS.ProcessEnv): Toolchain {
  const cli = manifests[0];
  const pulumi = pulumiPath(layout, cli);
  const host = cli?.files[1] ? resolve(layout.root, cli.files[1].path) : layout.languageHost;
  // The language host starts whatever `node` it finds; it shall be the one that runs this program.
  const path = [dirname(pulumi), dirname(realpathSync(process.execPath)), env.PATH ?? ""].join(delimiter);
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
