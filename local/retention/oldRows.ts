import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { DynamicTableDoc, ObjectDoc, TableDoc } from "../catalogue/model";
import { type RefreshState, stateOf } from "../dynamicTables/state";
import { retentionDays } from "./retentionDays";

const DAY_MICROS = 86_400_000_000n;

export type Stored = TableDoc | DynamicTableDoc;

/** Versions, by table, from which on somebody still reads changes: streams that are not stale, dynamic tables since their last refresh. */
function readersOf(catalogue: CatalogueSnapshot, nowMillis: number): Map<number, bigint> {
  const oldest = new Map<number, bigint>();
  const reads = (id: number, version: string) => {
    const known = oldest.get(id);
    if (known === undefined || BigInt(version) < known) oldest.set(id, BigInt(version));
  };
  for (const stream of catalogue.all("STREAM")) {
    if (stream.staleAfter === undefined || stream.staleAfter >= nowMillis) reads(stream.sourceId, stream.offset);
  }
  // One that is dropped may come back by UNDROP.
  for (const table of [...catalogue.all("DYNAMIC_TABLE"), ...catalogue.dropped("DYNAMIC_TABLE")]) {
    const bases: RefreshState["bases"] = stateOf(table)?.bases ?? {};
    for (const [id, { version }] of Object.entries(bases)) reads(Number(id), version);
  }
  return oldest;
}

const storedTables = (catalogue: CatalogueSnapshot): Stored[] =>
  (["TABLE", "DYNAMIC_TABLE"] as const).flatMap((kind): Stored[] => [
    ...catalogue.all(kind),
    ...catalogue.dropped(kind),
  ]);

/** Every table with the version before which old images of its rows serve nobody: neither time travel nor streams nor refreshes. */
export function oldRowsOf(catalogue: CatalogueSnapshot, nowMicros: bigint): { table: Stored; before: bigint }[] {
  const readers = readersOf(catalogue, Number(nowMicros / 1000n));
  return storedTables(catalogue).map((table) => {
    const byRetention = nowMicros - BigInt(retentionDays(catalogue, table as ObjectDoc)) * DAY_MICROS;
    const read = readers.get(table.id);
    return { table, before: read !== undefined && read < byRetention ? read : byRetention };
  });
}
