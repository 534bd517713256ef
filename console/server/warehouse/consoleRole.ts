import type { ConnectionOptions } from "snowflake-sdk";
import { connectionOptions } from "../../../client/connectionOptions";
import type { WarehouseOutputs } from "../../../components/outputs";

/**
 * The roles a console can work as; neither reads or writes a table. `admin` reads every view, runs plans and changes permissions;
 * `user` runs plans and sees the catalogue and its own permissions.
 */
export type ConsoleRole = "admin" | "user";

/** How the console logs in: address, role and warehouse of the outputs, credentials given or from the environment. */
export function consoleConnection(
  outputs: WarehouseOutputs,
  role: ConsoleRole,
  credentials?: Partial<ConnectionOptions>,
): ConnectionOptions {
  const { account, roles, warehouses } = outputs;
  return {
    ...connectionOptions(undefined, credentials as ConnectionOptions),
    account: account.account,
    accessUrl: `${account.protocol}://${account.host}:${account.port}`,
    role: roles[role],
    warehouse: warehouses.query,
    application: "two-table-console",
    clientSessionKeepAlive: true,
  } as ConnectionOptions;
}
