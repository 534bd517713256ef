import { invalidArgumentTypes } from "../errors";
import { type Bound, constantText, isNullLiteral } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { once, raise } from "../translate/sql";
import { binary, number, sqlName } from "../types/dataType";
import { type Call, type FunctionEntry, type FunctionTable, scalar } from "./call";

const INTEGER = number(38, 0);

/** The bits of a NUMBER, after rounding to a whole one. */
const bits = (call: Call, i: number): string => `(${cast(call.numeric(i), INTEGER, call.settings).sql})::HUGEINT`;

/** Two numbers, or two BINARY values; BINARY of different lengths needs 'LEFT' or 'RIGHT' padding. Source: …/functions/bitand */
const combined = (operator: "and" | "or" | "xor"): FunctionEntry =>
  scalar(2, 3, (call) => {
    const [a, b] = [call.arg(0), call.arg(1)];
    if (a.type.kind === "BINARY" && b.type.kind === "BINARY") {
      const pad = call.has(2) ? (constantText(call.arg(2)) ?? "") : "";
      return call.result(`sf_bits_${operator}(${a.sql}, ${b.sql}, '${pad.toUpperCase()}')`, binary());
    }
    if (call.has(2) || a.type.kind === "BINARY" || b.type.kind === "BINARY") call.fail();
    const symbol = { and: "&", or: "|" }[operator as "and" | "or"];
    const sql = symbol ? `(${bits(call, 0)} ${symbol} ${bits(call, 1)})` : `xor(${bits(call, 0)}, ${bits(call, 1)})`;
    return call.result(`${sql}::DECIMAL(38,0)`, INTEGER);
  });

const negated = scalar(1, 1, (call) => {
  const value = call.arg(0);
  if (value.type.kind === "BINARY") return call.result(`sf_bits_not(${value.sql})`, value.type);
  return call.result(`(-1 - ${bits(call, 0)})::DECIMAL(38,0)`, INTEGER);
});

/** Shifts within 128 bits, or within the bytes of a BINARY. */
const shifted = (direction: "left" | "right"): FunctionEntry =>
  scalar(2, 2, (call) => {
    const value = call.arg(0);
    if (value.type.kind === "BINARY")
      return call.result(`sf_bytes_${direction}(${value.sql}, ${call.int(1)})`, value.type);
    return call.result(`sf_shift_${direction}(${bits(call, 0)}, ${call.int(1)})::DECIMAL(38,0)`, INTEGER);
  });

const CHUNK = 32_768;

/**
 * Value n of a bitmap is bit (n - 1) mod 32768 of bucket (n - 1) div 32768 + 1. The page says nothing of values below 1.
 * Source: …/functions/bitmap_bucket_number
 */
const inBitmap = (call: Call, operation: string): Bound => {
  const below = raise("000002", "0A000", "Unsupported feature 'bitmaps of values below 1", "''", "'.", "HUGEINT");
  const sql = once(bits(call, 0), (n) => `CASE WHEN ${n} < 1 THEN ${below} ELSE (${n} - 1) ${operation} END`);
  return call.result(`(${sql})::DECIMAL(38,0)`, INTEGER);
};

/** Source: https://docs.snowflake.com/en/sql-reference/expressions-byte-bit */
export const bitwiseFunctions: FunctionTable = {
  BITAND: combined("and"),
  BIT_AND: combined("and"),
  BITOR: combined("or"),
  BIT_OR: combined("or"),
  BITXOR: combined("xor"),
  BIT_XOR: combined("xor"),
  BITNOT: negated,
  BIT_NOT: negated,
  BITSHIFTLEFT: shifted("left"),
  BIT_SHIFTLEFT: shifted("left"),
  BITSHIFTRIGHT: shifted("right"),
  BIT_SHIFTRIGHT: shifted("right"),
  GETBIT: scalar(2, 2, (call) => {
    const { type } = call.arg(0);
    if (type.kind === "BINARY")
      throw invalidArgumentTypes(call.name, `(${sqlName(type)}, ${sqlName(call.arg(1).type)})`, call.position());
    return call.result(`sf_getbit(${bits(call, 0)}, ${call.int(1)})::DECIMAL(38,0)`, number(38, 0));
  }),
  BITMAP_BUCKET_NUMBER: scalar(1, 1, (call) => inBitmap(call, `// ${CHUNK} + 1`)),
  BITMAP_BIT_POSITION: scalar(1, 1, (call) => inBitmap(call, `% ${CHUNK}`)),
  BITMAP_COUNT: scalar(1, 1, (call) => {
    const value = call.arg(0);
    if (value.type.kind !== "BINARY" && !isNullLiteral(value)) call.fail();
    return call.result(`sf_bitmap_count(${isNullLiteral(value) ? "NULL::BLOB" : value.sql})::DECIMAL(38,0)`, INTEGER);
  }),
};
