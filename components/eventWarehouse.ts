import * as pulumi from "@pulumi/pulumi";
import { Adoption } from "./adoption";
import { Alerts } from "./alerts";
import { ALERTS, PROCEDURES, VIEWS } from "./catalogue";
import { connect, nameOnceCreated, onceCreated } from "./connection";
import { CreditMonitor } from "./creditMonitor";
import { DeployerAccess } from "./deployerAccess";
import { EventBackup } from "./eventBackup";
import { EventsTable } from "./eventsTable";
import { GovernedDatabase } from "./governedDatabase";
import { type Grant, type GrantTarget, grantMatrix } from "./grantMatrix";
import { type GrantAnchor, Grants } from "./grants";
import { LandingTable } from "./landingTable";
import { namesOf } from "./names";
import { outputsOf, type WarehouseOutputs } from "./outputs";
import { Procedures } from "./procedures";
import { Roles } from "./roles";
import type { Settings } from "./settings";
import { templateValues } from "./templateValues";
import { Views } from "./views";
import { Warehouses } from "./warehouses";

export interface EventWarehouseArgs {
  /** Everything that differs between environments. */
  settings: Settings;
}

/** The whole warehouse: two tables, and everything else as views, procedures and events. */
export class EventWarehouse extends pulumi.ComponentResource {
  /** Known only when everything exists, so that nobody reads the address of a half-built warehouse. */
  readonly outputs: pulumi.Output<WarehouseOutputs>;

  constructor(name: string, { settings }: EventWarehouseArgs, options: pulumi.ComponentResourceOptions = {}) {
    super("two-table-warehouse:index:EventWarehouse", name, {}, options);
    const names = namesOf(settings);
    const values = templateValues(settings, names);
    const matrix = grantMatrix({ userManagement: settings.userManagement });

    const account = connect(`${name}-account`, settings, { role: settings.accountRole }, { parent: this });
    const asAccount = { parent: this, providers: [account] };
    const credits =
      settings.creditMonitor === "managed" && settings.monthlyCredits > 0
        ? new CreditMonitor(
            `${name}-credits`,
            { name: names.resourceMonitor, monthlyCredits: settings.monthlyCredits },
            asAccount,
          )
        : undefined;
    const warehouses = new Warehouses(
      `${name}-warehouses`,
      {
        names,
        settings,
        monitor: credits?.monitor.name ?? (settings.creditMonitor === "attached" ? names.resourceMonitor : undefined),
      },
      asAccount,
    );
    const deployerRows = matrix.filter(({ role }) => role === "deployer");
    const deployer = new DeployerAccess(
      `${name}-deployer`,
      { settings, names, account, warehouses, rows: deployerRows },
      { parent: this },
    );

    const adoption = settings.adopt
      ? new Adoption(
          `${name}-adoption`,
          { names, values, accountRole: settings.accountRole, account, deployer },
          { parent: this },
        )
      : undefined;
    const asDeployer = { parent: this, providers: [deployer.provider] };
    const governed = new GovernedDatabase(name, { names, protect: settings.protect, adoption }, asDeployer);
    const { roles, serviceMembership } = new Roles(
      `${name}-role`,
      { names, deployer: deployer.role, userManagement: settings.userManagement },
      asDeployer,
    );
    const landing = new LandingTable(
      `${name}-landing`,
      { governed, retentionDays: settings.retentionDays, protect: settings.protect, adoption },
      asDeployer,
    );
    const events = new EventsTable(
      `${name}-activity`,
      {
        values,
        searchOptimization: settings.searchOptimization,
        protect: settings.protect,
        requires: [landing.table, governed.schemas.ACTIVITY, warehouses.refresh, ...deployer.grants.grants],
      },
      asDeployer,
    );

    const backup = new EventBackup(
      `${name}-backup`,
      { governed, database: names.database, protect: settings.protect },
      asDeployer,
    );

    const anchors = new Map<string, GrantAnchor>([
      ["DATABASE", { identity: governed.database }],
      ["WAREHOUSE query", { identity: warehouses.query }],
      ["WAREHOUSE refresh", { identity: warehouses.refresh }],
      ...Object.entries(governed.schemas).map(([schema, identity]): [string, GrantAnchor] => [
        `SCHEMA ${schema}`,
        { identity },
      ]),
      ["TABLE RAW_EVENTS", { identity: landing.table }],
      ["STAGE EVENT_BACKUP", { identity: backup.stage }],
      ["FILE FORMAT EVENT_BACKUP_FORMAT", { identity: backup.format.owner, ready: backup.format.restored }],
      ["DYNAMIC TABLE EVENTS", { identity: events.object.owner, ready: events.object.restored }],
    ]);
    const grantArgs = {
      names,
      roles,
      account,
      deployer: deployer.provider,
      anchor: (target: GrantTarget) => anchors.get(anchorKey(target)),
    };
    const service = new Grants(`${name}-grants`, { ...grantArgs, rows: matrix.filter(isFoundation) }, { parent: this });

    const serviceReady = [serviceMembership, ...service.grants];
    const serviceProvider = connect(
      `${name}-service`,
      settings,
      {
        role: onceCreated(nameOnceCreated(roles.service), ...serviceReady),
        warehouse: nameOnceCreated(warehouses.query),
      },
      { parent: this, dependsOn: serviceReady },
    );
    const requires = [events.object.restored, landing.table, ...serviceReady];
    const owners = { service: serviceProvider, deployer: deployer.provider };
    const { views } = new Views(
      `${name}-view`,
      { entries: VIEWS, governed, names, values, owners, requires },
      { parent: this },
    );
    const entries = PROCEDURES.filter(({ userManagement }) => settings.userManagement || !userManagement);
    const { procedures } = new Procedures(`${name}-procedure`, { entries, values, owners, requires }, { parent: this });
    for (const [view, identity] of views) anchors.set(`VIEW ${view}`, { identity });
    for (const [procedure, { owner, restored }] of procedures)
      anchors.set(`PROCEDURE ${procedure}`, { identity: owner, ready: restored });
    const rows = matrix.filter((row) => row.role !== "deployer" && !isFoundation(row));
    const access = new Grants(`${name}-access`, { ...grantArgs, rows }, { parent: this });
    const alerts = new Alerts(
      `${name}-alert`,
      {
        entries: ALERTS,
        governed,
        values,
        warehouse: warehouses.query,
        requires: [...views.values(), ...[...procedures.values()].map(({ restored }) => restored), ...access.grants],
      },
      { parent: this, providers: [serviceProvider] },
    );

    this.outputs = onceCreated(outputsOf(settings, names), ...access.grants, ...alerts.alerts);
    this.registerOutputs({ outputs: this.outputs });
  }
}

/** What the service role needs before it can create anything; its grants on views come after the views. */
const isFoundation = ({ role, on }: Grant) => role === "service" && on.kind !== "VIEW";

function anchorKey(target: GrantTarget): string {
  if ("name" in target) return `${target.kind} ${target.name}`;
  if (target.kind === "SCHEMA") return `SCHEMA ${target.schema}`;
  return target.kind === "WAREHOUSE" ? `WAREHOUSE ${target.warehouse}` : target.kind;
}
