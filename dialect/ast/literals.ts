import type { SpreadElement } from "./calls";
import type { Expression, Star } from "./expressions";
import type { BaseNode } from "./node";

/** `'…'` or `$$…$$`; `value` has its escapes resolved. */
export interface StringLiteral extends BaseNode {
  kind: "StringLiteral";
  value: string;
  quoting: "single" | "dollar";
}

/** `text` is kept, for a JavaScript number would lose digits beyond 2^53. */
export interface NumberLiteral extends BaseNode {
  kind: "NumberLiteral";
  text: string;
}

export interface BooleanLiteral extends BaseNode {
  kind: "BooleanLiteral";
  value: boolean;
}

export interface NullLiteral extends BaseNode {
  kind: "NullLiteral";
}

/** `X'0A'` */
export interface BinaryLiteral extends BaseNode {
  kind: "BinaryLiteral";
  hex: string;
}

/** `DATE '2024-01-01'`, `TIMESTAMP_NTZ '…'`, `PERIOD(DATE) '[…, …)'`; `type` in upper case. */
export interface TypedLiteral extends BaseNode {
  kind: "TypedLiteral";
  type: string;
  value: string;
}

/** `INTERVAL '1 day, 2 hours'`, or with a qualifier `INTERVAL '1-2' YEAR(2) TO MONTH`; units as written, in upper case. */
export interface IntervalLiteral extends BaseNode {
  kind: "IntervalLiteral";
  value: string;
  unit?: string;
  unitParameters?: number[];
  toUnit?: string;
  toParameters?: number[];
}

/** `[1, 2, ** more]` */
export interface ArrayLiteral extends BaseNode {
  kind: "ArrayLiteral";
  elements: (Expression | SpreadElement)[];
}

/** `{'a': 1, ** more, *}`, `{* ILIKE 'x%'}`, `{t.* EXCLUDE c}` */
export interface ObjectLiteral extends BaseNode {
  kind: "ObjectLiteral";
  entries: (ObjectEntry | SpreadElement | Star)[];
}

export interface ObjectEntry extends BaseNode {
  kind: "ObjectEntry";
  key: Expression;
  value: Expression;
}

export type Literal =
  | StringLiteral
  | NumberLiteral
  | BooleanLiteral
  | NullLiteral
  | BinaryLiteral
  | TypedLiteral
  | IntervalLiteral
  | ArrayLiteral
  | ObjectLiteral;
