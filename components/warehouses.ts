import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import type { Names } from "./names";
import type { Settings } from "./settings";

export interface WarehousesArgs {
  names: Names;
  settings: Settings;
  /** Name of the resource monitor that caps both; only ACCOUNTADMIN may attach one, so the warehouses are made by the account role. */
  monitor?: pulumi.Input<string>;
}

/** Seconds without work after which a warehouse suspends; Snowflake bills at least 60 each time it starts. */
const AUTO_SUSPEND = 60;

/** One warehouse for queries and procedures, one that refreshes the events table and nothing else. */
export class Warehouses extends pulumi.ComponentResource {
  readonly query: snowflake.Warehouse;
  readonly refresh: snowflake.Warehouse;

  constructor(name: string, { names, settings, monitor }: WarehousesArgs, options: pulumi.ComponentResourceOptions) {
    super("two-table-warehouse:index:Warehouses", name, {}, options);
    const create = (suffix: string, warehouse: string, warehouseSize: string, comment: string, more = {}) =>
      new snowflake.Warehouse(
        `${name}-${suffix}`,
        {
          name: warehouse,
          warehouseType: "STANDARD",
          warehouseSize,
          autoSuspend: AUTO_SUSPEND,
          autoResume: "true",
          initiallySuspended: true,
          resourceMonitor: monitor,
          comment,
          ...more,
        },
        { parent: this },
      );
    this.query = create("query", names.warehouses.query, settings.queryWarehouseSize, "Queries and procedures", {
      statementTimeoutInSeconds: settings.statementTimeoutSeconds,
    });
    this.refresh = create(
      "refresh",
      names.warehouses.refresh,
      settings.refreshWarehouseSize,
      "Refreshes ACTIVITY.EVENTS only",
    );
    this.registerOutputs({ query: this.query.name, refresh: this.refresh.name });
  }
}
