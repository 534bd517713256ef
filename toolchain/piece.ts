import type { CacheLayout } from "./cacheLayout";
import type { ProgressReporter } from "./progress";

/** One thing that the toolchain consists of. */
export interface Piece {
  /** Name of its manifest. */
  name: string;
  /** For people, with the version. */
  title: string;
  version: string;
  /** Ways to get it, tried in order. */
  sources: Source[];
}

/** One way to get a piece. */
export interface Source {
  name: "installed" | "download" | "build" | "bundled";
  /** Goes out to the network. */
  online?: boolean;
  /** Of what it is made from beside the version: a piece that came this way from something else is made anew. */
  digest?: string;
  /** Puts the files in place. Throws {@link Unavailable} when this way is closed on this machine. */
  install(context: InstallContext): Promise<Installed>;
}

export interface InstallContext {
  layout: CacheLayout;
  /** An empty folder on the cache's file system; removed afterwards. */
  temporary: string;
  progress: ProgressReporter;
  offlineOnly: boolean;
  /** Environment in which to look for programs. */
  env: NodeJS.ProcessEnv;
}

export interface Installed {
  /** Finished files in the temporary folder → where they belong, relative to the cache root. */
  moves?: { from: string; to: string }[];
  /** Absolute paths of files that are used where they are. */
  inPlace?: string[];
}

/** This way to get the piece is closed; the message says why and, if it can, what would open it. */
export class Unavailable extends Error {
  override name = "Unavailable";
}
