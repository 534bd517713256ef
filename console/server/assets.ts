import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";
import type { Context } from "hono";

interface Asset {
  body: Buffer;
  gzipped: Buffer | undefined;
  type: string;
  tag: string;
  /** Its name changes with its content. */
  isImmutable: boolean;
}

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
};

/** The built web pages, read once and kept compressed: there are a handful. */
export class Assets {
  private readonly assets = new Map<string, Asset>();

  constructor(folder: string) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.startsWith(".")) continue;
      const path = join(entry.parentPath, entry.name);
      const type = TYPES[extname(entry.name)] ?? "application/octet-stream";
      const body = readFileSync(path);
      const name = `/${relative(folder, path).split(sep).join("/")}`;
      this.assets.set(name, {
        body,
        gzipped: /text|json|svg/.test(type) ? gzipSync(body, { level: 9 }) : undefined,
        type,
        tag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
        isImmutable: name.startsWith("/assets/"),
      });
    }
    if (!this.assets.has("/index.html")) throw new Error(`${folder} holds no built console: npm run console:build`);
  }

  /** A file, or the page itself for every path that belongs to the page's own navigation. */
  answer(context: Context): Response {
    const { path } = context.req;
    const asset = this.assets.get(path) ?? (extname(path) === "" ? this.assets.get("/index.html") : undefined);
    if (asset === undefined) return context.text("Not found", 404);
    const headers: Record<string, string> = {
      "Content-Type": asset.type,
      ETag: asset.tag,
      Vary: "Accept-Encoding",
      "Cache-Control": asset.isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
    };
    if (context.req.header("if-none-match") === asset.tag) return context.body(null, 304, headers);
    const isGzipped = asset.gzipped !== undefined && /\bgzip\b/.test(context.req.header("accept-encoding") ?? "");
    if (isGzipped) headers["Content-Encoding"] = "gzip";
    return context.body(new Uint8Array(isGzipped ? (asset.gzipped as Buffer) : asset.body), 200, headers);
  }
}
