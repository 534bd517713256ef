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

/** What the deployer inherits: SYSADMIN creates databases, SECURITYADMIN creates roles and grants them. */
const INHERITED = ["SYSADMIN", "SECURITYADMIN"];

/** The one custom role that owns database and tables, and the connection that works as it. */
export class DeployerAccess extends pulumi.ComponentResource {
  readonly role: snowflake.AccountRole;
  /** Logs in as the deployer role, once that exists and may use the query warehouse. */
  readonly provider: snowflake.Provider;
  /** The deployer's own privileges, which the refresh of the events table needs. */
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
    const join = (
      suffix: string,
      membership: Partial<snowflake.GrantAccountRoleArgs> & { roleName: pulumi.Input<string> },
    ) =>
      new snowflake.GrantAccountRole(`${name}-${suffix}`, membership, {
        ...asAccount,
        deleteBeforeReplace: true,
        replaceWith: [this.role],
      });
    const memberships = [
      ...INHERITED.map((inherited) =>
        join(`inherits-${inherited.toLowerCase()}`, { roleName: inherited, parentRoleName: this.role.name }),
      ),
      join("user", { roleName: this.role.name, userName: settings.user }),
    ];
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
    const ready = [...memberships, ...this.grants.grants];
    this.provider = connect(
      `${name}-connection`,
      settings,
      { role: onceCreated(nameOnceCreated(this.role), ...ready), warehouse: nameOnceCreated(warehouses.query) },
      { parent: this, dependsOn: ready },
    );
    this.registerOutputs({ role: this.role.name });
  }
}
