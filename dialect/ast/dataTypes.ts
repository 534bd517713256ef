import type { Identifier } from "./names";
import type { BaseNode } from "./node";

/**
 * A data type as written: `NUMBER(38, 0)`, `DOUBLE PRECISION`, `ARRAY(VARCHAR NOT NULL)`, `OBJECT(a INT, b VARCHAR)`,
 * `MAP(VARCHAR, INT)`, `VECTOR(FLOAT, 256)`, `TIMESTAMP WITH TIME ZONE`.
 */
export interface DataType extends BaseNode {
  kind: "DataType";
  /** Upper case, words parted by one blank, as written: an alias such as `INT` is not resolved. */
  name: string;
  /** Length, precision and scale, fractional digits, dimension. */
  parameters: number[];
  /** The digits of the first unit of an INTERVAL that has two: `DAY(2) TO SECOND(3)`. */
  leadingDigits?: number;
  /** ARRAY: its element type. MAP: key and value. VECTOR and PERIOD: the element type. */
  elements?: DataType[];
  /** Structured OBJECT only. */
  fields?: DataTypeField[];
  /** `NOT NULL` behind an element, value or field type. */
  notNull?: boolean;
}

export interface DataTypeField extends BaseNode {
  kind: "DataTypeField";
  name: Identifier;
  type: DataType;
}
