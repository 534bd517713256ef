import type { Argument } from "./calls";
import type { DataType } from "./dataTypes";
import type { Expression } from "./expressions";
import type { Identifier, Name, StageReference } from "./names";
import type { BaseNode } from "./node";

/** A word that stands as a value: `TYPE = CSV`, `REFRESH_MODE = INCREMENTAL`; upper case. */
export interface Keyword extends BaseNode {
  kind: "Keyword";
  value: string;
}

/** `('a', 'b')` or `(a, b)`. */
export interface PropertyList extends BaseNode {
  kind: "PropertyList";
  items: PropertyValue[];
  /** Without the parentheses: `ACCOUNTS = a, b`. */
  bare?: boolean;
}

/** `(TYPE = CSV SKIP_HEADER = 1)`, with or without commas. */
export interface PropertyMap extends BaseNode {
  kind: "PropertyMap";
  properties: Property[];
}

/** `(tag => 'latest', port => 8000)`: what a template is filled in with. */
export interface PropertyArguments extends BaseNode {
  kind: "PropertyArguments";
  args: Argument[];
}

export type PropertyValue =
  | Expression
  | Keyword
  | Name
  | StageReference
  | PropertyList
  | PropertyMap
  | PropertyArguments;

/**
 * `NAME = value`, the way nearly every option of Snowflake's DDL is written. `name` is in upper case, several words parted
 * by one blank (`COPY GRANTS`); a clause without a value, such as `COPY GRANTS` or `NOORDER`, has no `value`.
 */
export interface Property extends BaseNode {
  kind: "Property";
  name: string;
  value?: PropertyValue;
  /** The value follows without `=`, as in `IN COMPUTE POOL p`. */
  bare?: boolean;
}

/** `[WITH] TAG (cost_center = 'a', db.s.t = 'b')` */
export interface TagAssignment extends BaseNode {
  kind: "TagAssignment";
  name: Name;
  value: Expression;
}

/** `[WITH] MASKING POLICY p USING (a, b)`, `ROW ACCESS POLICY p ON (a)`, `AGGREGATION POLICY p ENTITY KEY (a)` … */
export interface PolicyClause extends BaseNode {
  kind: "PolicyClause";
  /** `MASKING`, `ROW ACCESS`, `AGGREGATION`, `JOIN`, `PROJECTION`, `STORAGE LIFECYCLE`, `PRIVACY` … */
  policyType: string;
  policy: Name;
  columns: Identifier[];
  /** `ENTITY KEY (a) ENTITY KEY (b)`: the second key and those behind it. */
  furtherKeys?: Identifier[][];
  /** Of a tag's row access policy: the names and types its arguments may have in a table, in the order they are tried. */
  signatures?: { name: Identifier; type: DataType }[][];
  force?: boolean;
}
