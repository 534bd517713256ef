import type { ConnectionOptions } from "snowflake-sdk";
import { connectionOptions } from "../../../client/connectionOptions";
import type { WarehouseOutputs } from "../../../components/outputs";

/**
 * The roles a console can work as; none reads or writes a table. `monitor` reads every view but what came in as it came in, and runs
 * plans; `admin` reads that too and changes permissions; `user` runs plans and sees the catalogue and its own permissions.
 */
export type ConsoleRole = "admin" | "monitor" | "user";

/** @throws Error when the stack has no role that only watches */
function roleName({ roles }: WarehouseOutputs, role: ConsoleRole): string {
  const name = roles[role];
  if (name === undefined)
    throw new Error(
      "This stack was deployed before there was a role that only watches: deploy it again (pulumi up), or use --role admin",
    );
  return name;
}

/** How the console logs in: address, role and warehouse of the outputs, credentials given or from the environment. */
export function consoleConnection(
  outputs: WarehouseOutputs,
  role: ConsoleRole,
  credentials?: Partial<ConnectionOptions>,
): ConnectionOptions {
  const { account, warehouses } = outputs;
  return {
    ...connectionOptions(undefined, credentials as ConnectionOptions),
    account: account.account,
    accessUrl: `${account.protocol}://${account.host}:${account.port}`,
    role: roleName(outputs, role),
    warehouse: warehouses.query,
    application: "two-table-console",
    clientSessionKeepAlive: true,
  } as ConnectionOptions;
}
