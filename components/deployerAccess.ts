import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import { connect, nameOnceCreated, onceCreated } from "./connection";
import type { Grant } from "./grantMatrix";
import { Grants } from "./grants";
import type { Names } from "./names";
import type { Settings } from "./settings";
import type { Warehouses } from "./warehouses";

export interface DeployerAccessArgs {
  settings: Settings;
  names: Names;
  /** Logs in as the account role. */
  account: snowflake.Provider;
  warehouses: Warehouses;
  /** The deployer's rows of the grant matrix. */
  rows: readonly Grant[];
}

/** The one custom role that owns database and tables, and the connection that works as it. */
export class DeployerAccess extends pulumi.ComponentResource {
  readonly role: snowflake.AccountRole;
  /** Logs in as the deployer role, once that exists and may use the query warehouse. */
  readonly provider: snowflake.Provider;
  /** The deployer's own privileges: what it may make in the account, and what the refresh of the events table needs. */
  readonly grants: Grants;

  constructor(name: string, args: DeployerAccessArgs, options: pulumi.ComponentResourceOptions) {
    super("two-table-warehouse:index:DeployerAccess", name, {}, options);
    const { settings, names, account, warehouses } = args;
    const asAccount = { parent: this, provider: account };
    this.role = new snowflake.AccountRole(
      `${name}-role`,
      { name: names.roles.deployer, comment: "Deploys the two-table warehouse; owns its database and tables" },
      asAccount,
    );
    const membership = new snowflake.GrantAccountRole(
      `${name}-user`,
      { roleName: names.roles.deployer, userName: settings.user },
      { ...asAccount, dependsOn: [this.role], deleteBeforeReplace: true, replaceWith: [this.role] },
    );
    this.grants = new Grants(
      `${name}-grants`,
      {
        rows: args.rows,
        names,
        roles: { deployer: this.role },
        account,
        anchor: (target) => (target.kind === "WAREHOUSE" ? { identity: warehouses[target.warehouse] } : undefined),
      },
      { parent: this },
    );
    const ready = [membership, ...this.grants.grants];
    this.provider = connect(
      `${name}-connection`,
      settings,
      { role: onceCreated(nameOnceCreated(this.role), ...ready), warehouse: nameOnceCreated(warehouses.query) },
      { parent: this, dependsOn: ready },
    );
    this.registerOutputs({ role: this.role.name });
  }
}
