import { BIGINT, BLOB, DuckDBBlobValue, HUGEINT, INTEGER, VARCHAR } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import type { EngineFunction } from "../scalarFunction";

const bytesOf = (value: DuckDBBlobValue): Buffer => Buffer.from(value.bytes);

/** Both as long as the longer one; without a side to pad, different lengths are an error. */
function aligned(a: Buffer, b: Buffer, pad: string): [Buffer, Buffer] {
  if (a.length === b.length) return [a, b];
  if (pad !== "LEFT" && pad !== "RIGHT") {
    throw new SnowflakeError(
      "100544",
      "22026",
      `The lengths of two variable-sized fields do not match: first length ${a.length}, second length ${b.length}`,
    );
  }
  const width = Math.max(a.length, b.length);
  const grow = (x: Buffer) => {
    const zeros = Buffer.alloc(width - x.length);
    return pad === "LEFT" ? Buffer.concat([zeros, x]) : Buffer.concat([x, zeros]);
  };
  return [grow(a), grow(b)];
}

const combination = (name: string, combine: (x: number, y: number) => number): EngineFunction => ({
  name: `sf_bits_${name}`,
  parameters: [BLOB, BLOB, VARCHAR],
  returns: BLOB,
  compute: (left: DuckDBBlobValue, right: DuckDBBlobValue, pad: string) => {
    const [a, b] = aligned(bytesOf(left), bytesOf(right), pad);
    return new DuckDBBlobValue(a.map((x, i) => combine(x, b[i] as number)));
  },
});

/** The bytes moved by `count` bits (positive: left); what leaves the value is lost. */
function shiftBytes(value: DuckDBBlobValue, count: bigint): DuckDBBlobValue {
  const bytes = bytesOf(value);
  if (bytes.length === 0) return value;
  const width = BigInt(bytes.length * 8);
  const number = BigInt(`0x${bytes.toString("hex")}`);
  const moved = count >= 0n ? number << (count > width ? width : count) : number >> -count;
  const hex = (moved & ((1n << width) - 1n)).toString(16).padStart(bytes.length * 2, "0");
  return new DuckDBBlobValue(Buffer.from(hex, "hex"));
}

/** What NUMBER(38,0) cannot hold is an error, though 128 bits could. */
function checked(value: bigint): bigint {
  if (value > -(10n ** 38n) && value < 10n ** 38n) return value;
  throw new SnowflakeError(
    "100046",
    "22003",
    `Number out of representable range: type FIXED[SB16](38,0), value ${value}`,
  );
}

export const bitFunctions: EngineFunction[] = [
  combination("and", (x, y) => x & y),
  combination("or", (x, y) => x | y),
  combination("xor", (x, y) => x ^ y),
  {
    name: "sf_bits_not",
    parameters: [BLOB],
    returns: BLOB,
    compute: (value: DuckDBBlobValue) => new DuckDBBlobValue(bytesOf(value).map((x) => ~x & 0xff)),
  },
  {
    name: "sf_bytes_left",
    parameters: [BLOB, BIGINT],
    returns: BLOB,
    compute: (value: DuckDBBlobValue, count: bigint) => shiftBytes(value, count),
  },
  {
    name: "sf_bytes_right",
    parameters: [BLOB, BIGINT],
    returns: BLOB,
    compute: (value: DuckDBBlobValue, count: bigint) => shiftBytes(value, -count),
  },
  {
    name: "sf_shift_left",
    parameters: [HUGEINT, BIGINT],
    returns: HUGEINT,
    compute: (value: bigint, count: bigint) =>
      checked(count < 0n ? value >> -count : count >= 128n ? 0n : BigInt.asIntN(128, value << count)),
  },
  {
    name: "sf_shift_right",
    parameters: [HUGEINT, BIGINT],
    returns: HUGEINT,
    compute: (value: bigint, count: bigint) =>
      checked(count < 0n ? BigInt.asIntN(128, value << -count) : value >> (count > 127n ? 127n : count)),
  },
  {
    name: "sf_getbit",
    parameters: [HUGEINT, BIGINT],
    returns: INTEGER,
    compute: (value: bigint, position: bigint) => {
      if (position < 0n || position > 127n)
        throw new SnowflakeError("100045", "22003", `Invalid bit position ${position}; expected 0 to 127`);
      return Number((value >> position) & 1n);
    },
  },
];
