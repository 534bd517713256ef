import type { ExecutionContext } from "../../execution/context";
import { deletedRowsName, tableName } from "../../store/physical";

export interface Stored {
  rows: number;
  bytes: number;
  /** When a row was last written or removed, in milliseconds; 0 for a table never filled. */
  changedOn: number;
}

const BATCH = 100;

/**
 * Rows and bytes of stored tables. The bytes are those of the column data uncompressed: the engine's own blocks say
 * nothing about Snowflake's storage.
 */
export async function storedSizes(
  context: ExecutionContext,
  tables: readonly { id: number; columns: readonly { id: number }[] }[],
): Promise<Map<number, Stored>> {
  const sizes = new Map<number, Stored>();
  for (let at = 0; at < tables.length; at += BATCH) {
    const parts = tables.slice(at, at + BATCH).map(({ id, columns }) => {
      const bytes = columns.map((c) => `coalesce(sum(strlen(CAST(c${c.id} AS VARCHAR))), 0)`).join(" + ");
      const removed = `(SELECT max(_del) FROM ${deletedRowsName(id)})`;
      return `SELECT ${id}, count(*), ${bytes || "0"}, greatest(max(_ver), ${removed}) FROM ${tableName(id)}`;
    });
    const { rows } = await context.query(parts.join(" UNION ALL "));
    for (const [id, rowCount, bytes, version] of rows) {
      // A version is the time of its write in microseconds.
      const changedOn = Math.trunc(Number(version ?? 0) / 1000);
      sizes.set(Number(id), { rows: Number(rowCount), bytes: Number(bytes), changedOn });
    }
  }
  return sizes;
}
