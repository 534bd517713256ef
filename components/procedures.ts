import * as pulumi from "@pulumi/pulumi";
import type * as snowflake from "@pulumi/snowflake";
import type { ProcedureEntry } from "./catalogue";
import { renderSqlFile, stripHeader } from "./renderSql";
import { SqlObject } from "./sqlObject";
import type { TemplateValues } from "./templateValues";

export interface ProceduresArgs {
  entries: readonly ProcedureEntry[];
  values: TemplateValues;
  /** Connections by owner: a procedure belongs to the role that creates it. */
  owners: { service: snowflake.Provider; deployer: snowflake.Provider };
  /** What the owners need to create procedures. */
  requires: pulumi.Resource[];
}

/** Every procedure, made of `sql/procedures/<name>.sql`; an edit changes the body in place and keeps the grants. */
export class Procedures extends pulumi.ComponentResource {
  readonly procedures = new Map<string, SqlObject>();

  constructor(
    name: string,
    { entries, values, owners, requires }: ProceduresArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super("two-table-warehouse:index:Procedures", name, {}, options);
    for (const entry of entries) {
      const procedure = signatureOf(entry, values.database.identifier);
      const object = new SqlObject(
        `${name}-${entry.name.toLowerCase()}`,
        {
          identity: `PROCEDURE ${procedure}`,
          definition: stripHeader(renderSqlFile(fileOfProcedure(entry), values)),
          drop: `DROP PROCEDURE IF EXISTS ${procedure}`,
          readBack: `DESCRIBE PROCEDURE ${procedure} ->> SELECT "property", SHA2("value") AS "value_sha2" FROM $1 WHERE "property" IN ('signature', 'returns', 'execute as', 'body')`,
        },
        { parent: this, providers: [owners[entry.owner ?? "service"]], dependsOn: requires },
      );
      this.procedures.set(entry.name, object);
    }
    this.registerOutputs({});
  }
}

export const fileOfProcedure = ({ name }: ProcedureEntry) => `procedures/${name.toLowerCase()}.sql`;

/** `CLAUDE_BI.MCP.INGEST_EVENTS(VARIANT, VARCHAR)` */
function signatureOf(entry: ProcedureEntry, database: string): string {
  return `${database}.MCP.${entry.name}(${entry.arguments.join(", ")})`;
}
