import type { ArgumentDoc } from "../catalogue/model";
import type { Value } from "../execution/value";
import type { DataType, DataTypeKind } from "../types/dataType";

/** Arguments as they were given: by position, then by name. */
export interface GivenArguments {
  positional: Value[];
  named: Map<string, Value>;
}

/** Which argument goes to which parameter; `undefined` where the default is to be used. */
export type Matched = (Value | undefined)[];

/**
 * Puts arguments to parameters; undefined when the signature does not fit: too many, an unknown name, one given twice, or
 * none for a parameter without default.
 */
export function match(parameters: readonly ArgumentDoc[], { positional, named }: GivenArguments): Matched | undefined {
  if (positional.length > parameters.length) return undefined;
  const matched: Matched = parameters.map((_, index) => positional[index]);
  for (const [name, value] of named) {
    const index = parameters.findIndex((parameter) => parameter.name === name);
    if (index === -1 || index < positional.length) return undefined;
    matched[index] = value;
  }
  const complete = parameters.every(
    (parameter, index) => matched[index] !== undefined || parameter.defaultText !== undefined,
  );
  return complete ? matched : undefined;
}

/** How far arguments are from a signature: 0 when every type is the same; undefined when one cannot be converted. */
export function distance(parameters: readonly ArgumentDoc[], matched: Matched): number | undefined {
  let total = 0;
  for (const [index, parameter] of parameters.entries()) {
    const value = matched[index];
    if (!value) continue;
    const step = conversion(value.type, parameter.type);
    if (step === undefined) return undefined;
    total += step;
  }
  return total;
}

const TIMES: readonly DataTypeKind[] = ["DATE", "TIME", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"];

/**
 * What an argument becomes by itself, as the account has it: less than elsewhere. Texts, dates, times and bytes are no VARIANT,
 * a BOOLEAN is no number and a TIMESTAMP_TZ no other timestamp.
 */
const COERCIBLE: Record<DataTypeKind, readonly DataTypeKind[]> = {
  NUMBER: ["FLOAT", "DECFLOAT", "VARCHAR", "BOOLEAN", "VARIANT"],
  FLOAT: ["NUMBER", "DECFLOAT", "VARCHAR", "BOOLEAN", "VARIANT"],
  VARCHAR: ["NUMBER", "FLOAT", "BOOLEAN", ...TIMES],
  BOOLEAN: ["VARCHAR", "VARIANT"],
  DATE: ["VARCHAR", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"],
  TIME: ["VARCHAR"],
  TIMESTAMP_NTZ: ["VARCHAR", "DATE", "TIME", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"],
  TIMESTAMP_LTZ: ["VARCHAR", "DATE", "TIME", "TIMESTAMP_NTZ", "TIMESTAMP_TZ"],
  TIMESTAMP_TZ: ["VARCHAR", "DATE", "TIME"],
  VARIANT: ["VARCHAR", "NUMBER", "FLOAT", "BOOLEAN", "OBJECT", "ARRAY", ...TIMES],
  OBJECT: ["VARIANT"],
  ARRAY: ["VARIANT"],
  BINARY: [],
  VECTOR: [],
  INTERVAL: ["VARCHAR"],
  DECFLOAT: ["BOOLEAN", "FLOAT", "NUMBER", "VARCHAR"],
  NULL: [],
};

function conversion(from: DataType, to: DataType): number | undefined {
  if (from.kind === to.kind || from.kind === "NULL") return 0;
  const rank = COERCIBLE[from.kind].indexOf(to.kind);
  return rank === -1 ? undefined : rank + 1;
}
