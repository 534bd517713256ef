import { toMillis } from "../clock";
import type { Services } from "../services";
import type { Session } from "../session/session";
import type { ExecutionContext, Rights } from "./context";
import { StatementContext } from "./executionContext";
import { newQueryId } from "./queryId";
import type { RequestScope } from "./request";

export interface InternalWork {
  /** Role whose rights the work has: the owner of the task, alert or dynamic table. */
  ownerId: number | null;
  /** Shown as the statement's text when the work itself is one. */
  text?: string;
  /** The user in whose name it runs; default: none (system). */
  userId?: number;
  namespace?: { databaseId: number; schemaId: number };
  warehouseId?: number | null;
  /** Computes without a warehouse. */
  serverless?: boolean;
  frame?: Rights["frame"];
}

/** Work that the server starts by itself. It has a session of its own that ends with it; what it wrote is committed when it succeeds, and also what it had written before it failed. */
export async function runInternal<T>(
  services: Services,
  options: InternalWork,
  work: (context: ExecutionContext) => Promise<T>,
): Promise<T> {
  const now = services.clock.nowMicros();
  const queryId = newQueryId(now);
  const userId = options.userId ?? 0;
  const session: Session = {
    id: String(now),
    userId,
    createdOn: toMillis(now),
    roleId: options.ownerId,
    secondaryRoles: "NONE",
    warehouseId: options.warehouseId ?? null,
    databaseId: options.namespace?.databaseId ?? null,
    schemaId: options.namespace?.schemaId ?? null,
    parameters: new Map(),
    variables: new Map(),
    transaction: null,
    queryIds: [],
    client: { application: "SYSTEM", version: services.account.version, environment: {} },
    ...(options.serverless ? { serverless: true } : {}),
    lastUsedOn: toMillis(now),
    closed: false,
  };
  const request: RequestScope = { queryId, partlyCommitted: false };
  const controller = services.running.start(queryId, { sessionId: session.id, userId });
  const context = new StatementContext({
    services,
    session,
    request,
    rights: { userId, roleId: options.ownerId, secondaryRoles: "NONE", frame: options.frame ?? "owner" },
    queryId,
    now,
    signal: controller.signal,
    text: options.text ?? "",
    namespace: options.namespace,
  });
  try {
    return await work(context);
  } finally {
    await context.settle().finally(() => services.running.end(queryId));
  }
}
