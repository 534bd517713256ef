import { join } from "node:path";
import { type Fault, FaultProxy } from "../../cli/faults/faultProxy";
import type { EventClient } from "../../client/index";
import type { LocalServer } from "../../local/index";
import { startServer } from "../local/support";
import { EventWarehouse, eventClient, temporaryFolder } from "./warehouse";

export const event = (actor: string, more: object = {}) => ({
  action: "order.placed",
  occurred_at: "2026-03-01T10:00:00Z",
  actor_id: actor,
  ...more,
});

export const many = (count: number) => Array.from({ length: count }, (_, n) => event(`u${n}`));

/** A server with an empty warehouse, clients of it, and a proxy between them that makes faults: for the tests of the suite that calls this. */
export function deliveryBench() {
  let server: LocalServer;
  let warehouse: EventWarehouse;
  let proxy: FaultProxy;
  const home = temporaryFolder();
  let spools = 0;
  const open: EventClient[] = [];

  before(async () => {
    server = await startServer();
    warehouse = await EventWarehouse.deploy(server);
    proxy = await FaultProxy.start(server.port);
  });
  afterEach(async () => {
    proxy.plan = () => undefined;
    for (const made of open.splice(0)) await made.close({ timeoutMs: 100 });
    await warehouse.query(`TRUNCATE TABLE ${warehouse.outputs.tables.rawEvents}`);
  });
  after(async () => {
    await proxy.close();
    await warehouse.close();
    await server.close();
    home.remove();
  });

  const spool = () => join(home.folder, `spool${spools++}`);
  return {
    get server() {
      return server;
    },
    get warehouse() {
      return warehouse;
    },
    get proxy() {
      return proxy;
    },
    home,
    /** Clients that are closed after the test. */
    open,
    spool,
    client(options: Parameters<typeof eventClient>[2] = {}) {
      const made = eventClient(server, spool(), { port: proxy.port, ...options });
      open.push(made);
      return made;
    },
    /** The first queries meet these faults, one each. */
    meet(...faults: Fault[]) {
      proxy.plan = ({ query }) => (query ? faults.shift() : undefined);
      return faults;
    },
  };
}
