import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import type { Context } from "hono";

interface Upload {
  /** Where the whole file goes. */
  path: string;
  /** What has come so far. */
  part: string;
  size: number;
  /** The token of the transfer that it belongs to. */
  token: string;
  isBusy: boolean;
}

const CHUNK = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/;
/** More than that at once, and the oldest is given up. */
const MOST = 100;

/**
 * Large files that come piece by piece: begun by POST with `x-goog-resumable: start`, whose answer tells the address for the pieces; each
 * PUT says by Content-Range which bytes it has, and 308 with Range how much is here. What does not follow on is not taken: the client goes
 * on from what it is told. Source: https://cloud.google.com/storage/docs/performing-resumable-uploads#chunked-upload (XML API)
 */
export class ResumableUploads {
  private readonly byId = new Map<string, Upload>();

  /** @param directory where the parts lie, beside the stages, so that no reader sees half a file */
  async begin(context: Context, path: string, token: string, directory: string): Promise<Response> {
    const id = randomUUID();
    const part = join(directory, `${id}.part`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(part, "");
    this.byId.set(id, { path, part, size: 0, token, isBusy: false });
    const [oldest] = this.byId.keys();
    if (oldest !== undefined && this.byId.size > MOST) await this.forget(oldest);
    const address = new URL(context.req.url);
    address.searchParams.set("upload_id", id);
    return context.body(null, 201, { location: address.href });
  }

  /** One piece of an upload of this transfer's. Statuses: 404 there is none of that id, 400 no Content-Range. */
  async take(context: Context, id: string, token: string): Promise<Response> {
    const upload = this.byId.get(id);
    if (upload?.token !== token) return context.text("Not found", 404);
    const [, first, last, total] = CHUNK.exec(context.req.header("content-range") ?? "") ?? [];
    if (total === undefined) return context.text("Content-Range is missing", 400);
    const { body } = context.req.raw;
    if (first !== undefined && Number(first) === upload.size && !upload.isBusy && body) {
      upload.isBusy = true;
      try {
        await append(upload, body as ReadableStream, Number(last) - Number(first) + 1);
      } finally {
        upload.isBusy = false;
      }
    }
    if (upload.size < Number(total)) return context.body(null, 308 as never, received(upload));
    await rename(upload.part, upload.path);
    this.byId.delete(id);
    return context.body(null, 200);
  }

  async cancel(context: Context, id: string, token: string): Promise<Response> {
    if (this.byId.get(id)?.token !== token) return context.text("Not found", 404);
    await this.forget(id);
    return context.body(null, 204);
  }

  private async forget(id: string): Promise<void> {
    const upload = this.byId.get(id);
    this.byId.delete(id);
    if (upload) await rm(upload.part, { force: true });
  }
}

/** A piece that breaks off leaves nothing behind. */
async function append(upload: Upload, body: ReadableStream, length: number): Promise<void> {
  await pipeline(Readable.fromWeb(body), createWriteStream(upload.part, { flags: "a" })).catch(() => undefined);
  const { size } = await stat(upload.part);
  if (size === upload.size + length) upload.size = size;
  else await truncate(upload.part, upload.size);
}

const received = ({ size }: Upload): Record<string, string> => (size === 0 ? {} : { range: `bytes=0-${size - 1}` });
