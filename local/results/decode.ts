import type { DataType } from "../types/dataType";
import { physicalType } from "../types/dataType";

const timestamp = (text: string): string =>
  `make_timestamp(CAST(trunc(CAST(${text} AS DECIMAL(38, 9)) * 1000000) AS BIGINT))`;

/** SQL that reads the wire text in `sql` back into the physical value of the type. Semi-structured text must be tagged JSON already. */
export function decodeWire(type: DataType, sql: string): string {
  switch (type.kind) {
    case "NUMBER":
    case "FLOAT":
    case "INTERVAL":
    case "VECTOR":
      return `CAST(${sql} AS ${physicalType(type)})`;
    case "DECFLOAT":
      return `sf_decfloat(${sql}, FALSE)`;
    case "BOOLEAN":
      return `(${sql} = '1')`;
    case "DATE":
      return `(DATE '1970-01-01' + CAST(${sql} AS INTEGER))`;
    case "TIME":
      return `CAST(${timestamp(sql)} AS TIME)`;
    case "TIMESTAMP_NTZ":
      return timestamp(sql);
    case "TIMESTAMP_LTZ":
      return `(${timestamp(sql)} AT TIME ZONE 'UTC')`;
    case "TIMESTAMP_TZ":
      return `CASE WHEN ${sql} IS NULL THEN NULL ELSE struct_pack(utc := ${timestamp(`split_part(${sql}, ' ', 1)`)}, off := CAST(CAST(split_part(${sql}, ' ', 2) AS INTEGER) - 1440 AS SMALLINT)) END`;
    case "BINARY":
      return `unhex(${sql})`;
    case "VARIANT":
    case "OBJECT":
    case "ARRAY":
      return `CAST(${sql} AS JSON)`;
    case "VARCHAR":
    case "NULL":
      return sql;
  }
}
