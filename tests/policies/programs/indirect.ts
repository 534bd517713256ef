import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";

// Third tables by the ways of Pulumi: components, transforms, outputs, secrets, other providers, and beside unknowns.
const MCP = { database: "CLAUDE_BI", schema: "MCP" };
const columns = [{ name: "A", type: "NUMBER(38,0)" }];

class Part extends pulumi.ComponentResource {
  constructor(name: string, options: pulumi.ComponentResourceOptions) {
    super("acme:index:Part", name, {}, options);
    new snowflake.Table(`${name}Table`, { ...MCP, name: "INNER", columns }, { parent: this });
    new snowflake.Execute(`${name}Execute`, { execute: "SELECT 1", revert: "SELECT 1" }, { parent: this });
  }
}

new Part("changed", {
  transforms: [
    async ({ type, props, opts }) =>
      type.includes("Execute")
        ? { props: { ...props, execute: "CREATE TABLE CLAUDE_BI.MCP.T (A INT)" }, opts }
        : undefined,
  ],
});
new snowflake.Table(
  "aliased",
  { ...MCP, name: "A", columns },
  { aliases: [{ name: "before" }], protect: true, retainOnDelete: true },
);
const elsewhere = new snowflake.Provider("elsewhere", {
  role: "SYSADMIN",
  previewFeaturesEnabled: ["snowflake_table_resource"],
});
new snowflake.Table("byProvider", { ...MCP, name: "B", columns }, { provider: elsewhere });
new snowflake.Execute("applied", {
  execute: pulumi.output("CREATE TABLE ").apply((begin) => `${begin}CLAUDE_BI.MCP.T (A INT)`),
  revert: "SELECT 1",
});
new snowflake.Execute("secret", {
  execute: pulumi.secret("CREATE TABLE CLAUDE_BI.MCP.T (A INT)"),
  revert: "SELECT 1",
});

const view = new snowflake.View("view", { ...MCP, name: "V", statement: "SELECT 1 AS A" });
new snowflake.Execute("besideUnknown", {
  execute: "CREATE TABLE CLAUDE_BI.MCP.T (A INT)",
  revert: pulumi.interpolate`DROP VIEW ${view.fullyQualifiedName}`,
});
new snowflake.GrantPrivilegesToAccountRole("withUnknown", {
  accountRoleName: "R",
  privileges: ["CREATE TABLE", view.fullyQualifiedName],
  onSchema: { schemaName: '"CLAUDE_BI"."MCP"' },
});
new snowflake.DynamicTable("ofUnknown", {
  ...MCP,
  name: "D",
  warehouse: "W",
  targetLag: { maximumDuration: "1 hour" },
  query: pulumi.interpolate`SELECT A FROM ${view.fullyQualifiedName}`,
});
