import type { DataType } from "./dataTypes";
import type { Expression } from "./expressions";
import type { Identifier, Name, ObjectName } from "./names";
import type { BaseNode } from "./node";
import type { Property, TagAssignment } from "./properties";
import type { Query } from "./query";
import type { CreateModifiers } from "./tables";
import type { OrderItem } from "./window";

export interface CreateSemanticView extends BaseNode, CreateModifiers {
  kind: "CreateSemanticView";
  tables: SemanticTable[];
  relationships: SemanticRelationship[];
  variables: SemanticVariable[];
  facts: SemanticExpression[];
  dimensions: SemanticExpression[];
  metrics: SemanticExpression[];
  /** COMMENT, MAX_STALENESS, the instructions for AI_…, COPY GRANTS, and `WITH EXTENSION (CA = …)`, which GET_DDL writes. */
  properties: Property[];
  verifiedQueries: VerifiedQuery[];
  /** `MATERIALIZATIONS (…)`; what stands between the parentheses stays text. */
  materializations?: string;
  tags: TagAssignment[];
}

/** What any part of a semantic view may say about itself. */
interface Described {
  synonyms?: Expression[];
  comment?: Expression;
  tags: TagAssignment[];
}

/** `alias AS table` or `alias AS (query)`, `PRIMARY KEY (a) UNIQUE (b) CONSTRAINT c DISTINCT RANGE BETWEEN d AND e EXCLUSIVE` */
export interface SemanticTable extends BaseNode, Described {
  kind: "SemanticTable";
  alias?: Identifier;
  source: Name | Query;
  primaryKey?: Identifier[];
  unique: Identifier[][];
  distinctRange?: { constraint?: Identifier; from: Identifier; to: Identifier };
}

/** `name type DEFAULT expression COMMENT '…'` */
export interface SemanticVariable extends BaseNode {
  kind: "SemanticVariable";
  name: Identifier;
  dataType?: DataType;
  default?: Expression;
  comment?: Expression;
}

/** `name AS table (a) REFERENCES other (b)`, `… (ASOF b)`, `… (b, BETWEEN c AND d EXCLUSIVE)` */
export interface SemanticRelationship extends BaseNode {
  kind: "SemanticRelationship";
  name?: Identifier;
  table: Identifier;
  columns: Identifier[];
  references: Identifier;
  referenced: { column: Identifier; asof: boolean }[];
  between?: { from: Identifier; to: Identifier };
}

/** A fact, dimension or metric: `PRIVATE table.name AS expression`. */
export interface SemanticExpression extends BaseNode, Described {
  kind: "SemanticExpression";
  visibility?: "PRIVATE" | "PUBLIC";
  /** With its table; a derived metric has none. */
  name: ObjectName;
  /** `LABELS = (FILTER)` */
  filter?: true;
  /** The relationships that a metric goes by. */
  using?: Identifier[];
  nonAdditiveBy?: OrderItem[];
  expression: Expression;
  /** `SAMPLE_VALUES ('…')` */
  samples?: Expression[];
  /** `IS_ENUM`: the samples are all that there is. */
  isEnum?: true;
  searchService?: { name: Name; column?: Identifier };
}

/** `name AS (QUESTION '…' VERIFIED_AT 1 SQL '…')` */
export interface VerifiedQuery extends BaseNode {
  kind: "VerifiedQuery";
  name: Identifier;
  /** QUESTION, VERIFIED_AT, ONBOARDING_QUESTION, VERIFIED_BY and SQL, without `=`. */
  properties: Property[];
}
