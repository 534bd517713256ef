import type { FunctionDoc } from "../catalogue/model";
import { incompatibleTypes, type SnowflakeError } from "../errors";
import { type DataType, type DataTypeKind, sqlName } from "../types/dataType";
import { type Bound, bound } from "./bound";
import { commonType } from "./conversion/unify";

/** The argument that goes to each parameter; undefined where its default is to be used. */
export type Placed = (Bound | undefined)[];

const TIMESTAMPS: readonly DataTypeKind[] = ["TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"];

/** What a parameter of a function takes besides its own type and NULL, as an account was seen to. */
const TAKES: Partial<Record<DataTypeKind, readonly DataTypeKind[]>> = {
  VARCHAR: ["NUMBER", "FLOAT", "BOOLEAN", "DATE", "TIME", "VARIANT", ...TIMESTAMPS],
  NUMBER: ["FLOAT", "DECFLOAT", "VARCHAR", "VARIANT"],
  FLOAT: ["NUMBER", "DECFLOAT", "VARCHAR", "VARIANT"],
  INTERVAL: ["VARCHAR"],
  DECFLOAT: ["NUMBER", "FLOAT", "VARCHAR", "VARIANT"],
  BOOLEAN: ["NUMBER", "FLOAT", "VARCHAR", "VARIANT"],
  DATE: ["VARCHAR", "VARIANT", ...TIMESTAMPS],
  TIME: ["VARCHAR", "VARIANT", ...TIMESTAMPS],
  TIMESTAMP_NTZ: ["VARCHAR", "VARIANT", "DATE", "TIMESTAMP_LTZ"],
  TIMESTAMP_LTZ: ["VARCHAR", "VARIANT", "DATE", "TIMESTAMP_NTZ"],
  TIMESTAMP_TZ: ["VARCHAR", "VARIANT", "DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ"],
  VARIANT: ["NUMBER", "FLOAT", "BOOLEAN", "ARRAY", "OBJECT", "VECTOR"],
  ARRAY: ["VARIANT"],
  OBJECT: ["VARIANT"],
  BINARY: [],
};

/** The signature an untyped NULL goes to: the first of these. */
const FOR_NULL: readonly DataTypeKind[] = [
  "ARRAY",
  "BINARY",
  "BOOLEAN",
  "DATE",
  "NUMBER",
  "OBJECT",
  "FLOAT",
  "VARCHAR",
  "TIME",
  ...TIMESTAMPS,
  "VARIANT",
];

/** By position, then by name; undefined where there are too many, one has an unknown name or a parameter is left without. */
export function placeArguments(fn: FunctionDoc, args: readonly Bound[], names: readonly (string | undefined)[]) {
  if (args.length > fn.arguments.length) return undefined;
  const placed: Placed = fn.arguments.map(() => undefined);
  for (const [i, arg] of args.entries()) {
    const name = names[i];
    const at = name === undefined ? i : fn.arguments.findIndex((parameter) => parameter.name === name);
    if (at === -1 || placed[at]) return undefined;
    placed[at] = arg;
  }
  return fn.arguments.every(({ defaultText }, i) => placed[i] || defaultText !== undefined) ? placed : undefined;
}

const isStructured = (type: DataType): boolean =>
  type.kind !== "VECTOR" && ("element" in type || "fields" in type || "map" in type);

function takes(target: DataType, source: DataType): boolean {
  if (source.kind === "NULL") return true;
  const known = TAKES[target.kind];
  if (!known || isStructured(target) || isStructured(source)) return fits(target, source);
  return source.kind === target.kind || known.includes(source.kind);
}

function fits(target: DataType, source: DataType): boolean {
  if (source.kind === target.kind) return true;
  try {
    commonType([bound("", source), bound("", target)]);
    return true;
  } catch {
    return false;
  }
}

export interface Fitting {
  fn: FunctionDoc;
  placed: Placed;
}

/**
 * The signature that suits the arguments best: where most of them have its types, and of those for NULL the first in its order.
 * Undefined when none takes as many; an error when those that do take other types.
 */
export function bestFitting(candidates: readonly Fitting[], refusal: () => SnowflakeError): Fitting | undefined {
  const convertible = candidates.filter(({ fn, placed }) =>
    placed.every((arg, i) => !arg || takes(fn.arguments[i]?.type as DataType, arg.type)),
  );
  if (convertible.length === 0 && candidates.length > 0) throw timeOfDay(candidates) ?? refusal();
  const exact = ({ fn, placed }: Fitting) =>
    placed.filter((arg, i) => arg && arg.type.kind === fn.arguments[i]?.type.kind).length;
  const ofNull = ({ fn, placed }: Fitting) =>
    placed.reduce((sum, arg, i) => {
      const at = arg?.type.kind === "NULL" ? FOR_NULL.indexOf(fn.arguments[i]?.type.kind as DataTypeKind) : 0;
      return sum + (at === -1 ? FOR_NULL.length : at);
    }, 0);
  return [...convertible].sort((a, b) => exact(b) - exact(a) || ofNull(a) - ofNull(b))[0];
}

/** A time of day is no timestamp, and is told so by itself. */
function timeOfDay([only, ...others]: readonly Fitting[]): SnowflakeError | undefined {
  if (!only || others.length > 0) return undefined;
  for (const [i, arg] of only.placed.entries()) {
    const target = only.fn.arguments[i]?.type;
    if (arg?.type.kind === "TIME" && target && TIMESTAMPS.includes(target.kind))
      return incompatibleTypes(sqlName(arg.type), sqlName(target));
  }
  return undefined;
}
