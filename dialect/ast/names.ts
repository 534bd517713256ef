import type { BindPlaceholder, BindVariable, Expression } from "./expressions";
import type { StringLiteral } from "./literals";
import type { BaseNode } from "./node";

/**
 * A single identifier. `text` is what was written, without the double quotes and with `""` read as `"`;
 * `value` is the name Snowflake stores: `text` as it is when quoted, in upper case when not.
 */
export interface Identifier extends BaseNode {
  kind: "Identifier";
  text: string;
  value: string;
  quoted: boolean;
}

/** `[[database.]schema.]name`. In `database..name` the schema in the middle is an identifier with empty text. */
export interface ObjectName extends BaseNode {
  kind: "ObjectName";
  parts: Identifier[];
}

/** `IDENTIFIER('a.b' | :variable | $variable | ?)` used where a name stands; `rest` are the parts that follow it after dots. */
export interface IdentifierFunction extends BaseNode {
  kind: "IdentifierFunction";
  argument: Expression;
  rest: Identifier[];
  /** The argument stands by itself: `REFERENCE('name')` of native apps, which is a name bound by the consumer, or `'name'`. */
  bare?: true;
}

/** Whatever may stand where the name of an object is expected. */
export type Name = ObjectName | IdentifierFunction;

/**
 * Where files lie: a stage, a text for a place outside of Snowflake, or one that is bound, by `?` as connectors send it
 * (`PUT 'file:///tmp/a' ?`, `COPY INTO t FROM ?`) or by a variable of Snowflake Scripting (`COPY INTO t FROM :stage`).
 */
export type LocationReference = StageReference | StringLiteral | BindPlaceholder | BindVariable;

/** `@stage/path`, `@~/path`, `@%table/path`, `@db.schema.stage`; `text` begins with the `@`. Quoted ('@…') when `quoted`. */
export interface StageReference extends BaseNode {
  kind: "StageReference";
  text: string;
  quoted: boolean;
  /** The named stage, or absent for a user (`@~`) or table stage (`@%t`) or an unreadable one. */
  stage?: ObjectName;
  /** The table whose stage `@%t` is. */
  table?: ObjectName;
  /** What follows the stage, beginning with `/`, or empty. */
  path: string;
}
