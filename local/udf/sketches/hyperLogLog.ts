import { BIGINT, BLOB, DuckDBBlobValue, type DuckDBListValue, LIST, UBIGINT } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import { fromCanonical, toCanonical } from "../json/canonical";
import { NumberNode, ObjectNode } from "../json/node";
import { type EngineFunction, JSON_TYPE } from "../scalarFunction";

const PRECISION = 12;
const REGISTERS = 1 << PRECISION;
/** Bits of a hash behind those that choose a register. */
const REST = 64 - PRECISION;
const HASH_BYTES = 8;
/** So many hashes are kept as they are and counted exactly; more become registers. */
const MOST_HASHES = REGISTERS / HASH_BYTES - 1;

const invalidState = () =>
  new SnowflakeError("100069", "22023", "Invalid parameter value: state. Reason: it is no HyperLogLog state");

/** The different values seen: their hashes while they are few, then the longest run of zeros for each register. */
interface Sketch {
  hashes?: Set<bigint>;
  registers?: Uint8Array;
}

function count(registers: Uint8Array, hash: bigint): void {
  const register = Number(hash >> BigInt(REST));
  const rest = BigInt.asUintN(REST, hash);
  const zeros = REST - rest.toString(2).length + (rest === 0n ? 1 : 0);
  registers[register] = Math.max(registers[register] as number, zeros + 1);
}

/** As few bytes as it takes. A state of registers has exactly as many bytes as there are registers. */
function pack({ hashes, registers }: Sketch): DuckDBBlobValue {
  if (registers) return new DuckDBBlobValue(registers);
  const all = [...(hashes ?? [])];
  if (all.length > MOST_HASHES) {
    const counted = new Uint8Array(REGISTERS);
    for (const hash of all) count(counted, hash);
    return new DuckDBBlobValue(counted);
  }
  const bytes = new Uint8Array(all.length * HASH_BYTES);
  const view = new DataView(bytes.buffer);
  all.sort((a, b) => (a < b ? -1 : 1));
  for (const [i, hash] of all.entries()) view.setBigUint64(i * HASH_BYTES, hash);
  return new DuckDBBlobValue(bytes);
}

function unpack({ bytes }: DuckDBBlobValue): Sketch {
  if (bytes.length === REGISTERS) return { registers: bytes };
  if (bytes.length % HASH_BYTES !== 0 || bytes.length > REGISTERS) throw invalidState();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hashes = new Set<bigint>();
  for (let at = 0; at < bytes.length; at += HASH_BYTES) hashes.add(view.getBigUint64(at));
  return { hashes };
}

function merge(states: DuckDBBlobValue[]): Sketch {
  const sketches = states.map(unpack);
  if (sketches.every(({ hashes }) => hashes))
    return { hashes: new Set(sketches.flatMap(({ hashes }) => [...(hashes ?? [])])) };
  const registers = new Uint8Array(REGISTERS);
  for (const { hashes, registers: other } of sketches) {
    other?.forEach((rank, i) => {
      registers[i] = Math.max(registers[i] as number, rank);
    });
    for (const hash of hashes ?? []) count(registers, hash);
  }
  return { registers };
}

/** Sum of k · x^(2^k), which corrects for empty registers. */
function sigma(given: number): number {
  if (given === 1) return Number.POSITIVE_INFINITY;
  let [x, y, z, last] = [given, 1, given, -1];
  while (z !== last) {
    x *= x;
    last = z;
    z += x * y;
    y += y;
  }
  return z;
}

/** Its counterpart for full registers. */
function tau(given: number): number {
  if (given === 0 || given === 1) return 0;
  let [x, y, z, last] = [given, 1, 1 - given, -1];
  while (z !== last) {
    x = Math.sqrt(x);
    last = z;
    y *= 0.5;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}

/** The estimate of Otmar Ertl, New cardinality estimation algorithms for HyperLogLog sketches (2017), which needs no tables. */
function estimate({ hashes, registers }: Sketch): bigint {
  if (!registers) return BigInt(hashes?.size ?? 0);
  const counts = new Array<number>(REST + 2).fill(0);
  for (const rank of registers) counts[rank] = (counts[rank] as number) + 1;
  let z = REGISTERS * tau(1 - (counts[REST + 1] as number) / REGISTERS);
  for (let rank = REST; rank >= 1; rank--) z = 0.5 * (z + (counts[rank] as number));
  z += REGISTERS * sigma((counts[0] as number) / REGISTERS);
  return BigInt(Math.round(REGISTERS ** 2 / (2 * Math.LN2 * z)));
}

const number = (value: number | bigint) => new NumberNode(String(value));

/** The form is our own: the page shows none. */
function exported(sketch: Sketch): string {
  const { hashes, registers } = sketch;
  const state: [string, NumberNode[]] = registers
    ? ["dense", [...registers].map(number)]
    : ["sparse", [...(hashes ?? [])].map(number)];
  return toCanonical(
    new ObjectNode(
      new Map<string, NumberNode | NumberNode[]>(
        [state, ["precision", number(PRECISION)]].sort() as [string, NumberNode | NumberNode[]][],
      ),
    ),
  );
}

function imported(stored: string): Sketch {
  const node = fromCanonical(stored);
  const entries = node instanceof ObjectNode ? node.entries : new Map();
  const items = (name: string): string[] | undefined => {
    const list = entries.get(name);
    return Array.isArray(list) ? list.map((item) => (item instanceof NumberNode ? item.text : "x")) : undefined;
  };
  const [dense, sparse] = [items("dense"), items("sparse")];
  if (dense?.length === REGISTERS && dense.every((text) => /^\d{1,2}$/.test(text) && Number(text) <= REST + 1))
    return { registers: Uint8Array.from(dense, Number) };
  if (sparse?.every((text) => /^\d{1,20}$/.test(text)))
    return { hashes: new Set(sparse.map((text) => BigInt.asUintN(64, BigInt(text)))) };
  throw invalidState();
}

/** Source: https://docs.snowflake.com/en/user-guide/querying-approximate-cardinality */
export const hyperLogLogFunctions: EngineFunction[] = [
  {
    name: "sf_hll",
    parameters: [LIST(UBIGINT)],
    returns: BLOB,
    compute: (hashes: DuckDBListValue) => pack({ hashes: new Set(hashes.items as bigint[]) }),
  },
  {
    name: "sf_hll_combine",
    parameters: [LIST(BLOB)],
    returns: BLOB,
    compute: (states: DuckDBListValue) => pack(merge(states.items as DuckDBBlobValue[])),
  },
  {
    name: "sf_hll_estimate",
    parameters: [BLOB],
    returns: BIGINT,
    compute: (state: DuckDBBlobValue) => estimate(unpack(state)),
  },
  {
    name: "sf_hll_export",
    parameters: [BLOB],
    returns: JSON_TYPE,
    compute: (state: DuckDBBlobValue) => exported(unpack(state)),
  },
  { name: "sf_hll_import", parameters: [JSON_TYPE], returns: BLOB, compute: (state: string) => pack(imported(state)) },
];
