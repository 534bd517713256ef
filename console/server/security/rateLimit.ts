import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { ConsoleError } from "../warehouse/consoleError";

/** How often one address may ask within a number of seconds. */
export interface Rate {
  points: number;
  seconds: number;
}

/** Limits are generous to people and stop loops. Reads, plans and changes, attempts to log in, and new WebSockets. */
export const RATES = {
  read: { points: 600, seconds: 10 },
  plan: { points: 30, seconds: 10 },
  logIn: { points: 10, seconds: 60 },
} satisfies Record<string, Rate>;

export function rateLimit({ points, seconds }: Rate): MiddlewareHandler {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return async (context: Context<{ Bindings: HttpBindings }>, next) => {
    const address = context.env.incoming?.socket.remoteAddress ?? "unknown";
    try {
      await limiter.consume(address);
    } catch (rejection) {
      const waitMs = (rejection as { msBeforeNext?: number }).msBeforeNext ?? seconds * 1000;
      context.header("Retry-After", String(Math.max(1, Math.ceil(waitMs / 1000))));
      throw new ConsoleError("too-many", `More than ${points} requests in ${seconds} s; wait a little.`);
    }
    await next();
  };
}
