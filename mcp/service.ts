import { destination, type Logger, pino } from "pino";
import { Audit } from "./audit";
import { CreditBudget } from "./limits/creditBudget";
import { RateLimit } from "./limits/rateLimit";
import type { McpSettings } from "./settings";
import { connectionOf, type Person } from "./warehouse/person";
import { Queries } from "./warehouse/queries";
import { Warehouse } from "./warehouse/warehouse";

/** Roles of accounts whose holders must not lend their login to an assistant. */
const ADMINISTRATORS = ["ACCOUNTADMIN", "ORGADMIN", "GLOBALORGADMIN", "SECURITYADMIN", "SYSADMIN", "USERADMIN"];

/** What all connections of a server share: one person, one set of bounds. */
export class Service {
  readonly queries: Queries;
  readonly rate: RateLimit;
  readonly budget: CreditBudget;
  readonly audit: Audit;
  readonly log: Logger;

  constructor(
    person: Person,
    readonly settings: McpSettings,
  ) {
    // stdout belongs to the protocol.
    this.log = pino(
      { name: "two-table-mcp", level: process.env.LOG_LEVEL || "warn" },
      destination({ fd: 2, sync: true }),
    );
    const { deployer, service } = person.outputs.roles;
    const refusedRoles = [...ADMINISTRATORS, deployer, service];
    const warehouse = (role: "user" | "ingest") => new Warehouse(connectionOf(person, role), refusedRoles);
    this.queries = new Queries(warehouse("user"), warehouse("ingest"), person.outputs);
    this.rate = new RateLimit(settings.callsPerMinute);
    this.budget = new CreditBudget(settings.dailyCredits, settings.creditsPerHour);
    this.audit = new Audit(this.queries, this.budget, (error) =>
      this.log.error({ reason: (error as Error).message }, "calls could not be audited"),
    );
  }

  async close(): Promise<void> {
    await this.audit.close();
    await this.queries.close();
  }
}
