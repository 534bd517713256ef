import { instant, number } from "../warehouse/rows";
import type { Warehouse } from "../warehouse/warehouse";

/** What metadata says of the events table. */
export interface EventsTableState {
  /** Up to when its data is known. */
  dataAt: string;
  rows: number;
  bytes: number;
}

/** A look takes milliseconds; a warehouse that keeps one waiting longer counts as gone. */
const LOOK_TIMEOUT_MS = 10_000;

/** Looks at the events table without waking a warehouse; undefined for a role that may not see it. */
export async function showEventsTable({ connection, outputs }: Warehouse): Promise<EventsTableState | undefined> {
  const [row] = await connection.query(
    `SHOW DYNAMIC TABLES LIKE 'EVENTS' IN SCHEMA ${outputs.schemas.activity}`,
    [],
    LOOK_TIMEOUT_MS,
  );
  return row && { dataAt: instant(row.data_timestamp), rows: number(row.rows), bytes: number(row.bytes) };
}
