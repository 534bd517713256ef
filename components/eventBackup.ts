import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import type { GovernedDatabase } from "./governedDatabase";
import { SqlObject } from "./sqlObject";

export interface EventBackupArgs {
  governed: GovernedDatabase;
  database: string;
  protect: boolean;
}

/** The internal stage that EXPORT_EVENTS writes and BACKFILL_EVENTS reads, with the format of its files. */
export class EventBackup extends pulumi.ComponentResource {
  readonly stage: snowflake.Stage;
  readonly format: SqlObject;

  constructor(
    name: string,
    { governed, database, protect }: EventBackupArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super("two-table-warehouse:index:EventBackup", name, {}, options);
    this.stage = new snowflake.Stage(
      `${name}-stage`,
      {
        ...governed.place("MCP"),
        name: "EVENT_BACKUP",
        comment: "Raw events, exported by EXPORT_EVENTS and replayed by BACKFILL_EVENTS",
      },
      { parent: this, protect, dependsOn: [governed.schemas.MCP], replaceWith: [governed.schemas.MCP] },
    );
    const format = `${database}.MCP.EVENT_BACKUP_FORMAT`;
    this.format = new SqlObject(
      `${name}-format`,
      {
        identity: `FILE FORMAT ${format}`,
        definition: `create or alter file format ${format} type = json compression = auto comment = 'Files of the stage EVENT_BACKUP'`,
        drop: `DROP FILE FORMAT IF EXISTS ${format}`,
        readBack: `SHOW FILE FORMATS LIKE 'EVENT_BACKUP_FORMAT' IN SCHEMA ${database}.MCP ->> SELECT "name", "type" FROM $1`,
      },
      { parent: this, dependsOn: [governed.schemas.MCP] },
    );
    this.registerOutputs({ stage: this.stage.name });
  }
}
