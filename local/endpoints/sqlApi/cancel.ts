import type { Context } from "hono";
import type { Services } from "../../services";
import type { Caller } from "./caller";
import { canceled, notFound } from "./failure";

/** POST /api/v2/statements/{handle}/cancel: interrupts a statement of the caller's that runs. */
export function cancelStatement(services: Services, context: Context, { user }: Caller): Response {
  const handle = context.req.param("handle") as string;
  const isOwn = services.running.userOf(handle) === user.id;
  return isOwn && services.running.cancel(handle) ? canceled(context, handle) : notFound(context, handle);
}
