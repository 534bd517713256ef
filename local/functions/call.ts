import type { Argument, Expression, FunctionCall } from "../../dialect/index";
import {
  compilationError,
  invalidArgumentTypes,
  unsupportedArgumentType,
  unsupportedFeature,
  wrongArgumentCount,
} from "../errors";
import type { Binder } from "../translate/binder";
import { type Bound, bound, constantNumber, isNullLiteral } from "../translate/bound";
import { readCollation } from "../translate/collation";
import { asText, cast } from "../translate/conversion/cast";
import { branchType } from "../translate/conversion/unify";
import { toVariant } from "../translate/conversion/variant";
import { asNumeric } from "../translate/expressions/arithmetic";
import { planText } from "../translate/planText";
import { isTest } from "../translate/predicateNodes";
import { once, quote, raise } from "../translate/sql";
import {
  becomesVariant,
  type DataType,
  isSemiStructured,
  isStructured,
  MAX_VARCHAR_LENGTH,
  number,
  sqlName,
  varchar,
} from "../types/dataType";
import { refuseStructured } from "./structuredArguments";

/** How an aggregate is computed in its place: DISTINCT, FILTER, OVER and the order of its input. */
export interface AggregateClauses {
  distinct: boolean;
  /** ` FILTER (WHERE …)` or empty. */
  filter: string;
  /** ` OVER (…)` or empty. */
  over: string;
  /** Items of WITHIN GROUP (ORDER BY …), or empty. */
  orderBy: string;
}

/** One call of a function with its arguments translated; knows how to convert them and how to complain. */
export class Call {
  constructor(
    readonly binder: Binder,
    readonly node: FunctionCall,
    readonly name: string,
    readonly args: Bound[],
    readonly clauses: AggregateClauses = { distinct: false, filter: "", over: "", orderBy: "" },
  ) {}

  get settings() {
    return this.binder.settings;
  }

  get count(): number {
    return this.args.length;
  }

  has(i: number): boolean {
    return i < this.args.length;
  }

  arg(i: number): Bound {
    const value = this.args[i];
    if (!value) throw wrongArgumentCount(this.name, i + 1, this.args.length, this.position());
    return value;
  }

  node_(i: number): Expression {
    return this.node.args[i] as Expression;
  }

  position() {
    return this.binder.position(this.node.span);
  }

  get nullable(): boolean {
    return this.args.some((a) => a.nullable);
  }

  fail(): never {
    throw invalidArgumentTypes(this.name, `(${this.args.map((a) => sqlName(a.type)).join(", ")})`, this.position());
  }

  /** SQL of an argument as text, which the answer of a test is not. */
  text(i: number): string {
    const value = this.arg(i);
    if (["ARRAY", "OBJECT", "BINARY", "VECTOR"].includes(value.type.kind) || isTest(value.node)) this.fail();
    return asText(value, this.settings);
  }

  /** SQL of an argument as a whole number (BIGINT), rounded. */
  int(i: number): string {
    const known = constantNumber(this.arg(i));
    if (known !== undefined && Number.isSafeInteger(known)) return `${known}::BIGINT`;
    return `CAST(${this.numeric(i, 38).sql} AS BIGINT)`;
  }

  /** An argument as a number; NUMBER and FLOAT stay as they are. */
  numeric(i: number, _precision = 38): Bound {
    return this.numericOf(this.arg(i));
  }

  numericOf(value: Bound): Bound {
    const { kind } = value.type;
    if (kind === "DECFLOAT" || kind === "INTERVAL") throw unsupportedFeature(`${this.name} of ${kind}`);
    return asNumeric(this.binder, value, () => this.fail());
  }

  float(i: number): string {
    const value = this.numeric(i);
    return value.type.kind === "FLOAT" ? value.sql : `(${value.sql})::DOUBLE`;
  }

  bool(i: number): string {
    const value = this.arg(i);
    if (!["BOOLEAN", "NUMBER", "FLOAT", "VARCHAR", "VARIANT", "NULL"].includes(value.type.kind)) this.fail();
    return cast(value, { kind: "BOOLEAN" }, this.settings).sql;
  }

  /** An argument as BOOLEAN by way of TO_BOOLEAN, which takes no double, and of a VARIANT what is BOOLEAN already. */
  truth(i: number): string {
    const { type } = this.arg(i);
    if (type.kind === "FLOAT" || !["BOOLEAN", "NUMBER", "VARCHAR", "VARIANT", "NULL"].includes(type.kind))
      throw compilationError(
        "001007",
        "22023",
        `invalid type [TO_BOOLEAN(${planText(this.binder, this.node_(i))})] for parameter 'TO_BOOLEAN'`,
      );
    if (type.kind !== "VARIANT") return this.bool(i);
    return once(this.arg(i).sql, (x) => {
      const refused = raise(
        "100071",
        "22000",
        "Failed to cast variant value ",
        `sf_to_json(${x}, ${quote(this.settings.timezone)})`,
        " to BOOLEAN",
        "BOOLEAN",
      );
      return `CASE json_type(${x}) WHEN 'BOOLEAN' THEN ${x}::VARCHAR = 'true' WHEN 'NULL' THEN NULL ELSE CASE WHEN ${x} IS NOT NULL THEN ${refused} END END`;
    });
  }

  /** An argument for a parameter of type VARIANT: texts, dates, times and bytes need a cast. Source: …/functions/array_contains */
  asVariant(i: number): string {
    if (!becomesVariant(this.arg(i).type)) this.fail();
    return this.variant(i);
  }

  /** Few functions know structured types. */
  private refuseStructured(i: number): void {
    refuseStructured(this.name, this.arg(i).type, () => this.fail());
  }

  variant(i: number): string {
    this.refuseStructured(i);
    return isStructured(this.arg(i).type) ? this.arg(i).sql : toVariant(this.arg(i), this.settings);
  }

  /** An argument that must be semi-structured; `kind` converts a VARIANT. */
  stored(i: number, kind?: "ARRAY" | "OBJECT"): string {
    const value = this.arg(i);
    if (isNullLiteral(value)) return "NULL::JSON";
    if (!isSemiStructured(value.type)) this.fail();
    this.refuseStructured(i);
    if (kind && value.type.kind !== kind) {
      if (value.type.kind !== "VARIANT") this.fail();
      return cast(value, { kind }, this.settings).sql;
    }
    return value.sql;
  }

  /** An argument as date, time or timestamp; texts become timestamps. */
  temporal(i: number): Bound {
    const value = this.arg(i);
    if (["DATE", "TIME", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"].includes(value.type.kind)) return value;
    if (value.type.kind === "VARCHAR" || value.type.kind === "VARIANT" || value.type.kind === "NULL") {
      return cast(value, { kind: this.settings.timestampTypeMapping, scale: 9 } as DataType, this.settings);
    }
    if (value.type.kind === "INTERVAL") throw unsupportedFeature(`${this.name} of INTERVAL`);
    return this.fail();
  }

  /** A date, time or timestamp of a function that reads no texts; `name` is the function that complains. */
  moment(i: number, name = this.name): Bound {
    const { type } = this.arg(i);
    if (type.kind === "VARCHAR") throw unsupportedArgumentType(name, sqlName(type));
    return this.temporal(i);
  }

  to(i: number, type: DataType): Bound {
    return cast(this.arg(i), type, this.settings);
  }

  /** All arguments from `from` in one common type. */
  common(from = 0): { type: DataType; values: Bound[] } {
    const values = this.args.slice(from);
    const type = branchType(this.binder, values);
    return { type, values: type.kind === "NULL" ? values : values.map((v) => cast(v, type, this.settings)) };
  }

  /** An aggregate of the engine with the clauses of this call. */
  aggregate(fn: string, args: string, options: { distinct?: boolean; orderBy?: string; filter?: string } = {}): string {
    const distinct = (options.distinct ?? this.clauses.distinct) ? "DISTINCT " : "";
    const orderBy = options.orderBy ?? this.clauses.orderBy;
    let filter = this.clauses.filter;
    if (options.filter) {
      filter = filter ? filter.replace(/\)$/, ` AND ${options.filter})`) : ` FILTER (WHERE ${options.filter})`;
    }
    const sql = `${fn}(${distinct}${args}${orderBy ? ` ORDER BY ${orderBy}` : ""})${filter}${this.clauses.over}`;
    const { capture } = this.binder.shared;
    if (!capture || this.clauses.over) return sql;
    return capture.aggregate(fn, args, sql, this.args[0]?.type.kind === "NUMBER", distinct !== "");
  }

  /** The first argument as a text with a collation. */
  collated(spec: string): Bound {
    readCollation(spec);
    if (isNullLiteral(this.arg(0))) return this.arg(0);
    const { type, nullable } = this.arg(0);
    const text: DataType = { kind: "VARCHAR", length: textLength(type) };
    return bound(
      this.text(0),
      spec === "" ? text : { ...text, collation: spec.toLowerCase(), isExplicit: true },
      nullable,
    );
  }

  result(sql: string, type: DataType, nullable = this.nullable): Bound {
    return bound(sql, type, nullable);
  }

  /** The same call with other arguments. */
  reordered(nodes: readonly Argument[], args: Bound[]): Call {
    return new Call(this.binder, { ...this.node, args: [...nodes] }, this.name, args, this.clauses);
  }

  error(code: string, sqlState: string, text: string) {
    return compilationError(code, sqlState, text, this.position());
  }
}

/** A function of the language. */
export interface FunctionEntry {
  kind: "scalar" | "aggregate" | "window";
  /** Fewest and most arguments. */
  arity: readonly [number, number];
  bind(call: Call): Bound;
  /** Arguments with these places are not translated (date parts written bare, lambdas); `bind` reads the nodes. */
  raw?: (index: number) => boolean;
  /** Whether it reads the stars of a call from the tree; else they stand for their columns, one argument each. */
  readsStars?: (node: FunctionCall) => boolean;
  /** Names by which arguments may be given (`SCALE => 2`), in their order. */
  names?: readonly string[];
  /** Arguments that are given by name alone; `bind` reads them from the tree. */
  options?: readonly string[];
  /** Two calls in one statement may differ. */
  volatile?: boolean;
  /** Window functions only: no ORDER BY needed. */
  unordered?: boolean;
  /** Default frame behind ORDER BY where it differs from the engine's. */
  frame?: string;
  /** Aggregates only: takes WITHIN GROUP (ORDER BY …). */
  withinGroup?: boolean;
}

export type FunctionTable = Record<string, FunctionEntry>;

const MANY = Number.POSITIVE_INFINITY;

type Bind = (call: Call) => Bound;

export const scalar = (min: number, max: number, bind: Bind, extra: Partial<FunctionEntry> = {}): FunctionEntry => ({
  kind: "scalar",
  arity: [min, max],
  bind,
  ...extra,
});
export const variadic = (min: number, bind: Bind, extra: Partial<FunctionEntry> = {}): FunctionEntry =>
  scalar(min, MANY, bind, extra);
export const aggregate = (min: number, max: number, bind: Bind, extra: Partial<FunctionEntry> = {}): FunctionEntry => ({
  kind: "aggregate",
  arity: [min, max],
  bind,
  ...extra,
});
export const windowed = (min: number, max: number, bind: Bind, extra: Partial<FunctionEntry> = {}): FunctionEntry => ({
  kind: "window",
  arity: [min, max],
  bind,
  ...extra,
});

/** Texts in, text out: `template` builds the SQL from the SQL of the arguments. */
export const textFunction = (count: number, template: (...args: string[]) => string, length?: number): FunctionEntry =>
  scalar(count, count, (call) =>
    call.result(template(...call.args.map((_, i) => call.text(i))), varchar(length ?? textLength(call.arg(0).type))),
  );

export const textLength = (type: DataType): number => (type.kind === "VARCHAR" ? type.length : MAX_VARCHAR_LENGTH);

export const INTEGER = number(38, 0);
export const COUNT_TYPE = number(18, 0);
