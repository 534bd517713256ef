import type { Judged } from "../judged";
import type { Inputs } from "./inputs";
import { qualified } from "./quote";

const nameOf = (inputs: Inputs): string =>
  qualified(inputs.text("database"), inputs.text("schema"), inputs.text("name") ?? "(named by Pulumi)");

/** `snowflake.Table`: what the law must know is its name and kind. */
export function table(inputs: Inputs): Judged["texts"] {
  return [{ sql: `CREATE TABLE ${nameOf(inputs)} (A INT)` }];
}

export function externalTable(inputs: Inputs): Judged["texts"] {
  return [{ sql: `CREATE EXTERNAL TABLE ${nameOf(inputs)} LOCATION = @S FILE_FORMAT = (TYPE = CSV)` }];
}

export function materializedView(inputs: Inputs): Judged["texts"] {
  return [{ sql: `CREATE MATERIALIZED VIEW ${nameOf(inputs)} AS SELECT 1 AS A` }, ...queryText(inputs, "statement")];
}

export function dynamicTable(inputs: Inputs): Judged["texts"] {
  return [
    { sql: `CREATE DYNAMIC TABLE ${nameOf(inputs)} TARGET_LAG = DOWNSTREAM WAREHOUSE = W AS SELECT 1 AS A` },
    ...queryText(inputs, "query"),
  ];
}

export function view(inputs: Inputs): Judged["texts"] {
  return queryText(inputs, "statement");
}

export function queryText(inputs: Inputs, property: string): Judged["texts"] {
  const sql = inputs.text(property);
  return sql === undefined
    ? []
    : [{ sql, property, namespace: { database: inputs.text("database"), schema: inputs.text("schema") } }];
}
