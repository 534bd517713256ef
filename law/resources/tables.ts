import type { Inputs } from "./inputs";
import { framed, type JudgedText, type ResourceReader } from "./judged";
import { literal, quote, reference, schemaObject } from "./quote";

/** `snowflake.Table`. */
export const table: ResourceReader = (inputs) => {
  const retention = inputs.number("dataRetentionTimeInDays");
  const tracking = inputs.flag("changeTracking");
  const properties = [
    retention === undefined ? "" : ` DATA_RETENTION_TIME_IN_DAYS = ${retention}`,
    tracking === undefined ? "" : ` CHANGE_TRACKING = ${tracking ? "TRUE" : "FALSE"}`,
  ].join("");
  const columns = inputs
    .blocks("columns")
    .flatMap((column) =>
      column.text("maskingPolicy") === undefined ? [] : [`, ${columnName(column)} VARIANT${MASKED}`],
    );
  return [{ sql: `CREATE TABLE ${schemaObject(inputs)} (A INT${columns.join("")})${properties}${tagsOf(inputs)}` }];
};

function tagsOf(inputs: Inputs): string {
  const tags = inputs.blocks("tags").flatMap((tag) => {
    const name = tag.text("name");
    return name === undefined ? [] : [`${schemaObject(tag)} = ${literal(tag.text("value") ?? "")}`];
  });
  return tags.length === 0 ? "" : ` TAG (${tags.join(", ")})`;
}

const MASKED = " MASKING POLICY P";

const columnName = (column: Inputs): string => quote(column.text("name") ?? "C");

/** `snowflake.TableColumnMaskingPolicyApplication`. */
export const maskedColumn: ResourceReader = (inputs) => {
  const name = inputs.text("table");
  const column = inputs.text("column");
  return name === undefined
    ? []
    : [{ sql: `ALTER TABLE ${reference(name)} MODIFY COLUMN ${quote(column ?? "C")} SET${MASKED}` }];
};

export const externalTable: ResourceReader = (inputs) => [
  { sql: `CREATE EXTERNAL TABLE ${schemaObject(inputs)} LOCATION = @S FILE_FORMAT = (TYPE = CSV)` },
];

export const materializedView: ResourceReader = (inputs) => {
  const warehouse = inputs.text("warehouse");
  return [
    { sql: `CREATE MATERIALIZED VIEW ${schemaObject(inputs)} AS SELECT 1 AS A` },
    ...(warehouse === undefined ? [] : [{ sql: `USE WAREHOUSE ${quote(warehouse)}` }]),
    ...body(inputs, "statement"),
  ];
};

/** `snowflake.DynamicTable` has no clustering key, so it can never be the events table as it must be. */
export const dynamicTable: ResourceReader = (inputs) => {
  const lag = inputs.block("targetLag")?.text("maximumDuration");
  const mode = inputs.text("refreshMode");
  const warehouse = inputs.text("warehouse");
  const properties = [
    ` TARGET_LAG = ${lag === undefined ? "DOWNSTREAM" : literal(lag)}`,
    warehouse === undefined ? "" : ` WAREHOUSE = ${quote(warehouse)}`,
    mode === undefined ? "" : ` REFRESH_MODE = ${mode}`,
  ].join("");
  // A third table is one whatever it holds and however it is refreshed; the events table is judged when all is known.
  if (inputs.unknown.length > 0)
    return [{ sql: `CREATE DYNAMIC TABLE ${schemaObject(inputs)}${properties} AS SELECT 1 AS A`, only: ["TT01"] }];
  const query = inputs.text("query");
  const head = `CREATE${inputs.flag("orReplace") ? " OR REPLACE" : ""} DYNAMIC TABLE ${schemaObject(inputs)}${properties} AS `;
  return [query === undefined ? { sql: `${head}SELECT 1 AS A` } : { ...framed(head, query), property: "query" }];
};

/** No table; but its query and its warehouse are looked at. */
export const cortexSearchService: ResourceReader = (inputs) => {
  const warehouse = inputs.text("warehouse");
  const runsOn = warehouse === undefined ? "" : ` WAREHOUSE = ${quote(warehouse)}`;
  return [
    { sql: `CREATE CORTEX SEARCH SERVICE ${schemaObject(inputs)} ON A${runsOn} TARGET_LAG = '1 day' AS SELECT 1 AS A` },
    ...body(inputs, "query"),
  ];
};

export const view: ResourceReader = (inputs) => {
  const statement = inputs.text("statement");
  const head = `CREATE VIEW ${schemaObject(inputs)} AS `;
  return [
    statement === undefined ? { sql: `${head}SELECT 1 AS A` } : { ...framed(head, statement), property: "statement" },
  ];
};

/** `snowflake.MaskingPolicy` and `snowflake.RowAccessPolicy` are no tables; but what they ask is read. */
export const policy: ResourceReader = (inputs) => expression(inputs, "body");

/** The same of an expression, which is no statement by itself. */
export const expression = (inputs: Inputs, property: string): JudgedText[] =>
  body(inputs, property).map((text) => ({ ...text, ...framed("SELECT ", text.sql) }));

/** The SQL of a property that runs, or is read, in the schema of its resource. */
export function body(inputs: Inputs, property: string): JudgedText[] {
  const sql = inputs.text(property);
  const namespace = { database: inputs.text("database"), schema: inputs.text("schema") };
  return sql === undefined ? [] : [{ sql, property, namespace }];
}
