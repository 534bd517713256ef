import { BIGINT, BLOB, DuckDBBlobValue, type DuckDBListValue, INTEGER, LIST } from "@duckdb/node-api";
import { numericOutOfRange } from "../../errors";
import type { EngineFunction } from "../scalarFunction";

const BITS = 32_768;
/** Up to so many positions stand one by one, two bytes each; the page shows as many bytes for one as for four. */
const LISTED = 4;
const HEAD = 2;

/**
 * How many bits are set, two bytes, then the positions, or all bits when they are many.
 * The page's examples show the short form; the long one is our own.
 * Source: https://docs.snowflake.com/en/user-guide/querying-bitmaps-for-distinct-counts
 */
function pack(positions: Iterable<number>): DuckDBBlobValue {
  const sorted = [...new Set(positions)].sort((a, b) => a - b);
  const isListed = sorted.length <= LISTED;
  const bytes = new Uint8Array(HEAD + (isListed ? 2 * LISTED : BITS / 8));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, sorted.length);
  sorted.forEach((position, i) => {
    if (isListed) view.setUint16(HEAD + 2 * i, position, true);
    else bytes[HEAD + (position >> 3)] = (bytes[HEAD + (position >> 3)] as number) | (1 << (position & 7));
  });
  return new DuckDBBlobValue(bytes);
}

const viewOf = ({ bytes }: DuckDBBlobValue): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function countOf(bitmap: DuckDBBlobValue): number {
  return bitmap.bytes.byteLength < HEAD ? 0 : viewOf(bitmap).getUint16(0);
}

function* positionsOf(bitmap: DuckDBBlobValue): Generator<number> {
  const view = viewOf(bitmap);
  const count = countOf(bitmap);
  if (count <= LISTED) {
    for (let i = 0; i < count && HEAD + 2 * i + 1 < view.byteLength; i++) yield view.getUint16(HEAD + 2 * i, true);
    return;
  }
  for (let position = 0; position < BITS && HEAD + (position >> 3) < view.byteLength; position++)
    if (view.getUint8(HEAD + (position >> 3)) & (1 << (position & 7))) yield position;
}

const numbers = (positions: DuckDBListValue): number[] =>
  positions.items.map((item) => {
    const position = Number(item);
    if (position < 0 || position >= BITS) throw numericOutOfRange(String(item));
    return position;
  });

export const bitmapFunctions: EngineFunction[] = [
  {
    name: "sf_bitmap",
    parameters: [LIST(BIGINT)],
    returns: BLOB,
    compute: (positions: DuckDBListValue) => pack(numbers(positions)),
  },
  {
    name: "sf_bitmap_or",
    parameters: [LIST(BLOB)],
    returns: BLOB,
    compute: (bitmaps: DuckDBListValue) =>
      pack((bitmaps.items as DuckDBBlobValue[]).flatMap((bitmap) => [...positionsOf(bitmap)])),
  },
  {
    name: "sf_bitmap_and",
    parameters: [LIST(BLOB)],
    returns: BLOB,
    compute: (bitmaps: DuckDBListValue) => {
      const [first, ...rest] = (bitmaps.items as DuckDBBlobValue[]).map((bitmap) => new Set(positionsOf(bitmap)));
      return pack([...(first ?? [])].filter((position) => rest.every((other) => other.has(position))));
    },
  },
  { name: "sf_bitmap_count", parameters: [BLOB], returns: INTEGER, compute: countOf },
];
