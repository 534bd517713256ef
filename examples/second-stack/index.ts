import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
/** For example `acme/two-table-warehouse/dev`. */
const warehouse = new pulumi.StackReference(config.require("warehouseStack"));

/** What an app of this stack gets as its configuration: where to send events, and as whom. */
export const producer = pulumi
  .all([warehouse.requireOutput("account"), warehouse.requireOutput("roles"), warehouse.requireOutput("procedures")])
  .apply(([account, roles, procedures]) => ({
    url: `${account.protocol}://${account.host}:${account.port}`,
    role: roles.ingest as string,
    procedure: procedures.ingestEvents as string,
  }));
