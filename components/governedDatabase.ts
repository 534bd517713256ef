import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import type { Adoption } from "./adoption";
import type { Names, SchemaKey } from "./names";

export interface GovernedDatabaseArgs {
  names: Names;
  /** Refuses to delete the database and its schemas. */
  protect: boolean;
  /** Of a database and landing schema that exist already. */
  adoption?: Adoption;
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
  /**
   * Database and schema of what stands in a schema, as plain text: before the first deployment an output would not be known, and the
   * law could not read at preview what is to stand there. Whoever uses it depends on the schema.
   */
  readonly place: (schema: SchemaKey) => { database: string; schema: SchemaKey };

  constructor(
    name: string,
    { names, protect, adoption }: GovernedDatabaseArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super("two-table-warehouse:index:GovernedDatabase", name, {}, options);
    this.database = new snowflake.Database(
      `${name}-database`,
      {
        name: names.database,
        dropPublicSchemaOnCreation: true,
        comment: "Activity Schema 2.0 event warehouse of exactly two tables",
      },
      { parent: this, protect, ...adoption?.options("DATABASE") },
    );
    const create = (schema: SchemaKey) =>
      new snowflake.Schema(
        `${name}-${schema.toLowerCase()}`,
        {
          database: names.database,
          name: schema,
          withManagedAccess: "true",
          // Said, since an adopted schema says it: without, the provider would replace that.
          isTransient: "false",
          comment: PURPOSE[schema],
        },
        {
          parent: this,
          protect,
          dependsOn: [this.database],
          replaceWith: [this.database],
          ...(schema === "LANDING" && adoption?.options("SCHEMA", [this.database])),
        },
      );
    this.schemas = { LANDING: create("LANDING"), ACTIVITY: create("ACTIVITY"), MCP: create("MCP") };
    this.place = (schema) => ({ database: names.database, schema });
    this.registerOutputs({ database: this.database.name });
  }
}
