import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import type { DeployerAccess } from "./deployerAccess";
import type { Names } from "./names";
import { renderSqlFile, stripHeader } from "./renderSql";
import type { TemplateValues } from "./templateValues";

/** What may stand before the first deployment: the landing table, and what it stands in. */
type Adopted = "TABLE" | "SCHEMA" | "DATABASE";

export interface AdoptionArgs {
  names: Names;
  values: TemplateValues;
  /** The role that owns what is adopted. */
  accountRole: string;
  /** Logs in as the account role. */
  account: snowflake.Provider;
  /** To whose role everything is handed over. */
  deployer: DeployerAccess;
}

/**
 * A RAW_EVENTS that exists already, with its rows: the account role, which owns it, its schema and its database, hands them to the deployer
 * role; then each is taken into the state instead of being made, and altered to what the warehouse declares. Other columns are an error
 * before any of them is altered.
 */
export class Adoption extends pulumi.ComponentResource {
  private readonly checked: snowflake.Execute;
  private readonly ids: Record<Adopted, string>;

  constructor(
    name: string,
    { names, values, accountRole, account, deployer }: AdoptionArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super("two-table-warehouse:index:Adoption", name, {}, options);
    const { database, roles } = names;
    this.ids = {
      TABLE: `${database}|LANDING|RAW_EVENTS`,
      SCHEMA: `"${database}"."LANDING"`,
      DATABASE: `"${database}"`,
    };
    // Ownership goes with its grants only to a role that is active, or that an active role stands above.
    const above = new snowflake.GrantAccountRole(
      `${name}-above`,
      { roleName: roles.deployer, parentRoleName: accountRole },
      { parent: this, provider: account, dependsOn: [deployer.role], deleteBeforeReplace: true },
    );
    const hand = (kind: Adopted, object: string, after: pulumi.Resource) =>
      new snowflake.Execute(
        `${name}-${kind.toLowerCase()}`,
        {
          execute: `GRANT OWNERSHIP ON ${kind} ${object} TO ROLE ${roles.deployer} COPY CURRENT GRANTS`,
          revert: `SELECT '${kind} ${object}' AS KEPT`,
        },
        { parent: this, provider: account, dependsOn: [after] },
      );
    // From the inside out: who no longer owns the database finds nothing in it.
    const table = hand("TABLE", `${database}.LANDING.RAW_EVENTS`, above);
    const schema = hand("SCHEMA", `${database}.LANDING`, table);
    const handedOver = hand("DATABASE", database, schema);
    this.checked = new snowflake.Execute(
      `${name}-columns`,
      {
        execute: stripHeader(renderSqlFile("adoption/landing_columns.sql", values)),
        revert: "SELECT 'COLUMNS' AS KEPT",
      },
      { parent: this, provider: deployer.provider, dependsOn: [handedOver] },
    );
    this.registerOutputs({});
  }

  /** The options of the resource that takes it over; `dependsOn` is what it depends on anyway. */
  options(kind: Adopted, dependsOn: pulumi.Resource[] = []): pulumi.CustomResourceOptions {
    return { import: this.ids[kind], dependsOn: [...dependsOn, this.checked] };
  }
}
