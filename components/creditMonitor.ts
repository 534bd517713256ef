import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";

export interface CreditMonitorArgs {
  /** Name of the resource monitor. */
  name: string;
  /** Credits a month at which running statements are stopped. */
  monthlyCredits: number;
}

/** Tells at half and at four fifths of the month's credits, lets running work finish at 90 %, stops it at 100 %. */
export class CreditMonitor extends pulumi.ComponentResource {
  readonly monitor: snowflake.ResourceMonitor;

  constructor(name: string, args: CreditMonitorArgs, options: pulumi.ComponentResourceOptions) {
    super("two-table-warehouse:index:CreditMonitor", name, {}, options);
    this.monitor = new snowflake.ResourceMonitor(
      `${name}-monitor`,
      {
        name: args.name,
        creditQuota: args.monthlyCredits,
        frequency: "MONTHLY",
        startTimestamp: "IMMEDIATELY",
        notifyTriggers: [50, 80],
        suspendTrigger: 90,
        suspendImmediateTrigger: 100,
      },
      { parent: this },
    );
    this.registerOutputs({ name: this.monitor.name });
  }
}
