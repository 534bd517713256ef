import type { Inputs } from "./inputs";
import type { ResourceReader } from "./judged";
import { accountObject, literal, quote, schemaObject } from "./quote";

/** `QUOTED_IDENTIFIERS_IGNORE_CASE`, which has others read names otherwise. */
const ignoresCase = (inputs: Inputs): string =>
  inputs.flag("quotedIdentifiersIgnoreCase") ? " QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE" : "";

const transient = (inputs: Inputs): string => (inputs.flag("isTransient") ? " TRANSIENT" : "");

export const database: ResourceReader = (inputs) => {
  const retention = inputs.number("dataRetentionTimeInDays");
  return [
    {
      sql: `CREATE${transient(inputs)} DATABASE ${accountObject(inputs)}${retention === undefined ? "" : ` DATA_RETENTION_TIME_IN_DAYS = ${retention}`}${ignoresCase(inputs)}`,
    },
  ];
};

/** A database of another account; of the governed name it would bring tables in. */
export const sharedDatabase: ResourceReader = (inputs) => [
  { sql: `CREATE DATABASE ${accountObject(inputs)} FROM SHARE A.B` },
];

export const secondaryDatabase: ResourceReader = (inputs) => [
  { sql: `CREATE DATABASE ${accountObject(inputs)} AS REPLICA OF A.B.C` },
];

/** A secondary group brings in the databases of its primary. */
export const failoverGroup: ResourceReader = (inputs) =>
  inputs.block("fromReplica") ? [{ sql: `CREATE FAILOVER GROUP ${accountObject(inputs)} AS REPLICA OF A.B.C` }] : [];

export const schema: ResourceReader = (inputs) => {
  const parts = [inputs.text("database"), inputs.text("name") ?? "(named by Pulumi)"].filter(
    (part) => part !== undefined,
  );
  const retention = inputs.number("dataRetentionTimeInDays");
  const managed = inputs.flag("withManagedAccess") ? " WITH MANAGED ACCESS" : "";
  return [
    {
      sql: `CREATE${transient(inputs)} SCHEMA ${parts.map(quote).join(".")}${managed}${retention === undefined ? "" : ` DATA_RETENTION_TIME_IN_DAYS = ${retention}`}${ignoresCase(inputs)}`,
    },
  ];
};

export const warehouse: ResourceReader = (inputs) => {
  const type = inputs.text("warehouseType");
  const size = inputs.text("warehouseSize");
  const suspend = inputs.number("autoSuspend");
  const resume = inputs.flag("autoResume");
  const clusters = inputs.number("maxClusterCount");
  const least = inputs.number("minClusterCount");
  const accelerated = inputs.flag("enableQueryAcceleration");
  const properties = [
    type === undefined ? "" : ` WAREHOUSE_TYPE = ${literal(type)}`,
    size === undefined ? "" : ` WAREHOUSE_SIZE = ${literal(size)}`,
    // What is not known yet is taken to be right; the rest is judged already.
    inputs.unknown.includes("autoSuspend") ? " AUTO_SUSPEND = 60" : "",
    suspend === undefined ? "" : ` AUTO_SUSPEND = ${suspend}`,
    resume === undefined ? "" : ` AUTO_RESUME = ${resume ? "TRUE" : "FALSE"}`,
    clusters === undefined ? "" : ` MAX_CLUSTER_COUNT = ${clusters}`,
    least === undefined ? "" : ` MIN_CLUSTER_COUNT = ${least}`,
    accelerated === undefined ? "" : ` ENABLE_QUERY_ACCELERATION = ${accelerated ? "TRUE" : "FALSE"}`,
  ].join("");
  return [{ sql: `CREATE WAREHOUSE ${accountObject(inputs)}${properties}` }];
};

export const user: ResourceReader = (inputs) => {
  const warehouseName = inputs.text("defaultWarehouse");
  return [
    {
      sql: `CREATE USER ${accountObject(inputs)}${warehouseName === undefined ? "" : ` DEFAULT_WAREHOUSE = ${quote(warehouseName)}`}${ignoresCase(inputs)}`,
    },
  ];
};

export const stream: ResourceReader = (inputs) => [{ sql: `CREATE STREAM ${schemaObject(inputs)} ON TABLE T` }];
