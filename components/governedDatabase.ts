import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import type { Names, SchemaKey } from "./names";

export interface GovernedDatabaseArgs {
  names: Names;
  /** Refuses to delete the database and its schemas. */
  protect: boolean;
}

const PURPOSE: Record<SchemaKey, string> = {
  LANDING: "What arrived: the landing table, written by the insert procedures alone",
  ACTIVITY: "What happened: the events table and the views over it",
  MCP: "What people and programs call: procedures, monitoring views, alerts",
};

/** The database that the Two-Table Law governs: three schemas under managed access, no PUBLIC. */
export class GovernedDatabase extends pulumi.ComponentResource {
  readonly database: snowflake.Database;
  readonly schemas: Record<SchemaKey, snowflake.Schema>;

  constructor(name: string, { names, protect }: GovernedDatabaseArgs, options: pulumi.ComponentResourceOptions) {
    super("two-table-warehouse:index:GovernedDatabase", name, {}, options);
    this.database = new snowflake.Database(
      `${name}-database`,
      {
        name: names.database,
        dropPublicSchemaOnCreation: true,
        comment: "Activity Schema 2.0 event warehouse of exactly two tables",
      },
      { parent: this, protect },
    );
    const create = (schema: SchemaKey) =>
      new snowflake.Schema(
        `${name}-${schema.toLowerCase()}`,
        { database: this.database.name, name: schema, withManagedAccess: "true", comment: PURPOSE[schema] },
        { parent: this, protect, replaceWith: [this.database] },
      );
    this.schemas = { LANDING: create("LANDING"), ACTIVITY: create("ACTIVITY"), MCP: create("MCP") };
    this.registerOutputs({ database: this.database.name });
  }
}
