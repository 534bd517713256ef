import { BIGINT, BOOLEAN, DOUBLE, type DuckDBListValue, INTEGER, LIST, VARCHAR } from "@duckdb/node-api";
import { divisionByZero, failedToCastVariant, outOfRepresentableRange, SnowflakeError } from "../../errors";
import { fromCanonical } from "../json/canonical";
import { type JsonNode, NumberNode, parseDouble, TaggedNode, Undefined } from "../json/node";
import { decimalFromText, fitDecimal } from "../numeric/decimal";
import { type EngineFunction, JSON_TYPE } from "../scalarFunction";
import { decfloatKey, decfloatOfKey } from "./key";
import {
  add,
  type Decfloat,
  decfloat,
  decfloatOfDouble,
  decfloatText,
  divide,
  multiply,
  negate,
  parseDecfloat,
  type Rounding,
  remainder,
  roundTo,
  sum,
} from "./value";

/** The key of what `read` gives, or NULL instead of its error. */
function attempted(read: () => Decfloat, attempt: boolean): string | null {
  try {
    return decfloatKey(read());
  } catch (error) {
    if (attempt && error instanceof SnowflakeError) return null;
    throw error;
  }
}

const nonZero = (divisor: Decfloat): Decfloat => {
  if (divisor.digits === 0n) throw divisionByZero();
  return divisor;
};

const OPERATORS: Record<string, (a: Decfloat, b: Decfloat) => Decfloat> = {
  "+": add,
  "-": (a, b) => add(a, negate(b)),
  "*": multiply,
  "/": (a, b) => divide(a, nonZero(b)),
  "%": (a, b) => remainder(a, nonZero(b)),
};

function ofVariant(node: JsonNode): Decfloat | undefined {
  if (node instanceof NumberNode) return parseDecfloat(node.text);
  if (node instanceof TaggedNode && node.tag === "D") return decfloatOfDouble(parseDouble(node.text));
  if (typeof node === "boolean") return decfloat(node ? 1n : 0n, 0);
  return typeof node === "string" ? parseDecfloat(node) : undefined;
}

/** Fixed point with the digits of NUMBER(precision, scale); NULL when they do not hold it and `attempt` is set. */
function asNumber(key: string, precision: number, scale: number, attempt: boolean): string | null {
  const value = decfloatOfKey(key);
  const shown = decfloatText(value);
  const plain = decimalFromText(decfloatText(roundTo(value, scale, "round")));
  const fitted = plain === null ? null : fitDecimal(plain, precision, scale);
  if (fitted === null && !attempt) throw outOfRepresentableRange(shown, precision, scale);
  return fitted;
}

const listed = (keys: DuckDBListValue): Decfloat[] => keys.items.map((key) => decfloatOfKey(key as string));

/** The engine's functions on the keys of DECFLOAT values. */
export const decfloatFunctions: EngineFunction[] = [
  {
    name: "sf_decfloat",
    parameters: [VARCHAR, BOOLEAN],
    returns: VARCHAR,
    compute: (text: string, attempt: boolean) => attempted(() => parseDecfloat(text), attempt),
  },
  {
    name: "sf_decfloat_of_double",
    parameters: [DOUBLE, BOOLEAN],
    returns: VARCHAR,
    compute: (value: number, attempt: boolean) => attempted(() => decfloatOfDouble(value), attempt),
  },
  {
    name: "sf_decfloat_of_variant",
    parameters: [JSON_TYPE, BOOLEAN],
    returns: VARCHAR,
    compute: (stored: string, attempt: boolean) => {
      const node = fromCanonical(stored);
      if (node === null || node instanceof Undefined) return null;
      return attempted(() => {
        const value = ofVariant(node);
        if (value === undefined) throw failedToCastVariant(stored, "DECFLOAT");
        return value;
      }, attempt);
    },
  },
  {
    name: "sf_decfloat_text",
    parameters: [VARCHAR],
    returns: VARCHAR,
    compute: (key: string) => decfloatText(decfloatOfKey(key)),
  },
  {
    name: "sf_decfloat_double",
    parameters: [VARCHAR],
    returns: DOUBLE,
    compute: (key: string) => Number(decfloatText(decfloatOfKey(key))),
  },
  { name: "sf_decfloat_number", parameters: [VARCHAR, INTEGER, INTEGER, BOOLEAN], returns: VARCHAR, compute: asNumber },
  {
    name: "sf_decfloat_combine",
    parameters: [VARCHAR, VARCHAR, VARCHAR],
    returns: VARCHAR,
    compute: (operator: string, a: string, b: string) =>
      decfloatKey((OPERATORS[operator] as (typeof OPERATORS)[string])(decfloatOfKey(a), decfloatOfKey(b))),
  },
  {
    name: "sf_decfloat_round",
    parameters: [VARCHAR, BIGINT, VARCHAR],
    returns: VARCHAR,
    compute: (key: string, places: bigint, mode: Rounding) => {
      const value = decfloatOfKey(key);
      const bounded = places > 20_000n ? 20_000n : places < -20_000n ? -20_000n : places;
      return decfloatKey(roundTo(value, Number(bounded), mode));
    },
  },
  {
    name: "sf_decfloat_sum",
    parameters: [LIST(VARCHAR)],
    returns: VARCHAR,
    compute: (keys: DuckDBListValue) => decfloatKey(sum(listed(keys))),
  },
  {
    name: "sf_decfloat_average",
    parameters: [LIST(VARCHAR)],
    returns: VARCHAR,
    compute: (keys: DuckDBListValue) => decfloatKey(divide(sum(listed(keys)), decfloat(BigInt(keys.items.length), 0))),
  },
];
