import { type DataType, MAX_BINARY_LENGTH, MAX_PRECISION, MAX_VARCHAR_LENGTH } from "./dataType";
import { type IntervalType, isYearMonth } from "./interval";

/** One entry of `data.rowtype`. The Python connector wants every key present; null where a fact does not apply. */
export interface RowTypeEntry {
  name: string;
  database: string;
  schema: string;
  table: string;
  type: string;
  nullable: boolean;
  precision: number | null;
  scale: number | null;
  length: number | null;
  byteLength: number | null;
  collation: string | null;
  /** A VECTOR's own facts. */
  vectorDimension?: number;
  fields?: (Facts & { nullable: boolean })[];
}

/** How drivers tell the types of a family apart. Source: interval_util.py of snowflake-connector-python */
function fieldsCode(type: IntervalType): number {
  if (!isYearMonth(type)) return 3;
  return type.first === "MONTH" ? 2 : type.last === "YEAR" ? 1 : 0;
}

const MAX_BYTES = 16_777_216;

type Facts = Pick<
  RowTypeEntry,
  "type" | "precision" | "scale" | "length" | "byteLength" | "collation" | "vectorDimension" | "fields"
>;

const facts = (type: string, given: Partial<Facts> = {}): Facts => ({
  type,
  precision: null,
  scale: null,
  length: null,
  byteLength: null,
  collation: null,
  ...given,
});

/** How a type is described on the wire. */
export function wireFacts(type: DataType): Facts {
  switch (type.kind) {
    case "NUMBER":
      return facts("fixed", { precision: type.precision, scale: type.scale });
    case "FLOAT":
      return facts("real");
    case "DECFLOAT":
      return facts("decfloat", { precision: MAX_PRECISION });
    case "VARCHAR":
      return facts("text", {
        length: type.length,
        byteLength: Math.min(type.length * 4, Math.max(MAX_BYTES, type.length)),
        collation: type.collation ?? null,
      });
    case "NULL":
      return facts("text", { length: MAX_VARCHAR_LENGTH, byteLength: MAX_BYTES });
    case "BINARY":
      return facts("binary", { length: type.length ?? MAX_BINARY_LENGTH, byteLength: type.length });
    case "BOOLEAN":
    case "DATE":
    case "VARIANT":
    case "OBJECT":
    case "ARRAY":
      return facts(type.kind.toLowerCase());
    case "INTERVAL":
      // The precision has the digits of the first field in its last four bits; the scale says which fields there are.
      return facts(isYearMonth(type) ? "interval_year_month" : "interval_day_time", {
        precision: (type.scale << 4) | type.precision,
        scale: fieldsCode(type),
      });
    case "TIME":
    case "TIMESTAMP_NTZ":
    case "TIMESTAMP_LTZ":
    case "TIMESTAMP_TZ":
      return facts(type.kind.toLowerCase(), { precision: 0, scale: type.scale });
    case "VECTOR":
      return facts("vector", {
        vectorDimension: type.dimension,
        fields: [
          {
            ...(type.element === "INT" ? facts("fixed", { precision: 10, scale: 0 }) : facts("real")),
            nullable: false,
          },
        ],
      });
  }
}
