import { type DuckDBDecimalValue, DuckDBStructValue, type DuckDBValue } from "@duckdb/node-api";
import type { Argument, Binary, Expression, FunctionCall } from "../../dialect/index";
import type { Value } from "../execution/value";
import { BOOLEAN, type DataType, isSemiStructured } from "../types/dataType";
import { toCanonical } from "../udf/json/canonical";
import { compareKeys } from "../udf/json/node";
import { numberFromText } from "../udf/json/parse";
import { quickCanonical } from "../udf/json/quickCanonical";
import type { Binder } from "./binder";
import { type Bound, isNullLiteral } from "./bound";
import { convertDirectly, decimal, exactNumber } from "./directConversion";

/*
 * Values of simple expressions without the engine, which takes longer to read them than they are worth. Only what is known to be
 * exactly the engine's answer is answered here: everything else, errors included, is undefined and left to the engine.
 */

/**
 * The value of an expression that was bound without an error; undefined when the engine must be asked.
 * @param binder one of its own: what it notes of parameters is not used
 */
export function directly(binder: Binder, node: Expression): Value | undefined {
  switch (node.kind) {
    case "StringLiteral":
    case "NumberLiteral":
    case "BooleanLiteral":
    case "NullLiteral":
      return literal(binder.expression(node));
    case "Parenthesized":
      return directly(binder, node.expression);
    case "BindVariable":
      return variable(binder.context.variables?.get(node.name.value) ?? numbered(binder, node.name.value));
    case "BindPlaceholder":
      return variable(binder.context.binds.values[node.index]);
    case "ColumnReference":
      return node.parts.length === 1 && binder.scope.relations.length === 0
        ? variable(binder.context.variables?.get(node.parts[0]?.value ?? ""))
        : undefined;
    case "Unary":
      return node.operator === "NOT" ? not(directly(binder, node.operand)) : undefined;
    case "Binary":
      return binary(binder, node);
    case "IsNull": {
      const operand = directly(binder, node.operand);
      return operand && truth((operand.value === null) !== node.negated);
    }
    case "In": {
      if (!node.list || node.list.some((item) => item.kind === "SpreadElement")) return undefined;
      const operand = directly(binder, node.operand);
      const found = anyOf(
        node.list.map((item) => operand && compared("=", operand, directly(binder, item as Expression))),
      );
      return node.negated ? not(found) : found;
    }
    case "Case": {
      if (node.operand) return undefined;
      const { type } = binder.expression(node);
      for (const { condition, result } of node.whens) {
        const met = boolean(directly(binder, condition));
        if (met === undefined) return undefined;
        if (met) return convertDirectly(directly(binder, result), type);
      }
      return node.otherwise ? convertDirectly(directly(binder, node.otherwise), type) : { type, value: null };
    }
    case "Cast": {
      if (node.syntax === "TRY_CAST" || node.modifiers?.length) return undefined;
      return convertDirectly(directly(binder, node.expression), binder.expression(node).type);
    }
    case "FunctionCall":
      return call(binder, node);
    default:
      return undefined;
  }
}

const truth = (value: boolean | null): Value => ({ type: BOOLEAN, value });

/** `:1` is a bind of the statement. */
const numbered = (binder: Binder, name: string): Value | undefined =>
  /^\d+$/.test(name) ? binder.context.binds.values[Number(name) - 1] : undefined;

/** A NULL that could have any type has none, as `valueBound` says it. */
function variable(value: Value | undefined): Value | undefined {
  if (!value || value.type.kind === "NULL") return value;
  const isNull = value.value === null || (value.value instanceof DuckDBStructValue && value.value.entries.utc === null);
  if (!isNull) return value;
  return { type: value.type.kind === "VARCHAR" ? { kind: "NULL" } : value.type, value: null };
}

function literal({ type, literal: constant }: Bound): Value | undefined {
  if (constant?.kind === "null") return { type, value: null };
  if (constant?.kind === "string" && type.kind === "VARCHAR") return { type, value: constant.text };
  if (constant?.kind === "boolean" && type.kind === "BOOLEAN") return truth(constant.text === "true");
  if (constant?.kind === "number" && type.kind === "NUMBER") return exactNumber(constant.text, type);
  return undefined;
}

/** True or not (NULL is not); undefined when it is unknown. */
function boolean(value: Value | undefined): boolean | undefined {
  if (value?.type.kind !== "BOOLEAN" && value?.type.kind !== "NULL") return undefined;
  return value.value === true;
}

function not(value: Value | undefined): Value | undefined {
  if (value?.type.kind !== "BOOLEAN") return undefined;
  return truth(value.value === null ? null : !value.value);
}

/** OR of three-valued conditions. */
function anyOf(parts: (Value | undefined)[]): Value | undefined {
  if (parts.some((part) => part?.type.kind !== "BOOLEAN")) return undefined;
  const values = parts.map((part) => part?.value);
  return truth(values.includes(true) ? true : values.includes(null) ? null : false);
}

function binary(binder: Binder, node: Binary): Value | undefined {
  const left = directly(binder, node.left);
  const right = left && directly(binder, node.right);
  if (!left || !right) return undefined;
  switch (node.operator) {
    case "OR":
      return anyOf([left, right]);
    case "AND":
      return not(anyOf([not(left), not(right)]));
    case "=":
    case "<>":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return compared(node.operator, left, right);
    case "+":
    case "-":
    case "*":
      return arithmetic(node.operator, left, right, binder.expression(node).type);
    default:
      return undefined;
  }
}

function compared(operator: string, left: Value, right: Value | undefined): Value | undefined {
  if (!right) return undefined;
  const kinds = [left.type.kind, right.type.kind];
  const isKnown =
    ["NUMBER", "BOOLEAN"].some((kind) => kinds.every((own) => own === kind)) || kinds.every((own) => own === "VARCHAR");
  if (!isKnown || isCollated(left.type) || isCollated(right.type)) return undefined;
  if (left.value === null || right.value === null) return truth(null);
  const order = compareValues(left.value, right.value);
  switch (operator) {
    case "=":
      return truth(order === 0);
    case "<>":
      return truth(order !== 0);
    case "<":
      return truth(order < 0);
    case "<=":
      return truth(order <= 0);
    case ">":
      return truth(order > 0);
    default:
      return truth(order >= 0);
  }
}

const isCollated = (type: DataType) => type.kind === "VARCHAR" && type.collation !== undefined;

function compareValues(a: DuckDBValue, b: DuckDBValue): number {
  if (typeof a === "string") return compareKeys(a, b as string);
  if (typeof a === "boolean") return Number(a) - Number(b);
  const [x, y] = aligned(a as DuckDBDecimalValue, b as DuckDBDecimalValue);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Two decimals as whole numbers of the same scale. */
function aligned(a: DuckDBDecimalValue, b: DuckDBDecimalValue): [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  const raised = ({ value, scale: own }: DuckDBDecimalValue) => value * 10n ** BigInt(scale - own);
  return [raised(a), raised(b), scale];
}

function arithmetic(operator: "+" | "-" | "*", left: Value, right: Value, type: DataType): Value | undefined {
  if (left.type.kind !== "NUMBER" || right.type.kind !== "NUMBER" || type.kind !== "NUMBER") return undefined;
  if (left.value === null || right.value === null) return { type, value: null };
  const [a, b] = [left.value as DuckDBDecimalValue, right.value as DuckDBDecimalValue];
  if (operator === "*") return a.scale + b.scale === type.scale ? decimal(a.value * b.value, type) : undefined;
  const [x, y, scale] = aligned(a, b);
  return scale === type.scale ? decimal(operator === "+" ? x + y : x - y, type) : undefined;
}

type Calculation = (binder: Binder, args: readonly Expression[], type: DataType) => Value | undefined;

const bracketed =
  (bracket: string): Calculation =>
  (binder, [argument]) => {
    const value = argument && directly(binder, argument);
    if (!value || (!isSemiStructured(value.type) && value.type.kind !== "NULL")) return undefined;
    return truth(value.value === null ? null : (value.value as string).startsWith(bracket));
  };

/** The first that is not NULL, in the type of them all. */
const coalesced: Calculation = (binder, args, type) => {
  for (const argument of args) {
    const value = directly(binder, argument);
    if (!value) return undefined;
    if (value.value !== null) return convertDirectly(value, type);
  }
  return { type, value: null };
};

const changedCase =
  (change: (text: string) => string): Calculation =>
  (binder, [argument], type) => {
    const value = argument && directly(binder, argument);
    if (value?.type.kind !== "VARCHAR" || value.value === null) return undefined;
    // Beyond ASCII the engine's tables decide.
    return /^[\0-\x7f]*$/.test(value.value as string) ? { type, value: change(value.value as string) } : undefined;
  };

/** The engine spells control characters in its own way. */
const isPlainText = (text: string) => !/[\0-\x1f\x7f]/.test(text);

/** Stored JSON of a value, null for SQL NULL; undefined when the engine must convert it. */
function stored(value: Value | undefined): string | null | undefined {
  if (!value) return undefined;
  if (value.value === null) return null;
  if (isSemiStructured(value.type)) return value.value as string;
  switch (value.type.kind) {
    case "VARCHAR":
      return isPlainText(value.value as string) ? toCanonical(value.value as string) : undefined;
    case "BOOLEAN":
      return String(value.value);
    case "NUMBER":
      return toCanonical(numberFromText(String(value.value)));
    default:
      return undefined;
  }
}

const constructedObject: Calculation = (binder, args, type) => {
  const members = new Map<string, string>();
  for (let i = 0; i < args.length; i += 2) {
    const key = directly(binder, args[i] as Expression);
    const value = stored(directly(binder, args[i + 1] as Expression));
    if (key?.type.kind !== "VARCHAR" || key.value === null || value === undefined) return undefined;
    const name = key.value as string;
    if (!isPlainText(name) || members.has(name)) return undefined;
    if (value !== null) members.set(name, value);
  }
  const names = [...members.keys()].sort(compareKeys);
  return { type, value: `{${names.map((name) => `${JSON.stringify(name)}:${members.get(name)}`).join(",")}}` };
};

const CALCULATIONS: Record<string, Calculation> = {
  IS_ARRAY: bracketed("["),
  IS_OBJECT: bracketed("{"),
  COALESCE: coalesced,
  NVL: coalesced,
  IFNULL: coalesced,
  UPPER: changedCase((text) => text.toUpperCase()),
  LOWER: changedCase((text) => text.toLowerCase()),
  IFF: (binder, [condition, yes, no], type) => {
    const met = boolean(directly(binder, condition as Expression));
    return met === undefined ? undefined : convertDirectly(directly(binder, (met ? yes : no) as Expression), type);
  },
  PARSE_JSON: (binder, args, type) => {
    const text = args.length === 1 ? directly(binder, args[0] as Expression) : undefined;
    if (text?.type.kind !== "VARCHAR" || text.value === null) return undefined;
    const value = quickCanonical(text.value as string);
    return value === undefined ? undefined : { type, value };
  },
  OBJECT_CONSTRUCT: constructedObject,
  TO_VARIANT: (binder, [argument], type) => {
    const value = stored(directly(binder, argument as Expression));
    return value === undefined ? undefined : { type, value };
  },
};

const isPlain = (argument: Argument): argument is Expression =>
  !["Star", "NamedArgument", "TableArgument", "SpreadElement", "StageReference", "Lambda"].includes(argument.kind);

function call(binder: Binder, node: FunctionCall): Value | undefined {
  const name = node.name.parts.length === 1 ? node.name.parts[0]?.value : undefined;
  const calculation =
    name === undefined ? undefined : Object.hasOwn(CALCULATIONS, name) ? CALCULATIONS[name] : undefined;
  if (!calculation || node.over || node.distinct || !node.args.every(isPlain)) return undefined;
  const bound = binder.expression(node);
  if (isNullLiteral(bound)) return undefined;
  return calculation(binder, node.args as Expression[], bound.type);
}
