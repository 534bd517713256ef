import type { Expression } from "../../dialect/index";
import { type DataType, varchar } from "../types/dataType";
import type { Typed } from "./contract";
import { isVolatile, once } from "./sql";

/** A constant whose value is known while translating. */
export interface Literal {
  kind: "string" | "number" | "boolean" | "null";
  text: string;
}

/** A translated expression; `literal` is set for constants written in the text and for binds. */
export interface Bound extends Typed {
  literal?: Literal;
  /** SQL of the wall clock that a TIMESTAMP_TZ shows, where it is known without taking the value apart. */
  wall?: string;
  /** What it was translated from, for messages that repeat it. */
  node?: Expression;
  /** An argument of a routine that differs from row to row. */
  readsColumns?: boolean;
}

export const bound = (sql: string, type: DataType, nullable = true, literal?: Literal): Bound =>
  literal ? { sql, type, nullable, literal } : { sql, type, nullable };

/** What is built with a value that is written several times in it: one that differs each time is evaluated once. */
export function evaluatedOnce(value: Bound, build: (value: Bound) => Bound): Bound {
  const built = build(value);
  if (!isVolatile(value.sql)) return built;
  return { ...built, sql: once(value.sql, (sql) => build({ ...value, sql }).sql) };
}

/** The text of a constant string argument, or undefined. */
export const constantText = (arg: Bound | undefined): string | undefined =>
  arg?.literal?.kind === "string" ? arg.literal.text : undefined;

/** The value of a constant number argument, or undefined. */
export const constantNumber = (arg: Bound | undefined): number | undefined =>
  arg?.literal?.kind === "number" || (arg?.literal?.kind === "string" && /^[+-]?\d+$/.test(arg.literal.text.trim()))
    ? Number(arg.literal.text)
    : undefined;

export const isNullLiteral = (arg: Bound): boolean => arg.type.kind === "NULL";

export const nullBound = (): Bound => ({
  sql: "NULL::VARCHAR",
  type: { kind: "NULL" },
  nullable: true,
  literal: { kind: "null", text: "" },
});

/** The type of a column of a relation within a statement: a NULL without type stays one, so that it fits every type it meets. */
export const passedOn = (type: DataType): DataType => (type.kind === "NULL" ? type : settled(type));

/** The type of a column that holds such values: NULL is VARCHAR, and a collation written at the value becomes the column's own. */
export const settled = (type: DataType): DataType =>
  type.kind === "NULL" ? varchar() : type.kind === "VARCHAR" ? varchar(type.length, type.collation) : type;
