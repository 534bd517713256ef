import type { ExecutionContext } from "../../execution/context";
import type { Services } from "../../services";
import { deletedRowsName, tableName } from "../../store/physical";

export interface Stored {
  rows: number;
  bytes: number;
  /** When a row was last written or removed, in milliseconds; 0 for a table never filled. */
  changedOn: number;
}

interface Measurable {
  id: number;
  columns: readonly { id: number }[];
}

const BATCH = 100;
const MOST_MEASURED = 10_000;

/** A stored part, and the state of it that was measured: reading every column of a large table takes a while. */
interface Measured extends Stored {
  state: string;
  /** Of the store: nothing was written since then. */
  version: bigint;
}
const measured = new WeakMap<object, Map<string, Measured>>();

function measuredIn({ store }: Services): Map<string, Measured> {
  const known = measured.get(store) ?? new Map<string, Measured>();
  if (known.size > MOST_MEASURED) known.clear();
  measured.set(store, known);
  return known;
}

/** One SELECT of each table; its rows, the table's id first. */
async function selectOf(
  context: ExecutionContext,
  tables: readonly Measurable[],
  sqlOf: (table: Measurable) => string,
) {
  const rows: (readonly unknown[])[] = [];
  for (let at = 0; at < tables.length; at += BATCH) {
    const batch = tables.slice(at, at + BATCH).map(sqlOf);
    rows.push(...(await context.query(batch.join(" UNION ALL "))).rows);
  }
  return rows;
}

/**
 * Rows and bytes of stored tables. The bytes are those of the column data uncompressed: the engine's own blocks say
 * nothing about Snowflake's storage.
 */
export async function storedSizes(
  context: ExecutionContext,
  tables: readonly Measurable[],
  /** Which of a table's stored parts; its rows unless said otherwise. */
  part: (id: number) => string = tableName,
): Promise<Map<number, Stored>> {
  const { store } = context.services;
  const known = measuredIn(context.services);
  const keyed = (table: Measurable) => `${part(table.id)} ${table.columns.map((c) => c.id).join()}`;
  // Rows written in an open transaction share one version, so their state says nothing.
  const isSettled = !store.isWriting;
  const { version } = store;
  const sizes = new Map<number, Stored>();
  const unknown: Measurable[] = [];
  for (const table of tables) {
    const size = known.get(keyed(table));
    if (isSettled && size?.version === version) sizes.set(table.id, size);
    else unknown.push(table);
  }
  const states = await selectOf(
    context,
    unknown,
    ({ id }) => `SELECT ${id}, count(*), max(_ver), (SELECT max(_del) FROM ${deletedRowsName(id)}) FROM ${part(id)}`,
  );
  const stateOf = new Map(states.map(([id, ...state]) => [Number(id), state]));
  const isKnown = (table: Measurable) => isSettled && known.get(keyed(table))?.state === stateOf.get(table.id)?.join();
  const bytes = await selectOf(
    context,
    unknown.filter((table) => !isKnown(table)),
    ({ id, columns }) => {
      const sums = columns.map((c) => `coalesce(sum(strlen(CAST(c${c.id} AS VARCHAR))), 0)`).join(" + ");
      return `SELECT ${id}, ${sums || "0"} FROM ${part(id)}`;
    },
  );
  const bytesOf = new Map(bytes.map(([id, sum]) => [Number(id), Number(sum)]));
  for (const table of unknown) {
    const state = stateOf.get(table.id) ?? [];
    const [rows, written, removed] = state;
    const size = {
      rows: Number(rows ?? 0),
      bytes: bytesOf.get(table.id) ?? known.get(keyed(table))?.bytes ?? 0,
      // A version is the time of its write in microseconds.
      changedOn: Math.trunc(Math.max(Number(written ?? 0), Number(removed ?? 0)) / 1000),
    };
    sizes.set(table.id, size);
    if (isSettled) known.set(keyed(table), { ...size, state: state.join(), version });
    else known.delete(keyed(table));
  }
  return sizes;
}
