import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { ZodError } from "zod";
import type { FailureKind } from "../api/failure";
import { isLoopback } from "./consoleOptions";
import { eventRoutes as intakeRoutes } from "./events/eventRoutes";
import { showEventsTable } from "./queries/eventsTable";
import { eventRoutes } from "./routes/events";
import { monitoringRoutes } from "./routes/monitoring";
import { permissionRoutes } from "./routes/permissions";
import { planRoutes } from "./routes/plans";
import type { ConsoleServices } from "./routes/services";
import { logInRoutes, sessionRoutes } from "./routes/session";
import { securityHeaders } from "./security/headers";
import { RATES, rateLimit } from "./security/rateLimit";
import { sameOriginOnly } from "./security/sameOrigin";
import { ConsoleError } from "./warehouse/consoleError";

const MAX_BODY_BYTES = 200_000;

const STATUS = {
  "no-permission": 403,
  gone: 503,
  refused: 422,
  invalid: 400,
  "not-found": 404,
  unauthenticated: 401,
  "too-many": 429,
  defect: 500,
} as const satisfies Record<FailureKind, number>;

/** All of the console's HTTP: the page, what it reads, and the few things it changes. */
export function consoleApp(services: ConsoleServices): Hono {
  const app = new Hono();
  app.use(securityHeaders(() => services.webSocketPort));
  // Before what protects a browser's session: producers are no browsers and carry a token.
  app.route("/v1", intakeRoutes(services.events));
  app.use(sameOriginOnly(isLoopback(services.options.host ?? "127.0.0.1")));
  app.get("/healthz", rateLimit(RATES.read), async (context) => context.json(await health(services)));
  app.use("/api/*", async (context, next) => {
    await next();
    context.header("Cache-Control", "no-store");
  });
  app.use("/api/*", rateLimit(RATES.read));
  app.use(
    "/api/*",
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) => {
        // The rest of the body is not read, so nothing can follow it.
        context.header("Connection", "close");
        throw new ConsoleError("invalid", `The body is larger than ${MAX_BODY_BYTES} bytes.`);
      },
    }),
  );
  logInRoutes(app, services);
  app.use("/api/*", services.access.guard());
  sessionRoutes(app, services);
  eventRoutes(app, services);
  monitoringRoutes(app, services);
  planRoutes(app, services);
  permissionRoutes(app, services);
  app.all("/api/*", (context) => {
    throw new ConsoleError("not-found", `There is no ${context.req.method} ${context.req.path}.`);
  });
  app.get("*", (context) => services.assets.answer(context));
  app.onError((error, context) => {
    const failure = failureOf(error);
    return context.json(failure.toJSON(), STATUS[failure.kind]);
  });
  return app;
}

function failureOf(error: Error): ConsoleError {
  if (error instanceof ConsoleError) return error;
  if (error instanceof ZodError)
    return new ConsoleError("invalid", error.issues.map(({ message }) => message).join("; "));
  if (error instanceof HTTPException) return new ConsoleError("invalid", error.message);
  process.stderr.write(`console: ${error.stack ?? error.message}\n`);
  return new ConsoleError("defect", "The console made a mistake; its log says more.");
}

/** What a monitor asks for: whether the process answers, and whether the warehouse does. Wakes no warehouse. */
async function health({ warehouse, hub, startedAt }: ConsoleServices) {
  const isReachable = await warehouse.cache.get("health", 2000, () =>
    showEventsTable(warehouse).then(
      () => true,
      // A refusal is an answer too.
      (error: ConsoleError) => error.kind !== "gone",
    ),
  );
  return {
    status: isReachable ? "ok" : "degraded",
    warehouse: isReachable ? "connected" : "unreachable",
    browsers: hub.size,
    uptimeSeconds: Math.round((Date.now() - startedAt) / 1000),
  };
}
