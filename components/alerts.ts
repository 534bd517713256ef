import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import type { AlertEntry } from "./catalogue";
import type { GovernedDatabase } from "./governedDatabase";
import { headerOf, readTemplate, renderSqlFile, stripHeader } from "./renderSql";
import type { TemplateValues } from "./templateValues";

export interface AlertsArgs {
  entries: readonly AlertEntry[];
  governed: GovernedDatabase;
  values: TemplateValues;
  /** Runs the conditions. */
  warehouse: snowflake.Warehouse;
  /** The views the conditions read and the procedure they call. */
  requires: pulumi.Resource[];
}

/** Every alert, made of `sql/alerts/<name>.sql`: the query is the condition, the header comment what it says. */
export class Alerts extends pulumi.ComponentResource {
  readonly alerts: snowflake.Alert[];

  constructor(
    name: string,
    { entries, governed, values, warehouse, requires }: AlertsArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super("two-table-warehouse:index:Alerts", name, {}, options);
    this.alerts = entries.map((entry) => {
      const file = `alerts/${entry.name.toLowerCase()}.sql`;
      const says = headerOf(readTemplate(file));
      if (says.includes("'")) throw new Error(`sql/${file}: the header stands in a literal and must not hold a quote`);
      return new snowflake.Alert(
        `${name}-${entry.name.toLowerCase()}`,
        {
          ...governed.place("MCP"),
          name: `${entry.name}_ALERT`,
          warehouse: warehouse.name,
          alertSchedule: { interval: entry.everyMinutes },
          condition: stripHeader(renderSqlFile(file, values)),
          action: `CALL ${values.database.identifier}.MCP.RECORD_ALERT('${entry.name.toLowerCase()}', TO_VARIANT('${says}'))`,
          comment: says,
          enabled: true,
        },
        { parent: this, dependsOn: [governed.schemas.MCP, ...requires], replaceWith: [governed.schemas.MCP] },
      );
    });
    this.registerOutputs({});
  }
}
