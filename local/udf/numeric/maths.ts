import { BIGINT, DOUBLE, type DuckDBListValue, HUGEINT, INTEGER, LIST, VARCHAR } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import type { EngineFunction } from "../scalarFunction";
import { decimalFromText, divideRounded, unscaledText } from "./decimal";

const RADIANS = Math.PI / 180;
const EARTH_RADIUS_KM = 6371;

const ONE: Record<string, (x: number) => number> = {
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  exp: Math.exp,
  ln: Math.log,
  sin: Math.sin,
  sinh: Math.sinh,
  asin: Math.asin,
  asinh: Math.asinh,
  cos: Math.cos,
  cosh: Math.cosh,
  acos: Math.acos,
  acosh: Math.acosh,
  tan: Math.tan,
  tanh: Math.tanh,
  atan: Math.atan,
  atanh: Math.atanh,
  cot: (x) => 1 / Math.tan(x),
  degrees: (x) => x / RADIANS,
  radians: (x) => x * RADIANS,
};

const TWO: Record<string, (x: number, y: number) => number> = {
  pow: (x, y) => x ** y,
  log: (base, x) => Math.log(x) / Math.log(base),
  atan2: Math.atan2,
};

/** No number from numbers: the arguments are outside the function's domain. */
function defined(result: number, call: string, ...args: number[]): number {
  // The logarithm of zero is no number either.
  const isPole = result === Number.NEGATIVE_INFINITY && (call === "ln" || call === "log");
  if ((Number.isNaN(result) || isPole) && !args.some(Number.isNaN))
    throw new SnowflakeError("100047", "22003", `Invalid floating point operation: ${call}(${args.join(",")})`);
  return result;
}

function haversine(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const [p1, p2] = [lat1 * RADIANS, lat2 * RADIANS];
  const a = Math.sin((p2 - p1) / 2) ** 2 + Math.cos(p1) * Math.cos(p2) * Math.sin(((lon2 - lon1) * RADIANS) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(a));
}

/** Decimal text rounded to `digits` places, written with `scale` places. */
function roundText(text: string, digits: bigint, scale: number, mode: string): string {
  const places = Number(digits < -400n ? -400n : digits);
  if (places >= scale) return text;
  const plain = decimalFromText(text) as string;
  const [whole = "0", fraction = ""] = plain.replace("-", "").split(".") as [string, string?];
  const magnitude = BigInt(whole + fraction.padEnd(scale, "0"));
  const n = plain.startsWith("-") ? -magnitude : magnitude;
  const unit = 10n ** BigInt(scale - places);
  const rest = ((n % unit) + unit) % unit;
  const down = (n - rest) / unit;
  const pick = { floor: down, ceil: rest === 0n ? down : down + 1n, trunc: n / unit, round: divideRounded(n, unit) };
  return unscaledText((pick[mode as keyof typeof pick] ?? divideRounded(n, unit)) * unit, scale);
}

/** Number, mean and the central sum of a power. */
function centred(values: number[]): { n: number; sum: (power: number) => number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { n: values.length, sum: (power) => values.reduce((a, x) => a + (x - mean) ** power, 0) };
}

/** Source: …/functions/skew */
function skew(values: number[]): number | null {
  const { n, sum } = centred(values);
  const variance = sum(2) / (n - 1);
  if (n < 3 || variance === 0) return null;
  return ((n * n) / ((n - 1) * (n - 2))) * (sum(3) / n / variance ** 1.5);
}

/** Source: …/functions/kurtosis */
function kurtosis(values: number[]): number | null {
  const { n, sum } = centred(values);
  const variance = sum(2) / (n - 1);
  if (n < 4 || variance === 0) return null;
  const fourth = ((n * (n + 1)) / ((n - 1) * (n - 2) * (n - 3))) * (sum(4) / variance ** 2);
  return fourth - (3 * (n - 1) ** 2) / ((n - 2) * (n - 3));
}

const ofList = (name: string, compute: (values: number[]) => number | null): EngineFunction => ({
  name,
  parameters: [LIST(DOUBLE)],
  returns: DOUBLE,
  compute: (values: DuckDBListValue) => compute(values.items as number[]),
});

export const mathFunctions: EngineFunction[] = [
  ofList("sf_skew", skew),
  ofList("sf_kurtosis", kurtosis),
  {
    name: "sf_math",
    parameters: [VARCHAR, DOUBLE],
    returns: DOUBLE,
    compute: (fn: string, x: number) => defined((ONE[fn] as (x: number) => number)(x), fn, x),
  },
  {
    name: "sf_math2",
    parameters: [VARCHAR, DOUBLE, DOUBLE],
    returns: DOUBLE,
    compute: (fn: string, x: number, y: number) =>
      defined((TWO[fn] as (x: number, y: number) => number)(x, y), fn, x, y),
  },
  {
    name: "sf_factorial",
    parameters: [BIGINT],
    returns: HUGEINT,
    compute: (n: bigint) => {
      if (n < 0n || n > 33n)
        throw new SnowflakeError("100046", "22003", `Invalid argument for FACTORIAL: ${n}; expected 0 to 33`);
      let product = 1n;
      for (let i = 2n; i <= n; i++) product *= i;
      return product;
    },
  },
  { name: "sf_haversine", parameters: [DOUBLE, DOUBLE, DOUBLE, DOUBLE], returns: DOUBLE, compute: haversine },
  {
    name: "sf_width_bucket",
    parameters: [DOUBLE, DOUBLE, DOUBLE, BIGINT],
    returns: BIGINT,
    compute: (value: number, low: number, high: number, count: bigint) => {
      if (count < 1n || low === high)
        throw new SnowflakeError(
          "100045",
          "22023",
          `Invalid arguments for WIDTH_BUCKET: ${low}, ${high}, ${count}; expected different end points and at least one bucket`,
        );
      const place = (value - low) / (high - low);
      if (place < 0) return 0n;
      return place >= 1 ? count + 1n : BigInt(Math.floor(place * Number(count))) + 1n;
    },
  },
  { name: "sf_round", parameters: [VARCHAR, BIGINT, INTEGER, VARCHAR], returns: VARCHAR, compute: roundText },
];
