import type { Service } from "../service";

const KEPT_MS = 30_000;
const kept = new WeakMap<Service, { at: number; names: Promise<string[]> }>();

/** Names of actions that begin with a text, for completion while somebody types: asked of the warehouse at most twice a minute. */
export async function actionNames(service: Service, beginning: string): Promise<string[]> {
  let entry = kept.get(service);
  if (!entry || Date.now() - entry.at > KEPT_MS) {
    const run = { tag: "mcp:server:completion", timeoutMs: service.settings.timeoutMs };
    const names = service.queries.actionCatalog(run).then(
      (rows) => rows.map(({ action }) => String(action)),
      () => [],
    );
    entry = { at: Date.now(), names };
    kept.set(service, entry);
  }
  return (await entry.names).filter((name) => name.startsWith(beginning)).slice(0, 100);
}
