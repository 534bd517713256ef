import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import { renderSqlFile, stripHeader } from "./renderSql";
import { SqlObject } from "./sqlObject";
import type { TemplateValues } from "./templateValues";

export interface EventsTableArgs {
  /** Fills `sql/dynamic_tables/events.sql`: lag, refresh warehouse, retention, database. */
  values: TemplateValues;
  /** Adds search optimisation for point lookups; needs Enterprise Edition. */
  searchOptimization: boolean;
  protect: boolean;
  /** What the query reads and the refresh runs on: the landing table and the refresh warehouse, with the owner's grants. */
  requires: pulumi.Resource[];
}

const LOOKUPS = "ON EQUALITY(EVENT_ID, ACTOR_ID, ACTION)";

/** Table two of two: the dynamic table `ACTIVITY.EVENTS`, one row per event. */
export class EventsTable extends pulumi.ComponentResource {
  readonly object: SqlObject;

  constructor(name: string, args: EventsTableArgs, options: pulumi.ComponentResourceOptions) {
    super("two-table-warehouse:index:EventsTable", name, {}, options);
    const database = args.values.database.identifier;
    const table = `${database}.ACTIVITY.EVENTS`;
    this.object = new SqlObject(
      `${name}-events`,
      {
        identity: `DYNAMIC TABLE ${table}`,
        definition: stripHeader(renderSqlFile("dynamic_tables/events.sql", args.values)),
        drop: `DROP DYNAMIC TABLE IF EXISTS ${table}`,
        // Only what a person may change by hand: rows, bytes and timestamps change with every refresh.
        readBack:
          `SHOW DYNAMIC TABLES LIKE 'EVENTS' IN SCHEMA ${database}.ACTIVITY ->> ` +
          'SELECT "name", "target_lag", "refresh_mode", "warehouse", "cluster_by", "scheduling_state", SHA2("text") AS "text_sha2" FROM $1',
        protect: args.protect,
      },
      { parent: this, dependsOn: args.requires },
    );
    if (args.searchOptimization) {
      new snowflake.Execute(
        `${name}-search`,
        {
          execute: `ALTER DYNAMIC TABLE ${table} ADD SEARCH OPTIMIZATION ${LOOKUPS}`,
          revert: `ALTER DYNAMIC TABLE ${table} DROP SEARCH OPTIMIZATION ${LOOKUPS}`,
        },
        {
          parent: this,
          dependsOn: [this.object.restored],
          replaceWith: [this.object.owner],
          deleteBeforeReplace: true,
        },
      );
    }
    this.registerOutputs({ table });
  }
}
