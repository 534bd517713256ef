import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, relative, resolve } from "node:path";

const PROJECT = resolve(__dirname, "..", "..");
const SOURCES = ["console/web", "console/api", "console/build"];

/** Where the built pages lie; never in version control. */
export const WEB_BUILD = join(PROJECT, "dist", "console");

/** Pages of the law, whose rules the console lists. */
export const LAW_PAGES = join(PROJECT, "docs", "law");

/** What the embedded server does and refuses. */
export const PARITY_PAGE = join(PROJECT, "docs", "parity.md");

/**
 * Builds the web pages unless they are up to date with their sources and packages.
 * @returns whether something was built
 */
export async function ensureWebBuild(folder = WEB_BUILD): Promise<boolean> {
  const fingerprint = fingerprintOfSources();
  if (isBuilt(folder, fingerprint)) return false;
  // Built aside and put in place as a whole, so that whoever serves the old one never sees half of the new one.
  mkdirSync(resolve(folder, ".."), { recursive: true });
  const aside = mkdtempSync(`${folder}.`);
  try {
    await build(aside);
    writeFileSync(join(aside, ".fingerprint"), fingerprint);
    putInPlace(aside, folder, fingerprint);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return true;
}

function isBuilt(folder: string, fingerprint: string): boolean {
  const marker = join(folder, ".fingerprint");
  return existsSync(marker) && readFileSync(marker, "utf8") === fingerprint;
}

/** Of two processes that built the same at the same time, the first one's build stays: it may be served already. */
export function putInPlace(aside: string, folder: string, fingerprint: string): void {
  while (!isBuilt(folder, fingerprint)) {
    rmSync(folder, { recursive: true, force: true });
    try {
      renameSync(aside, folder);
    } catch (error) {
      // Somebody else's came in between.
      if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
}

async function build(outDir: string): Promise<void> {
  const { build } = await import("vite");
  const { default: react } = await import("@vitejs/plugin-react");
  await build({
    root: join(PROJECT, "console", "web"),
    configFile: false,
    logLevel: "error",
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2022",
      // light-dark() stays as it is written.
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      // The content security policy allows no script in the page and no data: address but images.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1000,
    },
  });
}

function fingerprintOfSources(): string {
  const hash = createHash("sha256");
  for (const path of [
    join(PROJECT, "package-lock.json"),
    ...SOURCES.flatMap((folder) => filesIn(join(PROJECT, folder))),
  ])
    hash
      .update(`${relative(PROJECT, path)}\0`)
      .update(readFileSync(path))
      .update("\0");
  return hash.digest("hex");
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
