import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import { type Grant, type GrantTarget, grantKey } from "./grantMatrix";
import { quoteName } from "./identifier";
import { type Names, viewName } from "./names";

/** What a grant hangs on: it waits for `ready` and is granted anew when `identity` is replaced. */
export interface GrantAnchor {
  identity: pulumi.Resource;
  ready?: pulumi.Resource;
}

export interface GrantsArgs {
  rows: readonly Grant[];
  names: Names;
  /** The roles the rows name, by their names in Snowflake. */
  roles: Partial<Record<Grant["role"], snowflake.AccountRole>>;
  /** Grants privileges on the account and on warehouses, which the account role owns. */
  account: snowflake.Provider;
  /** Grants everything inside the database; under managed access only its owner may. */
  deployer?: snowflake.Provider;
  /** Finds what a row's object is made of. */
  anchor: (target: GrantTarget) => GrantAnchor | undefined;
}

/** Creates one grant resource for each row of the matrix. */
export class Grants extends pulumi.ComponentResource {
  readonly grants: snowflake.GrantPrivilegesToAccountRole[];

  constructor(name: string, args: GrantsArgs, options: pulumi.ComponentResourceOptions) {
    super("two-table-warehouse:index:Grants", name, {}, options);
    this.grants = args.rows.map((row) => {
      const role = args.roles[row.role];
      if (!role) throw new Error(`Grants ${name}: no role resource for ${row.role}`);
      const anchor = args.anchor(row.on);
      return new snowflake.GrantPrivilegesToAccountRole(
        `${name}-${grantKey(row)}`,
        {
          accountRoleName: args.names.roles[row.role],
          privileges: [...row.privileges].sort(),
          ...grantObject(row.on, args.names),
        },
        {
          parent: this,
          provider: row.on.kind === "ACCOUNT" || row.on.kind === "WAREHOUSE" ? args.account : args.deployer,
          dependsOn: [role, ...(anchor ? [anchor.ready ?? anchor.identity] : [])],
          // The old REVOKE would take away what the new GRANT of the same name has just given.
          deleteBeforeReplace: true,
          replaceWith: [role, ...(anchor ? [anchor.identity] : [])],
        },
      );
    });
    this.registerOutputs({});
  }
}

type GrantObject = Pick<
  snowflake.GrantPrivilegesToAccountRoleArgs,
  "onAccount" | "onAccountObject" | "onSchema" | "onSchemaObject"
>;

/** The object of a grant as the provider spells it; the object type must be what SHOW GRANTS answers, or the grant reads as empty. */
function grantObject(target: GrantTarget, names: Names): GrantObject {
  switch (target.kind) {
    case "ACCOUNT":
      return { onAccount: true };
    case "DATABASE":
      return { onAccountObject: { objectType: "DATABASE", objectName: quoteName(names.database) } };
    case "WAREHOUSE":
      return {
        onAccountObject: { objectType: "WAREHOUSE", objectName: quoteName(names.warehouses[target.warehouse]) },
      };
    case "SCHEMA":
      return { onSchema: { schemaName: quoteName(names.database, target.schema) } };
    case "PROCEDURE":
      return {
        onSchemaObject: {
          objectType: "PROCEDURE",
          objectName: `${quoteName(names.database, target.schema, target.name)}(${target.arguments.join(", ")})`,
        },
      };
    case "VIEW":
      return {
        onSchemaObject: {
          objectType: "VIEW",
          objectName: quoteName(names.database, target.schema, viewName(target.name, names)),
        },
      };
    default:
      return {
        onSchemaObject: { objectType: target.kind, objectName: quoteName(names.database, target.schema, target.name) },
      };
  }
}
