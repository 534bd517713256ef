import type { ConnectionOptions } from "snowflake-sdk";
import { outputsOn } from "../../cli/warehouse/ingestPath";
import type { WarehouseOutputs } from "../../components/outputs";
import type { Failure } from "../../console/api/failure";
import { ensureWebBuild, LAW_PAGES, PARITY_PAGE, WEB_BUILD } from "../../console/build/webBuild";
import type { ConsoleOptions } from "../../console/server/consoleOptions";
import { type RunningConsole, startConsole } from "../../console/server/startConsole";
import type { ConsoleRole } from "../../console/server/warehouse/consoleRole";
import { PASSWORD, TestWarehouse } from "../sql/warehouse";

/** A deployed warehouse with a console on it; nothing in between is replaced. */
export class TestConsole {
  private readonly consoles: RunningConsole[] = [];

  private constructor(
    readonly warehouse: TestWarehouse,
    /** As the administrator's role. */
    public console: RunningConsole,
    readonly outputs: WarehouseOutputs,
  ) {
    this.consoles.push(console);
  }

  static async start(options: Partial<ConsoleOptions> = {}): Promise<TestConsole> {
    await ensureWebBuild();
    const warehouse = await TestWarehouse.start();
    await warehouse.person("VIEWER", "admin");
    await warehouse.person("WATCHER", "monitor");
    await warehouse.person("ASKER", "user");
    const outputs = outputsOn(warehouse.server);
    return new TestConsole(warehouse, await startConsole(optionsFor(outputs, "admin", options)), outputs);
  }

  get url(): string {
    return this.console.url;
  }

  /** One more console on the same warehouse. */
  async startAnother(role: ConsoleRole, options: Partial<ConsoleOptions> = {}): Promise<RunningConsole> {
    const started = await startConsole(optionsFor(this.outputs, role, options));
    this.consoles.push(started);
    return started;
  }

  async close(): Promise<void> {
    for (const console of this.consoles) await console.close();
    await this.warehouse.close();
  }
}

function optionsFor(outputs: WarehouseOutputs, role: ConsoleRole, options: Partial<ConsoleOptions>): ConsoleOptions {
  const username = { admin: "VIEWER", monitor: "WATCHER", user: "ASKER" }[role];
  const credentials = { username, password: PASSWORD } as ConnectionOptions;
  const project = { assets: WEB_BUILD, lawPages: LAW_PAGES, parityPage: PARITY_PAGE };
  return { outputs, role, credentials, port: 0, ...project, watchEveryMs: 200, ...options };
}

/** Requests to the console that `url` gives, or to another. */
export function asker(url: () => string) {
  const ask = (path: string, options: RequestInit = {}, base = url()) => fetch(`${base}${path}`, options);
  const post = (path: string, body: unknown, headers: Record<string, string> = {}, base = url()) =>
    ask(
      path,
      { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...headers } },
      base,
    );
  const failure = async (answer: Response): Promise<[number, Failure]> => [
    answer.status,
    (await answer.json()) as Failure,
  ];
  return { ask, post, failure };
}

const ACTIONS = ["page.viewed", "page.viewed", "cart.filled", "order.placed", "order.cancelled"] as const;

/** Events of some people over the last hours, each different. */
export function sampleEvents(count: number, now = Date.now(), from = 0): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, offset) => {
    const index = from + offset;
    const action = ACTIONS[index % ACTIONS.length] as string;
    return {
      action,
      occurred_at: new Date(now - (count - offset) * 60_000).toISOString(),
      actor_id: `person-${index % 7}`,
      object: { type: action.split(".")[0], id: `${action.split(".")[0]}-${index}` },
      attributes: { total: index * 1.5, currency: index % 2 === 0 ? "EUR" : "USD" },
      revenue_impact: index,
      source: "test",
    };
  });
}
