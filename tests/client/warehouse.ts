import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection, ConnectionOptions } from "snowflake-sdk";
import { ingestPath, outputsOn } from "../../cli/warehouse/ingestPath";
import type { EventClientOptions } from "../../client/eventClient";
import { EventClient } from "../../client/index";
import type { WarehouseOutputs } from "../../components/outputs";
import { ADMIN_PASSWORD, connect, disconnect, query, type Row } from "../local/support";

/** A server that listens somewhere; what both kinds of embedded server have. */
export interface Address {
  host: string;
  port: number;
  account: string;
  user: string;
}

/** The way of an event on an embedded server, and a look at both ends of it. */
export class EventWarehouse {
  private constructor(
    readonly outputs: WarehouseOutputs,
    private connection: Connection,
  ) {}

  static async deploy(server: Address): Promise<EventWarehouse> {
    const outputs = outputsOn(server);
    const warehouse = new EventWarehouse(outputs, await administrator(server));
    for (const statement of ingestPath(outputs)) await query(warehouse.connection, statement);
    return warehouse;
  }

  /** Looks again after the server was started anew. */
  async reconnect(server: Address): Promise<void> {
    this.connection = await administrator(server);
  }

  query(sqlText: string): Promise<Row[]> {
    return query(this.connection, sqlText);
  }

  /** Rows of RAW_EVENTS, oldest first, as [actor, lane, when received]. */
  async landed(): Promise<unknown[][]> {
    const rows = await this.query(
      `SELECT PAYLOAD:actor_id::VARCHAR AS A, _SOURCE_LANE AS L, PAYLOAD:_recv_at::VARCHAR AS R FROM ${this.outputs.tables.rawEvents} ORDER BY A`,
    );
    return rows.map(({ A, L, R }) => [A, L, R]);
  }

  /** EVENTS after a refresh, by id. */
  async events(): Promise<Map<string, Row>> {
    const { events } = this.outputs.tables;
    await this.query(`ALTER DYNAMIC TABLE ${events} REFRESH`);
    const rows = await this.query(`SELECT * FROM ${events}`);
    return new Map(rows.map((row) => [row.EVENT_ID as string, row]));
  }

  close(): Promise<void> {
    return disconnect(this.connection);
  }
}

const administrator = (server: Address) =>
  connect(server as Parameters<typeof connect>[0], { role: "ACCOUNTADMIN", warehouse: "CLAUDE_WAREHOUSE" });

/** A client with short waits; `port` may be that of a proxy. */
export function eventClient(
  server: Address,
  spool: string,
  options: Partial<EventClientOptions> & { port?: number } = {},
): EventClient {
  const { port = server.port, ...rest } = options;
  return new EventClient({
    outputs: outputsOn({ ...server, port }),
    connection: { username: server.user, password: ADMIN_PASSWORD } as ConnectionOptions,
    spool,
    batch: { maxAgeMs: 5 },
    backoff: { baseMs: 5, capMs: 50 },
    closeOnSignals: [],
    ...rest,
  });
}

/** A folder that is removed by `remove`. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "event-client-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
