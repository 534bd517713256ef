import { type Context, Hono } from "hono";
import { ClientClosedError, SpoolFullError } from "../../../client/index";
import { type Drafts, messageDraft, readDrafts } from "./drafts";
import type { EventIntake, Outcome } from "./eventIntake";
import type { ProducerTokens } from "./producerToken";
import { readRequestBody } from "./requestBody";
import { type Problem, RequestError } from "./requestError";
import { SEGMENT_TYPES } from "./segmentMessage";

export interface EventServices {
  intake: EventIntake;
  tokens: ProducerTokens;
  maxBodyBytes: number;
}

/** Bytes of bodies that may be in memory at once; more are told to come back. */
const MAX_BYTES_UNDER_WAY = 64 << 20;
/** The same for bodies whose producer is not known before they are read: they keep out no other. */
const MAX_UNKNOWN_BYTES_UNDER_WAY = 16 << 20;
/** How many problems one answer names. */
const MAX_PROBLEMS = 100;

/**
 * `/v1/events` for producers without Node, and the paths of Segment's HTTP API with its shapes.
 * @param services undefined: the endpoint is off, and says so
 */
export function eventRoutes(services: EventServices | undefined): Hono {
  const app = new Hono();
  app.onError((error, context) => answerError(error, context));
  app.use(async (context, next) => {
    await next();
    context.header("Cache-Control", "no-store");
  });
  app.get("/health", (context) => health(context, services));
  if (services === undefined) {
    app.all("*", () => {
      throw new RequestError(503, "off", "This console takes no events; start it with EVENTS_TOKEN set");
    });
    return app;
  }
  const { intake, tokens, maxBodyBytes } = services;
  app.use(async (context, next) => {
    const authorization = context.req.header("authorization");
    // Some of Segment's clients (Python, C#, Kotlin) show their key in the body alone.
    const isTold = authorization === undefined && context.req.method === "POST" && isKnown(context);
    if (!isTold) tokens.demand(authorization);
    await next();
  });
  const readKnown = boundedReader(maxBodyBytes, MAX_BYTES_UNDER_WAY);
  const readUnknown = boundedReader(maxBodyBytes, MAX_UNKNOWN_BYTES_UNDER_WAY);
  const read = async (context: Context): Promise<unknown> => {
    const isAdmitted = context.req.header("authorization") !== undefined;
    const { body, writeKey } = withoutKey(await (isAdmitted ? readKnown : readUnknown)(context));
    if (!isAdmitted) tokens.demandKey(writeKey);
    return body;
  };

  app.post("/events", async (context) => {
    const drafts = readDrafts(await read(context), context.req.header("idempotency-key"));
    return answer(context, drafts, await intake.take(drafts.drafts, { allOrNone: !drafts.isBatch }));
  });
  for (const type of SEGMENT_TYPES) {
    app.on("POST", [`/${type}`, `/${SHORT[type]}`], async (context) => {
      const drafts: Drafts = { drafts: [messageDraft(await read(context), type)], pathOf: () => "", isBatch: false };
      return answer(context, drafts, await intake.take(drafts.drafts, { allOrNone: true }));
    });
  }
  app.on(
    "POST",
    BATCHES.map((name) => `/${name}`),
    async (context) => {
      const drafts = readDrafts(await read(context));
      if (!drafts.isBatch)
        throw new RequestError(400, "malformed", "The body has no batch; expected {batch: [messages]}");
      return answer(context, drafts, await intake.take(drafts.drafts, { allOrNone: false }));
    },
  );
  app.all("*", (context) => {
    if (context.req.method !== "POST" && isKnown(context))
      throw new RequestError(405, "method", `${context.req.method} is not taken here; expected POST`, {
        headers: { Allow: "POST" },
      });
    throw new RequestError(404, "not-found", `There is no ${context.req.method} ${context.req.path}`);
  });
  return app;
}

/** As Segment's newer clients spell the paths. */
const SHORT = { track: "t", identify: "i", page: "p", screen: "s", group: "g", alias: "a" } as const;
const BATCHES = ["batch", "import", "b"];
const KNOWN = new Set<string>(["events", ...BATCHES, ...SEGMENT_TYPES, ...Object.values(SHORT)]);

const isKnown = (context: Context): boolean => KNOWN.has(context.req.path.replace(/^.*\//, ""));

/** The key is a secret and no part of an event, whoever needs it. */
function withoutKey(body: unknown): { body: unknown; writeKey?: unknown } {
  if (typeof body !== "object" || body === null || !("writeKey" in body)) return { body };
  const { writeKey, ...rest } = body;
  return { body: rest, writeKey };
}

/** Reads bodies as long as not too much of them is in memory. */
function boundedReader(maxBodyBytes: number, maxUnderWay: number) {
  let underWay = 0;
  return async (context: Context): Promise<unknown> => {
    const size = mostBytes(context, maxBodyBytes);
    if (underWay + size > Math.max(maxUnderWay, maxBodyBytes)) {
      throw new RequestError(429, "busy", "Too many events are coming in at once; send this again a little later", {
        headers: { "Retry-After": "1", Connection: "close" },
      });
    }
    underWay += size;
    try {
      return await readRequestBody(context, maxBodyBytes);
    } finally {
      underWay -= size;
    }
  };
}

/** How much of memory a body may take: what it says of itself, unless it is packed or says nothing. */
function mostBytes(context: Context, maxBodyBytes: number): number {
  const declared = context.req.header("content-length");
  const isPlain = /^(identity)?$/i.test((context.req.header("content-encoding") ?? "").trim());
  return isPlain && declared !== undefined && /^\d+$/.test(declared)
    ? Math.min(Number(declared), maxBodyBytes)
    : maxBodyBytes;
}

/**
 * 200 when something was taken, or nothing was asked; each event with what became of it. 400 when all was refused: `success` of
 * Segment's API is told in both.
 */
function answer(context: Context, { pathOf, isBatch }: Drafts, outcomes: readonly Outcome[]): Response {
  const problems: Problem[] = [];
  const counts = { accepted: 0, duplicate: 0, dead_lettered: 0, invalid: 0 };
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome === undefined) continue;
    counts[outcome.status]++;
    if (outcome.status !== "invalid") continue;
    for (const { path, message } of outcome.problems) problems.push({ path: joined(pathOf(index), path), message });
  }
  const { invalid } = counts;
  if (invalid > 0 && (!isBatch || invalid === outcomes.length)) {
    const [first] = problems as [Problem];
    const said =
      problems.length === 1 ? `${first.path || "the event"}: ${first.message}` : `${problems.length} problems`;
    throw new RequestError(400, "invalid", `Nothing was taken: ${said}`, { problems });
  }
  return context.json({
    success: invalid === 0,
    ...counts,
    events: outcomes.map((outcome) => (outcome.status === "invalid" ? { status: "invalid" } : outcome)),
    ...(invalid === 0 ? {} : { problems: problems.slice(0, MAX_PROBLEMS) }),
  });
}

const joined = (path: string, inner: string): string =>
  path === "" || inner === "" || inner.startsWith("[") ? `${path}${inner}` : `${path}.${inner}`;

function answerError(error: Error, context: Context): Response {
  const { status, code, message, details } = requestErrorOf(error);
  for (const [name, value] of Object.entries(details.headers ?? {})) context.header(name, value);
  const { problems } = details;
  return context.json(
    { success: false, code, message, ...(problems ? { problems: problems.slice(0, MAX_PROBLEMS) } : {}) },
    status,
  );
}

function requestErrorOf(error: Error): RequestError {
  if (error instanceof RequestError) return error;
  // Segment's clients wait for as long as they are told after 429, and count their attempts after 503.
  if (error instanceof SpoolFullError)
    return new RequestError(429, "full", "Too many events wait for the warehouse; send this again later", {
      headers: { "Retry-After": "10" },
    });
  // The producer itself has gone; there is nobody to answer.
  const isAborted = (error as NodeJS.ErrnoException).code === "ECONNRESET";
  if (!(error instanceof ClientClosedError || isAborted))
    process.stderr.write(`events: ${error.stack ?? error.message}\n`);
  return new RequestError(
    503,
    "unavailable",
    "The events cannot be kept at the moment; nothing was taken, send them again",
    {
      headers: { "Retry-After": "5" },
    },
  );
}

/** Whether events are taken; with the token also how many wait. */
function health(context: Context, services: EventServices | undefined): Response {
  if (services === undefined) return context.json({ status: "off" }, 503);
  const { circuit, queuedEvents, queuedBytes, lagMs } = services.intake.client.metrics();
  const status = circuit === "open" ? "queueing" : "ok";
  if (!services.tokens.admits(context.req.header("authorization"))) return context.json({ status });
  return context.json({ status, queued_events: queuedEvents, queued_bytes: queuedBytes, lag_ms: lagMs, circuit });
}
