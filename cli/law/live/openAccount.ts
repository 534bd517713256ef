import snowflake, { type ConnectionOptions } from "snowflake-sdk";
import type { LawSettings } from "../../../law/index";
import { findTarget } from "../../connection/target";
import type { Query, Row } from "./reader";

export interface LiveFlags {
  stack?: string;
  role?: string;
}

/**
 * Logs in to the account of a stack, of the environment or of `npm start`.
 * The role must see all that the database holds: `--role`, else SNOWFLAKE_ROLE, else the deployer's.
 */
export async function openAccount(
  flags: LiveFlags,
  settings: LawSettings,
): Promise<{ query: Query; close(): Promise<void> }> {
  // The driver would write a snowflake.log into the working directory.
  snowflake.configure({ logLevel: "OFF", additionalLogToConsole: false });
  const { connection: options } = await findTarget(flags);
  const role = flags.role ?? (process.env.SNOWFLAKE_ROLE || settings.deployerRole);
  const connection = snowflake.createConnection({ ...options, role } as ConnectionOptions);
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  return {
    query: (sqlText) =>
      new Promise<Row[]>((resolve, reject) => {
        connection.execute({ sqlText, complete: (error, _, rows) => (error ? reject(error) : resolve(rows ?? [])) });
      }),
    close: () => new Promise((resolve) => connection.destroy(() => resolve())),
  };
}
