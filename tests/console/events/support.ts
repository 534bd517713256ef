import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConnectionOptions } from "snowflake-sdk";
import { WEB_BUILD } from "../../../console/build/webBuild";
import type { EventsOptions } from "../../../console/server/events/eventsOptions";
import { type RunningConsole, startConsole } from "../../../console/server/startConsole";
import type { LocalServer } from "../../../local/index";
import { EventWarehouse } from "../../client/warehouse";
import { ADMIN_PASSWORD, type Row, startServer } from "../../local/support";

export const TOKEN = "a-token-for-these-tests";

/** What the endpoint answers. */
export interface Said {
  success: boolean;
  code?: string;
  message?: string;
  problems?: { path: string; message: string }[];
  accepted?: number;
  duplicate?: number;
  invalid?: number;
  events?: { status: string; event_id: string }[];
  status?: string;
}

interface Sent {
  url?: string;
  /** Undefined leaves out what is sent otherwise. */
  headers?: Record<string, string | undefined>;
  method?: string;
}

/** A deployed warehouse and a console that takes events for it. */
export class EventsConsole {
  private spools = 0;
  private readonly home = mkdtempSync(join(tmpdir(), "events-http-"));
  private console_!: RunningConsole;

  private constructor(
    readonly server: LocalServer,
    readonly warehouse: EventWarehouse,
  ) {}

  static async open(): Promise<EventsConsole> {
    const server = await startServer();
    const opened = new EventsConsole(server, await EventWarehouse.deploy(server));
    opened.console_ = await opened.start();
    return opened;
  }

  get url(): string {
    return this.console_.url;
  }

  get credentials(): ConnectionOptions {
    return { username: this.server.user, password: ADMIN_PASSWORD } as ConnectionOptions;
  }

  newSpool(): string {
    return join(this.home, `spool${this.spools++}`);
  }

  /** One more console of the same warehouse; who starts it closes it. */
  start(events: Partial<EventsOptions> = {}, outputs = this.warehouse.outputs): Promise<RunningConsole> {
    return startConsole({
      outputs,
      credentials: this.credentials,
      port: 0,
      assets: WEB_BUILD,
      events: { tokens: [TOKEN], spool: this.newSpool(), ...events },
    });
  }

  async send(path: string, body: unknown, { url = this.url, headers = {}, method = "POST" }: Sent = {}) {
    const raw = typeof body === "string" || body instanceof Uint8Array || body === undefined;
    const all = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json", ...headers };
    const response = await fetch(`${url}${path}`, {
      method,
      headers: Object.entries(all).filter((header): header is [string, string] => header[1] !== undefined),
      body: raw ? (body as BodyInit) : JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, said: (await response.json()) as Said };
  }

  /** Rows of EVENTS with these ids, once they are there. */
  async landed(ids: readonly string[]): Promise<Row[]> {
    for (;;) {
      const events = await this.warehouse.events();
      const rows = ids.map((id) => events.get(id)).filter((row) => row !== undefined);
      if (rows.length === ids.length) return rows;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async close(): Promise<void> {
    await this.console_.close();
    await this.warehouse.close();
    await this.server.close();
    rmSync(this.home, { recursive: true });
  }
}

export const idsOf = ({ events = [] }: Said) => events.map(({ event_id }) => event_id);

let number = 0;
/** Unlike any before. */
export const next = () => number++;

/** An event that no other has. */
export const event = (more: object = {}) => ({
  action: "order.placed",
  actor_id: `u${next()}`,
  occurred_at: "2026-03-01T10:00:00Z",
  ...more,
});

/** A message of Segment's clients that no other has. */
export const track = (more: object = {}) => ({
  type: "track",
  event: "Order Completed",
  userId: `s${number}`,
  messageId: `m-${next()}`,
  timestamp: "2026-03-01T10:00:00.123Z",
  properties: { total: 12.5 },
  ...more,
});
