import { createHash } from "node:crypto";
import { BIGINT, DOUBLE, HUGEINT, VARCHAR } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import { MAX_LOB_SIZE } from "../../types/dataType";
import { type EngineFunction, lobTooLarge } from "../scalarFunction";

const MASK = (1n << 64n) - 1n;

/** 64 well-mixed bits of a number (splitmix64). */
function mix(value: bigint): bigint {
  let z = (value + 0x9e3779b97f4a7c15n) & MASK;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return z ^ (z >> 31n);
}

/** From 0 (included) to 1 (excluded). */
const fraction = (bits: bigint): number => Number(mix(bits & MASK) >> 11n) / 2 ** 53;

function normal(bits: bigint): number {
  const radius = Math.sqrt(-2 * Math.log(1 - fraction(bits)));
  return radius * Math.cos(2 * Math.PI * fraction(bits ^ 0x5555555555555555n));
}

const POOL = Buffer.from("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

/** The characters come from a generator on 32-bit numbers (sfc32): one on big integers takes a thousand times as long. */
function randomText(length: bigint, bits: bigint): string {
  if (length > BigInt(MAX_LOB_SIZE)) throw lobTooLarge(length);
  if (length <= 0n) return "";
  const text = Buffer.allocUnsafe(Number(length));
  const seed = mix(bits & MASK);
  let [a, b, c, counter] = [Number(seed & 0xffffffffn) | 0, Number(seed >> 32n) | 0, Number(mix(seed) >> 32n) | 0, 1];
  for (let i = 0; i < text.length; i++) {
    const drawn = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + drawn) | 0;
    text[i] = POOL[Math.floor(((drawn >>> 0) / 2 ** 32) * POOL.length)] as number;
  }
  return text.toString("latin1");
}

const weights = new Map<string, number[]>();

/** Sums of 1/k^s up to each k. */
function cumulated(exponent: number, count: number): number[] {
  const key = `${exponent}:${count}`;
  let sums = weights.get(key);
  if (!sums) {
    if (weights.size > 20) weights.clear();
    sums = [];
    let sum = 0;
    for (let k = 1; k <= count; k++) {
      sum += k ** -exponent;
      sums.push(sum);
    }
    weights.set(key, sums);
  }
  return sums;
}

function zipf(exponent: number, count: bigint, bits: bigint): bigint {
  if (count < 1n || count > 16_777_215n)
    throw new SnowflakeError("100045", "22003", `Invalid argument for ZIPF: ${count}; expected 1 to 16777215`);
  const sums = cumulated(exponent, Number(count));
  const wanted = fraction(bits) * (sums.at(-1) as number);
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return BigInt(low + 1);
}

/** How many numbers each place of RANDOM(seed) in a statement has given. */
const drawn = new Map<string, bigint>();

function seeded(seed: bigint, place: string): bigint {
  const count = drawn.get(place) ?? 0n;
  if (drawn.size > 1000 && count === 0n) drawn.delete(drawn.keys().next().value as string);
  drawn.set(place, count + 1n);
  return BigInt.asIntN(64, mix(mix(seed & MASK) ^ count));
}

function uuid5(namespace: string, name: string): string {
  const hex = namespace.replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/i.test(hex))
    throw new SnowflakeError("100045", "22023", `Invalid UUID '${namespace}' in function UUID_STRING`);
  const hash = createHash("sha1").update(Buffer.from(hex, "hex")).update(name).digest().subarray(0, 16);
  hash[6] = ((hash[6] as number) & 0x0f) | 0x50;
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80;
  return hash.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export const randomFunctions: EngineFunction[] = [
  // Any whole number as 64 bits.
  { name: "sf_bits64", parameters: [HUGEINT], returns: BIGINT, compute: (value: bigint) => BigInt.asIntN(64, value) },
  {
    name: "sf_uniform_int",
    parameters: [BIGINT, BIGINT, BIGINT],
    returns: BIGINT,
    compute: (low: bigint, high: bigint, bits: bigint) => {
      if (high < low) throw new SnowflakeError("100045", "22003", `Invalid range for UNIFORM: ${low} to ${high}`);
      return low + (mix(bits & MASK) % (high - low + 1n));
    },
  },
  {
    name: "sf_uniform_float",
    parameters: [DOUBLE, DOUBLE, BIGINT],
    returns: DOUBLE,
    compute: (low: number, high: number, bits: bigint) => low + fraction(bits) * (high - low),
  },
  {
    name: "sf_normal",
    parameters: [DOUBLE, DOUBLE, BIGINT],
    returns: DOUBLE,
    compute: (mean: number, deviation: number, bits: bigint) => mean + deviation * normal(bits),
  },
  { name: "sf_zipf", parameters: [DOUBLE, BIGINT, BIGINT], returns: BIGINT, compute: zipf },
  { name: "sf_randstr", parameters: [BIGINT, BIGINT], returns: VARCHAR, compute: randomText },
  { name: "sf_seeded_random", parameters: [BIGINT, VARCHAR], returns: BIGINT, volatile: true, compute: seeded },
  { name: "sf_uuid5", parameters: [VARCHAR, VARCHAR], returns: VARCHAR, compute: uuid5 },
];
