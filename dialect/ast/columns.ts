import type { DataType } from "./dataTypes";
import type { Expression } from "./expressions";
import type { StringLiteral } from "./literals";
import type { Identifier, Name } from "./names";
import type { BaseNode } from "./node";
import type { PolicyClause, Property, TagAssignment } from "./properties";

/** A column of CREATE TABLE, of a view (name only) or of a dynamic table. */
export interface ColumnDefinition extends BaseNode {
  kind: "ColumnDefinition";
  name: Identifier;
  type?: DataType;
  /** True for NOT NULL, false for an outright NULL. */
  notNull?: boolean;
  collate?: string;
  default?: Expression;
  /** `AS (expr)`: a virtual column, or an external table's column. */
  computed?: Expression;
  autoincrement?: Autoincrement;
  constraints: Constraint[];
  policies: PolicyClause[];
  tags: TagAssignment[];
  /** `WITH CONTACT (purpose = contact)` */
  contact?: Property;
  comment?: StringLiteral;
}

export interface Autoincrement extends BaseNode {
  kind: "Autoincrement";
  start?: Expression;
  step?: Expression;
  order?: "ORDER" | "NOORDER";
}

/** Inline (no `columns`) or out of line. */
export interface Constraint extends BaseNode {
  kind: "Constraint";
  name?: Identifier;
  type: "UNIQUE" | "PRIMARY KEY" | "FOREIGN KEY" | "CHECK" | "INDEX";
  columns: Identifier[];
  /** `INCLUDE (…)` of an index. */
  include?: Identifier[];
  references?: { table: Name; columns: Identifier[] };
  check?: Expression;
  /** `ENFORCED`, `NOT ENFORCED`, `RELY`, `ON DELETE CASCADE` …, upper case. */
  properties: string[];
  comment?: StringLiteral;
}
