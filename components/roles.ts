import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import { INHERITS } from "./grantMatrix";
import { quoteName } from "./identifier";
import type { Names, RoleKey } from "./names";

export interface RolesArgs {
  names: Names;
  /** Inherits all of them, so that their objects can be managed and the service role needs no user. */
  deployer: snowflake.AccountRole;
  /** Lets the procedures that create users grant them the user role, which takes its ownership. */
  userManagement: boolean;
}

type WarehouseRole = Exclude<RoleKey, "deployer">;

const PURPOSE: Record<WarehouseRole, string> = {
  service: "Owns procedures and views of the warehouse; granted to no user",
  admin: "People who run the warehouse",
  monitor: "People and programs that watch the warehouse and ask by query plans; changes nothing",
  user: "People and assistants who ask questions by query plans",
  ingest: "Producers: may insert events, nothing else",
};

/** The roles of the warehouse, inherited by the deployer; administrators inherit what who watches may. */
export class Roles extends pulumi.ComponentResource {
  readonly roles: Record<WarehouseRole, snowflake.AccountRole>;
  /** Membership of the service role in the deployer: what a connection as the service role waits for. */
  readonly serviceMembership: snowflake.GrantAccountRole;

  constructor(name: string, { names, deployer, userManagement }: RolesArgs, options: pulumi.ComponentResourceOptions) {
    super("two-table-warehouse:index:Roles", name, {}, options);
    const create = (key: WarehouseRole) =>
      new snowflake.AccountRole(`${name}-${key}`, { name: names.roles[key], comment: PURPOSE[key] }, { parent: this });
    this.roles = {
      service: create("service"),
      admin: create("admin"),
      monitor: create("monitor"),
      user: create("user"),
      ingest: create("ingest"),
    };
    const inherit = (key: WarehouseRole, by: RoleKey = "deployer") => {
      const heir = by === "deployer" ? deployer : this.roles[by];
      return new snowflake.GrantAccountRole(
        `${name}-${key}-to-${by}`,
        { roleName: names.roles[key], parentRoleName: names.roles[by] },
        {
          parent: this,
          dependsOn: [this.roles[key], heir],
          deleteBeforeReplace: true,
          replaceWith: by === "deployer" ? [this.roles[key]] : [this.roles[key], heir],
        },
      );
    };
    this.serviceMembership = inherit("service");
    const memberships = (["admin", "monitor", "user", "ingest"] as const).map((key) => inherit(key));
    for (const [heir, key] of Object.entries(INHERITS)) inherit(key, heir as RoleKey);
    if (userManagement) {
      new snowflake.GrantOwnership(
        `${name}-user-owned-by-service`,
        {
          accountRoleName: names.roles.service,
          outboundPrivileges: "COPY",
          on: { objectType: "ROLE", objectName: quoteName(names.roles.user) },
        },
        // After the memberships: the deployer can still grant the role only as long as it inherits its owner.
        {
          parent: this,
          dependsOn: [this.serviceMembership, ...memberships, this.roles.user],
          deleteBeforeReplace: true,
          replaceWith: [this.roles.user, this.roles.service],
        },
      );
    }
    this.registerOutputs({ service: this.roles.service.name });
  }
}
