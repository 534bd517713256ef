import type { Connection } from "snowflake-sdk";
import { ALERTS, PROCEDURES, VIEWS } from "../../components/catalogue";
import { type GrantTarget, grantMatrix, INHERITS } from "../../components/grantMatrix";
import { type Names, namesOf, type RoleKey, viewName } from "../../components/names";
import { fileOfProcedure } from "../../components/procedures";
import { renderSqlFile, stripHeader } from "../../components/renderSql";
import { readSettings } from "../../components/settings";
import { type TemplateValues, templateValues } from "../../components/templateValues";
import { fileOfView } from "../../components/views";
import type { LocalServer, LocalServerOptions } from "../../local/index";
import { type ConnectOptions, connect, disconnect, query, type Row, startServer } from "../local/support";
import { deployedFolder, removeFolder } from "./deployedFolder";

/** Everything that differs between environments. */
export interface Environment {
  names: Names;
  values: TemplateValues;
}

/** The names and template values of an environment; '' is the one without suffix. */
export function environment(name: string, config: Record<string, string> = {}): Environment {
  const settings = readSettings({
    config: { account: "LOCAL-WAREHOUSE", user: "ADMIN", password: "p", environment: name, ...config },
    environment: {},
  });
  const names = namesOf(settings);
  return { names, values: templateValues(settings, names) };
}

export const { names: NAMES, values: VALUES } = environment("");
export const PASSWORD = "only-for-this-test";

/** The SQL that stands for the resources of the stack, by the role that runs it. tests/e2e deploys by Pulumi itself. */
export function* deployment({
  names,
  values,
}: Environment): Generator<{ role: RoleKey | "ACCOUNTADMIN"; sqlText: string }> {
  const { database, roles, warehouses } = names;
  const account = (sqlText: string) => ({ role: "ACCOUNTADMIN" as const, sqlText });
  const deployer = (sqlText: string) => ({ role: "deployer" as const, sqlText });
  for (const name of Object.values(warehouses))
    yield account(`CREATE WAREHOUSE ${name} WAREHOUSE_SIZE = XSMALL AUTO_SUSPEND = 60 INITIALLY_SUSPENDED = TRUE`);
  yield account(`CREATE ROLE ${roles.deployer}`);
  yield account(`GRANT ROLE ${roles.deployer} TO USER ADMIN`);
  const matrix = grantMatrix({ userManagement: true });
  for (const { privileges, on } of matrix.filter(({ role }) => role === "deployer"))
    yield account(`GRANT ${privileges.join(", ")} ON ${target(on, names)} TO ROLE ${roles.deployer}`);
  yield deployer(`CREATE DATABASE ${database}`);
  yield deployer(`DROP SCHEMA ${database}.PUBLIC`);
  for (const schema of names.schemas) yield deployer(`CREATE SCHEMA ${database}.${schema} WITH MANAGED ACCESS`);
  for (const role of ["service", "admin", "monitor", "user", "ingest"] as const) {
    yield deployer(`CREATE ROLE ${roles[role]}`);
    yield deployer(`GRANT ROLE ${roles[role]} TO ROLE ${roles.deployer}`);
  }
  for (const [heir, role] of Object.entries(INHERITS))
    yield deployer(`GRANT ROLE ${roles[role]} TO ROLE ${roles[heir as RoleKey]}`);
  yield deployer(`GRANT OWNERSHIP ON ROLE ${roles.user} TO ROLE ${roles.service} COPY CURRENT GRANTS`);
  yield deployer(
    `CREATE TABLE ${database}.LANDING.RAW_EVENTS (PAYLOAD VARIANT NOT NULL, _SOURCE_LANE VARCHAR(64) NOT NULL DEFAULT 'DIRECT', _RECV_AT TIMESTAMP_TZ(9) NOT NULL DEFAULT CURRENT_TIMESTAMP()) CLUSTER BY (TO_DATE(_RECV_AT)) DATA_RETENTION_TIME_IN_DAYS = 1 CHANGE_TRACKING = TRUE`,
  );
  yield deployer(stripHeader(renderSqlFile("dynamic_tables/events.sql", values)));
  yield deployer(`CREATE STAGE ${database}.MCP.EVENT_BACKUP`);
  yield deployer(`CREATE FILE FORMAT ${database}.MCP.EVENT_BACKUP_FORMAT TYPE = JSON`);
  const grants = (isView: boolean, isService: boolean) =>
    matrix
      .filter(({ role }) => role !== "deployer")
      .filter(({ role, on }) => (on.kind === "VIEW") === isView && (role === "service") === isService)
      .map(({ role, on, privileges }) => ({
        role: on.kind === "ACCOUNT" || on.kind === "WAREHOUSE" ? ("ACCOUNTADMIN" as const) : ("deployer" as const),
        sqlText: `GRANT ${privileges.join(", ")} ON ${target(on, names)} TO ROLE ${roles[role]}`,
      }));
  yield* grants(false, true);
  for (const entry of VIEWS) {
    const name = `${database}.${entry.schema}.${viewName(entry.name, names)}`;
    yield {
      role: entry.owner ?? "service",
      sqlText: `CREATE VIEW ${name} AS ${stripHeader(renderSqlFile(fileOfView(entry), values))}`,
    };
  }
  for (const entry of PROCEDURES)
    yield { role: entry.owner ?? "service", sqlText: stripHeader(renderSqlFile(fileOfProcedure(entry), values)) };
  yield* grants(true, true);
  yield* grants(true, false);
  yield* grants(false, false);
  for (const { name, everyMinutes } of ALERTS) {
    const condition = stripHeader(renderSqlFile(`alerts/${name.toLowerCase()}.sql`, values));
    const alert = `${database}.MCP.${name}_ALERT`;
    const action = `CALL ${database}.MCP.RECORD_ALERT('${name.toLowerCase()}', TO_VARIANT('raised'))`;
    yield {
      role: "service",
      sqlText: `CREATE ALERT ${alert} WAREHOUSE = ${warehouses.query} SCHEDULE = '${everyMinutes} MINUTE' IF (EXISTS (${condition})) THEN ${action}`,
    };
  }
}

function target(on: GrantTarget, names: Names): string {
  switch (on.kind) {
    case "ACCOUNT":
      return "ACCOUNT";
    case "DATABASE":
      return `DATABASE ${names.database}`;
    case "WAREHOUSE":
      return `WAREHOUSE ${names.warehouses[on.warehouse]}`;
    case "SCHEMA":
      return `SCHEMA ${names.database}.${on.schema}`;
    case "PROCEDURE":
      return `PROCEDURE ${names.database}.${on.schema}.${on.name}(${on.arguments.join(", ")})`;
    default:
      return `${on.kind} ${names.database}.${on.schema}.${viewName(on.name, names)}`;
  }
}

/** Deploys an environment; gives the connections it was deployed by, by role. */
export async function deploy(server: LocalServer, environment: Environment): Promise<Map<string, Connection>> {
  const { names } = environment;
  const connections = new Map<string, Connection>();
  for (const { role, sqlText } of deployment(environment)) {
    const name = role === "ACCOUNTADMIN" ? role : names.roles[role];
    let connection = connections.get(name);
    if (!connection) {
      connection = await connect(server, { role: name, warehouse: names.warehouses.query, database: undefined });
      connections.set(name, connection);
    }
    try {
      await query(connection, sqlText);
    } catch (error) {
      throw new Error(`${(error as Error).message}\n-- as ${name}:\n${sqlText.slice(0, 400)}`, { cause: error });
    }
  }
  return connections;
}

/** The warehouse on an embedded server of its own, and connections into it. */
export class TestWarehouse {
  private readonly connections: Connection[] = [];

  private constructor(
    readonly server: LocalServer,
    /** As the deployer, who owns the tables. */
    readonly deployer: Connection,
    private readonly folder?: string,
  ) {
    this.connections.push(deployer);
  }

  /** A clock or a folder of the caller's own is deployed into from the start. */
  static async start(options: LocalServerOptions = {}): Promise<TestWarehouse> {
    if (options.data !== undefined || options.clock || options.sessionClock) return TestWarehouse.deployAnew(options);
    const data = await deployedFolder(async (folder) => {
      await (await TestWarehouse.deployAnew({ data: folder })).close();
    });
    const server = await startServer({ ...options, data });
    const role = NAMES.roles.deployer;
    const deployer = await connect(server, { role, warehouse: NAMES.warehouses.query, database: undefined });
    return new TestWarehouse(server, deployer, data);
  }

  private static async deployAnew(options: LocalServerOptions): Promise<TestWarehouse> {
    const server = await startServer(options);
    const connections = await deploy(server, { names: NAMES, values: VALUES });
    const deployer = connections.get(NAMES.roles.deployer) as Connection;
    connections.delete(NAMES.roles.deployer);
    const warehouse = new TestWarehouse(server, deployer);
    warehouse.connections.push(...connections.values());
    return warehouse;
  }

  /** A person of that role and no other, made for the purpose. */
  async person(name: string, role: RoleKey): Promise<Connection> {
    const administrator = await this.connect({ role: "ACCOUNTADMIN" });
    await query(
      administrator,
      `CREATE USER IF NOT EXISTS ${name} PASSWORD = '${PASSWORD}' DEFAULT_ROLE = ${NAMES.roles[role]} DEFAULT_SECONDARY_ROLES = ()`,
    );
    await query(administrator, `GRANT ROLE ${NAMES.roles[role]} TO USER ${name}`);
    return this.connect({
      username: name,
      password: PASSWORD,
      role: NAMES.roles[role],
      warehouse: NAMES.warehouses.query,
    });
  }

  async connect(options: ConnectOptions): Promise<Connection> {
    const connection = await connect(this.server, options);
    this.connections.push(connection);
    return connection;
  }

  /** Lands events through the bulk path and refreshes. */
  async ingest(events: unknown[], lane = "DIRECT", connection = this.deployer): Promise<Record<string, unknown>> {
    const answer = await call(connection, "INGEST_EVENTS(PARSE_JSON(?), ?)", [JSON.stringify(events), lane]);
    await this.refresh();
    return answer;
  }

  async refresh(): Promise<void> {
    await query(this.deployer, `ALTER DYNAMIC TABLE ${NAMES.database}.ACTIVITY.EVENTS REFRESH`);
  }

  query(sqlText: string, connection = this.deployer, binds?: (string | number)[]): Promise<Row[]> {
    return query(connection, sqlText, binds);
  }

  async close(): Promise<void> {
    const folder = await this.leave();
    if (folder !== undefined) removeFolder(folder);
  }

  /** Ends the server. @returns its data folder, to be removed by the caller; undefined when that is the caller's own */
  async leave(): Promise<string | undefined> {
    for (const connection of this.connections) await disconnect(connection);
    await this.server.close();
    return this.folder;
  }
}

/** Calls a procedure of schema MCP and gives the object it answers. */
export async function call(
  connection: Connection,
  text: string,
  binds: (string | number)[] = [],
): Promise<Record<string, unknown>> {
  const [row] = await query(connection, `CALL ${NAMES.database}.MCP.${text}`, binds);
  const value = Object.values(row ?? {})[0];
  return (typeof value === "string" ? JSON.parse(value) : value) as Record<string, unknown>;
}

/** The message a statement is refused with. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the statement was not refused");
}
