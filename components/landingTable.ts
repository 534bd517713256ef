import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import type { Adoption } from "./adoption";
import type { GovernedDatabase } from "./governedDatabase";

export interface LandingTableArgs {
  governed: GovernedDatabase;
  /** Days of time travel, at least 1: without it the events table could not refresh incrementally. */
  retentionDays: number;
  protect: boolean;
  /** Of a RAW_EVENTS that exists already. */
  adoption?: Adoption;
}

/** Table one of two: `LANDING.RAW_EVENTS`, everything that ever arrived, append-only. */
export class LandingTable extends pulumi.ComponentResource {
  readonly table: snowflake.Table;

  constructor(
    name: string,
    { governed, retentionDays, protect, adoption }: LandingTableArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super("two-table-warehouse:index:LandingTable", name, {}, options);
    this.table = new snowflake.Table(
      `${name}-raw-events`,
      {
        ...governed.place("LANDING"),
        name: "RAW_EVENTS",
        columns: [
          { name: "PAYLOAD", type: "VARIANT", nullable: false },
          { name: "_SOURCE_LANE", type: "VARCHAR(64)", nullable: false, default: { constant: "DIRECT" } },
          {
            name: "_RECV_AT",
            type: "TIMESTAMP_TZ(9)",
            nullable: false,
            default: { expression: "CURRENT_TIMESTAMP()" },
          },
        ],
        clusterBies: ["TO_DATE(_RECV_AT)"],
        changeTracking: true,
        dataRetentionTimeInDays: retentionDays,
        comment: "Everything that arrived, append-only; written by the insert procedures alone",
      },
      {
        parent: this,
        protect,
        dependsOn: [governed.schemas.LANDING],
        replaceWith: [governed.schemas.LANDING],
        // A column that somebody added holds something: an update would drop it with that. `npm run validate` names it.
        ...(adoption === undefined && { ignoreChanges: ["columns"] }),
        ...adoption?.options("TABLE", [governed.schemas.LANDING]),
      },
    );
    this.registerOutputs({ table: this.table.fullyQualifiedName });
  }
}
