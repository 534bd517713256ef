import snowflake, { type Connection, type ConnectionOptions } from "snowflake-sdk";
import type { WarehouseOutputs } from "../../components/outputs";

export type Row = Record<string, unknown>;

/** A session of an administrator, for counting and checking. */
export class WarehouseReader {
  private constructor(
    private readonly connection: Connection,
    readonly outputs: WarehouseOutputs,
  ) {}

  /** @param role default: the deployer's */
  static open(outputs: WarehouseOutputs, username: string, password: string, role?: string): Promise<WarehouseReader> {
    return WarehouseReader.connect(outputs, { username, password } as ConnectionOptions, role);
  }

  /** With any credentials of the driver. */
  static async connect(
    outputs: WarehouseOutputs,
    credentials: ConnectionOptions,
    role = outputs.roles.deployer,
  ): Promise<WarehouseReader> {
    // The driver would write a snowflake.log into the working directory.
    snowflake.configure({ logLevel: "OFF", additionalLogToConsole: false });
    const { account, database, warehouses } = outputs;
    const connection = snowflake.createConnection({
      account: account.account,
      accessUrl: `${account.protocol}://${account.host}:${account.port}`,
      ...credentials,
      role,
      warehouse: warehouses.query,
      database,
      schema: "MCP",
      application: "two-table-warehouse",
      sfRetryMaxLoginRetries: 1,
    } as ConnectionOptions);
    await new Promise<void>((resolve, reject) => {
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    return new WarehouseReader(connection, outputs);
  }

  query(sqlText: string, binds: (string | number)[] = []): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.connection.execute({
        sqlText,
        binds,
        complete: (error, _, rows) => (error ? reject(error) : resolve(rows ?? [])),
      });
    });
  }

  /** Rows of a table or view. */
  async count(name: string): Promise<number> {
    const [row] = await this.query(`SELECT COUNT(*) AS N FROM ${name}`);
    return Number(row?.N);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.connection.destroy(() => resolve()));
  }
}
