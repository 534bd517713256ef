import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, type Stats } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import type { Context, Hono } from "hono";
import type { Services } from "../services";
import { requireWritable, stagesDirectory } from "../stages/location";
import { STAGE_FILES, type Transfer } from "../stages/transfers";
import { ResumableUploads } from "./resumableUploads";

const BEARER = /^Bearer (.+)$/;
const RANGE = /^bytes=(\d+)-(\d*)$/;

/**
 * HEAD, GET and PUT /stage-files/{name}, and POST and DELETE for what comes piece by piece: the part of Google's XML API for objects that drivers use, for those that do not
 * copy files by themselves; their token is a header, or a parameter of the address they were told. Source: https://cloud.google.com/storage/docs/xml-api/reference-methods
 */
export function stageFileEndpoint(app: Hono, services: Services): void {
  const uploads = new ResumableUploads();
  app.on(["GET", "PUT", "POST", "DELETE"], `/${STAGE_FILES}/*`, async (context) => {
    const token = BEARER.exec(context.req.header("authorization") ?? "")?.[1] ?? context.req.query("token") ?? "";
    const transfer = services.transfers.find(token);
    if (!transfer) return context.text("Unauthorized", 401);
    const name = decodeURIComponent(context.req.path.slice(STAGE_FILES.length + 2));
    requireWritable(name);
    const path = join(transfer.directory, name);
    const found = await stat(path).catch(() => undefined);
    const { method } = context.req;
    const upload = context.req.query("upload_id");
    if (method === "PUT" && upload !== undefined) return uploads.take(context, upload, token);
    if (method === "DELETE") return uploads.cancel(context, upload ?? "", token);
    if (method === "POST" && context.req.header("x-goog-resumable") !== "start")
      return context.text("Method not allowed", 405);
    if (method === "POST" || method === "PUT") {
      const refused = refusal(context, transfer, found);
      if (refused) return refused;
    }
    if (method === "POST") return uploads.begin(context, path, token, stagesDirectory(services.store));
    if (method === "PUT") return write(services, context, path);
    return found?.isFile() ? read(context, path, found) : context.text("Not found", 404);
  });
}

/** Of what may not be written. */
function refusal(context: Context, transfer: Transfer, found: Stats | undefined): Response | undefined {
  if (transfer.mode !== "WRITE") return context.text("Forbidden", 403);
  // Generation 0 is that of an object that is not there yet.
  const onlyNew = transfer.onlyNew || context.req.header("x-goog-if-generation-match") === "0";
  return found && onlyNew ? context.text("Precondition", 412) : undefined;
}

async function write(services: Services, context: Context, path: string): Promise<Response> {
  // Beside the stages, so that no reader sees half a file.
  const part = join(stagesDirectory(services.store), `${randomUUID()}.part`);
  await mkdir(dirname(path), { recursive: true });
  try {
    const { body } = context.req.raw;
    const bytes = body ? Readable.fromWeb(body as ReadableStream) : Readable.from([]);
    await pipeline(bytes, createWriteStream(part));
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
  return context.body(null, 200);
}

async function read(context: Context, path: string, { size }: Stats): Promise<Response> {
  const headers: Record<string, string> = { "content-type": "application/octet-stream", "accept-ranges": "bytes" };
  if (context.req.method === "HEAD") {
    return context.body(null, 200, {
      ...headers,
      "content-length": String(size),
      "x-goog-meta-sfc-digest": await digestOf(path),
    });
  }
  const [, first, last] = RANGE.exec(context.req.header("range") ?? "") ?? [];
  if (first === undefined || Number(first) >= size) return content(context, path, 200, 0, size - 1, headers);
  const end = Math.min(last ? Number(last) : size - 1, size - 1);
  return content(context, path, 206, Number(first), end, {
    ...headers,
    "content-range": `bytes ${first}-${end}/${size}`,
  });
}

function content(
  context: Context,
  path: string,
  status: 200 | 206,
  start: number,
  end: number,
  headers: Record<string, string>,
): Response {
  const length = Math.max(0, end - start + 1);
  const bytes = length === 0 ? null : (Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream);
  return context.body(bytes as never, status, { ...headers, "content-length": String(length) });
}

/** As drivers name what they have sent: SHA-256 in base64. */
async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("base64");
}
