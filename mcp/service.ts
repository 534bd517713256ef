import { destination, type Logger, pino } from "pino";
import { Audit } from "./audit";
import { CreditBudget } from "./limits/creditBudget";
import { RateLimit } from "./limits/rateLimit";
import { CatalogueWatch } from "./resources/catalogueWatch";
import type { McpSettings } from "./settings";
import { connectionOf, type Person, refusedRoles } from "./warehouse/person";
import { Queries } from "./warehouse/queries";
import { Warehouse } from "./warehouse/warehouse";

/** What all connections of a server share: one person, one set of bounds. */
export class Service {
  readonly queries: Queries;
  readonly rate: RateLimit;
  readonly budget: CreditBudget;
  readonly audit: Audit;
  readonly log: Logger;
  readonly catalogue = new CatalogueWatch();

  constructor(
    person: Person,
    readonly settings: McpSettings,
  ) {
    // stdout belongs to the protocol.
    this.log = pino(
      { name: "two-table-mcp", level: process.env.LOG_LEVEL || "warn" },
      destination({ fd: 2, sync: true }),
    );
    const warehouse = (role: "user" | "ingest") => new Warehouse(connectionOf(person, role), refusedRoles(person));
    this.queries = new Queries(warehouse("user"), warehouse("ingest"), person.outputs, (rows) =>
      this.catalogue.seen(rows),
    );
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
