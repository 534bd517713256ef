import type { Context } from "hono";
import { z } from "zod";
import { ConsoleError } from "../warehouse/consoleError";

/** Checks the query of a request. @throws ConsoleError invalid, naming every problem */
export function readQuery<S extends z.ZodType>(context: Context, schema: S): z.output<S> {
  const given = Object.fromEntries(Object.entries(context.req.query()).filter(([, value]) => value !== ""));
  return check(schema, given);
}

/** Checks the JSON body of a request. @throws ConsoleError invalid, naming every problem */
export async function readBody<S extends z.ZodType>(context: Context, schema: S): Promise<z.output<S>> {
  if (!/^application\/json\b/i.test(context.req.header("content-type") ?? ""))
    throw new ConsoleError("invalid", "The body must be JSON (Content-Type: application/json).");
  let body: unknown;
  try {
    body = await context.req.json();
  } catch {
    throw new ConsoleError("invalid", "The body is not JSON.");
  }
  return check(schema, body);
}

function check<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "request"}: ${message}`);
  throw new ConsoleError("invalid", problems.join("; "));
}

/** An event id: 64 hexadecimal digits. */
export const eventIdSchema = z.string().regex(/^[0-9a-f]{64}$/, "The id of an event has 64 hexadecimal digits");

/** A word that is searched for; long enough for every id. */
export const term = z.string().min(1).max(1000);

/** An instant with an offset. */
export const instantText = z
  .string()
  .max(40)
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/, {
    error: "expected ISO 8601 with an offset",
    abort: true,
  })
  .refine((text) => !Number.isNaN(Date.parse(text)), "expected a time that exists");
