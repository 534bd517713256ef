import type { ObjectType } from "../../ast/index";

/** Of every object that a contact can be named for. https://docs.snowflake.com/en/sql-reference/sql/alter-contact */
export const CONTACT = ["SET CONTACT <contacts>"];

/** https://docs.snowflake.com/en/sql-reference/sql/alter-table#data-metric-function-actions */
export const QUALITY = [
  "ADD DATA METRIC FUNCTION <metrics>",
  "DROP DATA METRIC FUNCTION <bound metrics>",
  "MODIFY DATA METRIC FUNCTION <modified metrics>",
];

const TABLE = [
  "RECLUSTER MAX_SIZE = <number> [WHERE <expression>]",
  "RECLUSTER WHERE <expression>",
  ...QUALITY,
  ...CONTACT,
];

/** https://docs.snowflake.com/en/sql-reference/sql/alter-iceberg-table-partition-evolution */
const PARTITIONED = ["ADD PARTITION BY (<expression>)", "DROP PARTITION BY (<expression>)"];

/** Actions of ALTER without a tree that tables and views have, as in `actionPhrases.ts`. */
export const TABLE_PHRASES: Record<ObjectType, readonly string[]> = {
  "DYNAMIC TABLE": TABLE,
  "EVENT TABLE": TABLE,
  "EXTERNAL TABLE": [
    "ADD FILES (<strings>)",
    "REMOVE FILES (<strings>)",
    "ADD PARTITION <arguments> LOCATION <string>",
    "DROP PARTITION LOCATION <string>",
    "DROP PARTITION BY",
    "REFRESH [<string>]",
    ...QUALITY,
    ...CONTACT,
  ],
  "HYBRID TABLE": TABLE,
  "ICEBERG TABLE": [
    ...TABLE,
    ...PARTITIONED,
    "REPLACE PARTITION BY (<expression>) WITH (<expression>)",
    "REFRESH <string>",
    "CONVERT TO MANAGED <properties:ICEBERG TABLE>",
  ],
  "INTERACTIVE TABLE": TABLE,
  "MATERIALIZED VIEW": [...QUALITY, ...CONTACT],
  TABLE: [...TABLE, ...PARTITIONED],
  VIEW: [...QUALITY, ...CONTACT],
};
