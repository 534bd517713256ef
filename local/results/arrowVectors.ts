import type { DataType as ArrowType, Binary, Data, Utf8 } from "apache-arrow";
import type { DataType } from "../types/dataType";
import { type IntervalType, isYearMonth } from "../types/interval";
import { parseDecfloat } from "../udf/decfloat/value";

export type Library = typeof import("apache-arrow");
type Cells = readonly (string | null)[];

/** The bits of the cells that are not NULL. */
export function nullsOf(cells: Cells): { nullCount: number; nullBitmap: Uint8Array | null } {
  const bitmap = new Uint8Array(Math.ceil(cells.length / 8));
  let nullCount = 0;
  cells.forEach((cell, i) => {
    if (cell === null) nullCount++;
    else bitmap[i >> 3] = (bitmap[i >> 3] ?? 0) | (1 << (i & 7));
  });
  return { nullCount, nullBitmap: nullCount > 0 ? bitmap : null };
}

type Numbers = Int8ArrayConstructor | Int16ArrayConstructor | Int32ArrayConstructor | Float64ArrayConstructor;

export function fixedWidth(
  arrow: Library,
  type: ArrowType,
  cells: Cells,
  Values: Numbers,
  read: (text: string) => number,
): Data {
  const data = new Values(cells.length);
  cells.forEach((cell, i) => {
    if (cell !== null) data[i] = read(cell);
  });
  return arrow.makeData({ type, length: cells.length, ...nullsOf(cells), data } as never);
}

const longs = (arrow: Library, cells: Cells, values: readonly bigint[]): Data =>
  arrow.makeData({
    type: new arrow.Int64(),
    length: values.length,
    ...nullsOf(cells),
    data: BigInt64Array.from(values),
  });

/** Digits behind the point as an integer of `scale` digits more. */
function unscaled(text: string, scale: number): bigint {
  const point = text.indexOf(".");
  if (point < 0) return scale === 0 ? BigInt(text) : BigInt(text + "0".repeat(scale));
  return BigInt(
    text.slice(0, point) +
      text
        .slice(point + 1)
        .padEnd(scale, "0")
        .slice(0, scale),
  );
}

/** Bits of the narrowest integers that hold all values. */
const bitsFor = (values: readonly bigint[]): number =>
  [8, 16, 32, 64].find((bits) => values.every((value) => BigInt.asIntN(bits, value) === value)) ?? 128;

/** Bits of the integers that hold every number of so many digits; beyond 64 only decimals do. */
const bitsOf = (precision: number): number =>
  [8, 16, 32, 64][[2, 4, 9, 18].findIndex((most) => precision <= most)] ?? 128;

/**
 * NUMBER as Snowflake sends it: a column of a table in the narrowest integers that hold the values of the batch (it knows the least and
 * the greatest), what is computed in those of its type; decimals beyond 64 bits. Source: _fix_pandas_df_fixed_type of snowpark-python.
 */
export function integers(
  arrow: Library,
  cells: Cells,
  { precision, scale }: Extract<DataType, { kind: "NUMBER" }>,
  isStored: boolean,
): Data {
  const values = cells.map((cell) => (cell === null ? 0n : unscaled(cell, scale)));
  const bits = isStored ? bitsFor(values) : bitsOf(precision);
  const narrow = (type: ArrowType, Values: Numbers) =>
    arrow.makeData({
      type,
      length: cells.length,
      ...nullsOf(cells),
      data: new Values(values.map(Number)),
    } as never) as Data;
  if (bits === 8) return narrow(new arrow.Int8(), Int8Array);
  if (bits === 16) return narrow(new arrow.Int16(), Int16Array);
  if (bits === 32) return narrow(new arrow.Int32(), Int32Array);
  if (bits === 64) return longs(arrow, cells, values);
  const data = new Uint32Array(values.length * 4);
  values.forEach((value, i) => {
    for (let word = 0; word < 4; word++) data[i * 4 + word] = Number((value >> BigInt(word * 32)) & 0xffffffffn);
  });
  const type = new arrow.Decimal(scale, precision, 128);
  return arrow.makeData({ type, length: cells.length, ...nullsOf(cells), data });
}

const NANOS = 1_000_000_000n;

type Temporal = Extract<DataType, { kind: "TIME" | "TIMESTAMP_NTZ" | "TIMESTAMP_LTZ" | "TIMESTAMP_TZ" }>;

/**
 * Whether an instant with its offset is one integer of the type's unit: drivers read the form with nanoseconds wrongly
 * where a type has milliseconds or less. Source: CArrowTableIterator of snowflake-connector-python.
 */
export const isShortZoned = ({ kind, scale }: { kind: string; scale?: number }): boolean =>
  kind === "TIMESTAMP_TZ" && (scale ?? 9) <= 3;

/** Times and timestamps: one integer of the type's unit while digits are few, else seconds and nanoseconds; then the offset. */
export function timestamps(arrow: Library, cells: Cells, { kind, scale }: Temporal): Data {
  if (kind === "TIME" || (kind !== "TIMESTAMP_TZ" && scale <= 7)) {
    return longs(
      arrow,
      cells,
      cells.map((cell) => (cell === null ? 0n : unscaled(cell, scale))),
    );
  }
  const isShort = isShortZoned({ kind, scale });
  const instants = cells.map((cell) =>
    cell === null ? 0n : unscaled(cell.split(" ")[0] as string, isShort ? scale : 9),
  );
  const whole = { length: cells.length, nullCount: 0, nullBitmap: null };
  const long = (values: readonly bigint[]) =>
    arrow.makeData({ type: new arrow.Int64(), ...whole, data: BigInt64Array.from(values) });
  const integer = (data: Int32Array) => arrow.makeData({ type: new arrow.Int32(), ...whole, data });
  const children: Data[] = [];
  const names = ["epoch"];
  if (isShort) children.push(long(instants));
  else {
    const seconds = instants.map((value) => (value - (((value % NANOS) + NANOS) % NANOS)) / NANOS);
    const fractions = Int32Array.from(instants, (value, i) => Number(value - (seconds[i] as bigint) * NANOS));
    children.push(long(seconds), integer(fractions));
    names.push("fraction");
  }
  if (kind === "TIMESTAMP_TZ") {
    children.push(integer(Int32Array.from(cells, (cell) => (cell === null ? 1440 : Number(cell.split(" ")[1])))));
    names.push("timezone");
  }
  const fields = children.map((child, i) => new arrow.Field(names[i] as string, child.type as ArrowType, false));
  return arrow.makeData({ type: new arrow.Struct(fields), length: cells.length, ...nullsOf(cells), children });
}

/** Texts and bytes. */
export function texts(arrow: Library, type: Utf8 | Binary, cells: Cells, encoding: "utf8" | "hex"): Data {
  const pieces = cells.map((cell) => (cell === null ? undefined : Buffer.from(cell, encoding)));
  const valueOffsets = new Int32Array(cells.length + 1);
  pieces.forEach((piece, i) => {
    valueOffsets[i + 1] = (valueOffsets[i] ?? 0) + (piece?.length ?? 0);
  });
  const data = new Uint8Array(Buffer.concat(pieces.filter((piece) => piece !== undefined)));
  return arrow.makeData({ type, length: cells.length, ...nullsOf(cells), valueOffsets, data } as never);
}

/** Months, and nanoseconds of few days, as integers of 64 bits; other nanoseconds as decimals. */
export function intervals(arrow: Library, cells: Cells, type: IntervalType): Data {
  if (!isYearMonth(type) && type.first === "DAY" ? type.precision > MOST_DAY_DIGITS : !isYearMonth(type))
    return integers(arrow, cells, { kind: "NUMBER", precision: 38, scale: 0 }, false);
  return longs(
    arrow,
    cells,
    cells.map((cell) => BigInt(cell ?? 0)),
  );
}

/** Digits of days whose nanoseconds fit into 64 bits. */
const MOST_DAY_DIGITS = 5;

/** DECFLOAT as the power of ten of the last digit beside the digits as a whole number, its bytes from the highest on. */
export function decfloats(arrow: Library, cells: Cells): Data {
  const values = cells.map((cell) => (cell === null ? undefined : parseDecfloat(cell)));
  const exponents = values.map((value) => (value ? String(value.exponent) : null));
  const digits = values.map((value) => (value ? bytesOf(value.digits) : null));
  const fields = [
    new arrow.Field("exponent", new arrow.Int16(), true),
    new arrow.Field("significand", new arrow.Binary(), true),
  ];
  return arrow.makeData({
    type: new arrow.Struct(fields),
    length: cells.length,
    ...nullsOf(cells),
    children: [
      fixedWidth(arrow, new arrow.Int16(), exponents, Int16Array, Number),
      texts(arrow, new arrow.Binary(), digits, "hex"),
    ],
  } as never);
}

/** The fewest bytes of two's complement that hold a number, in hexadecimal. */
function bytesOf(value: bigint): string {
  let bits = 8;
  while (BigInt.asIntN(bits, value) !== value) bits += 8;
  return BigInt.asUintN(bits, value)
    .toString(16)
    .padStart(bits / 4, "0");
}
