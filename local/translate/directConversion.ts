import { DuckDBDecimalValue } from "@duckdb/node-api";
import type { Value } from "../execution/value";
import { type DataType, isSemiStructured, isStructured, sameType } from "../types/dataType";

type NumberType = DataType & { kind: "NUMBER" };

/** A whole number of units of the type's scale; undefined when it has too many digits. */
export function decimal(units: bigint, type: NumberType): Value | undefined {
  const limit = 10n ** BigInt(type.precision);
  if (units >= limit || units <= -limit) return undefined;
  return { type, value: new DuckDBDecimalValue(units, type.precision, type.scale) };
}

/** The number that a constant of that type says; undefined when it is not written in plain digits. */
export function exactNumber(text: string, type: NumberType): Value | undefined {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole === "" || fraction.length > type.scale) return undefined;
  return decimal(BigInt(`${sign}${whole}${fraction.padEnd(type.scale, "0")}`), type);
}

/** Rounds half away from zero, as the casts do. */
function rescaled(value: DuckDBDecimalValue, type: NumberType): Value | undefined {
  if (value.scale <= type.scale) return decimal(value.value * 10n ** BigInt(type.scale - value.scale), type);
  const unit = 10n ** BigInt(value.scale - type.scale);
  const half = value.value < 0n ? -(unit / 2n) : unit / 2n;
  return decimal((value.value + half) / unit, type);
}

function lengthOf(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xd800) count--;
  return count;
}

/** A value in another type of its kind; undefined when the engine must convert it or refuse it. */
export function convertDirectly(given: Value | undefined, type: DataType): Value | undefined {
  if (!given) return undefined;
  const { value } = given;
  const from = given.type;
  if (value === null) return from.kind === "NULL" || from.kind === type.kind ? { type, value } : undefined;
  if ((isStructured(type) || isStructured(from)) && !sameType(from, type)) return undefined;
  if (isSemiStructured(type))
    return isSemiStructured(from) && (type.kind === "VARIANT" || type.kind === from.kind) ? { type, value } : undefined;
  if (from.kind !== type.kind) return undefined;
  switch (type.kind) {
    case "BOOLEAN":
    case "DATE":
    case "FLOAT":
      return { type, value };
    case "NUMBER":
      return rescaled(value as DuckDBDecimalValue, type);
    case "VARCHAR":
      if (type.collation !== undefined || (from.kind === "VARCHAR" && from.collation !== undefined)) return undefined;
      return lengthOf(value as string) <= type.length ? { type, value } : undefined;
    case "TIMESTAMP_NTZ":
    case "TIMESTAMP_LTZ":
    case "TIMESTAMP_TZ":
      return "scale" in from && from.scale <= type.scale ? { type, value } : undefined;
    default:
      return undefined;
  }
}
