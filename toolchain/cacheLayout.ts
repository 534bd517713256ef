import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { VERSIONS } from "./versions";

/** Where everything lies inside the cache. Nothing of it is in the checkout, so a fresh clone finds it again. */
export interface CacheLayout {
  /** Folder of this set of versions on this kind of machine. */
  root: string;
  bin: string;
  pulumi: string;
  languageHost: string;
  /** Value for PULUMI_HOME. */
  home: string;
  pluginDir: string;
  plugin: string;
  /** One manifest per installed piece. */
  manifests: string;
  /** Half-built pieces; whatever lies here is never used. */
  temporary: string;
  lock: string;
}

/** `$XDG_CACHE_HOME` or `~/.cache`, then `two-table-warehouse/toolchain`. A relative XDG path is ignored, as its specification asks. */
export function defaultCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  const base = env.XDG_CACHE_HOME?.startsWith("/") ? env.XDG_CACHE_HOME : join(homedir(), ".cache");
  return join(base, "two-table-warehouse", "toolchain");
}

export function cacheLayout(cacheDir: string): CacheLayout {
  const key = `pulumi-${VERSIONS.pulumi}_snowflake-${VERSIONS.snowflakePlugin}_${process.platform}-${process.arch}`;
  const root = resolve(cacheDir, key);
  const bin = join(root, "bin");
  const home = join(root, "home");
  const pluginDir = join(home, "plugins", `resource-snowflake-v${VERSIONS.snowflakePlugin}`);
  return {
    root,
    bin,
    pulumi: join(bin, executable("pulumi")),
    languageHost: join(bin, executable("pulumi-language-nodejs")),
    home,
    pluginDir,
    plugin: join(pluginDir, executable("pulumi-resource-snowflake")),
    manifests: join(root, "manifests"),
    temporary: join(root, "tmp"),
    lock: join(root, "lock"),
  };
}

export function executable(name: string): string {
  return process.platform === "win32" ? `${name}.exe` : name;
}
