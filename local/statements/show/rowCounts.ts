import type { ExecutionContext } from "../../execution/context";
import { tableName } from "../../store/physical";

export interface Stored {
  rows: number;
  bytes: number;
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
      const bytes = columns.map((c) => `coalesce(sum(octet_length(CAST(c${c.id} AS VARCHAR)::BLOB)), 0)`).join(" + ");
      return `SELECT ${id}, count(*), ${bytes || "0"} FROM ${tableName(id)}`;
    });
    const { rows } = await context.query(parts.join(" UNION ALL "));
    for (const [id, rowCount, bytes] of rows) {
      sizes.set(Number(id), { rows: Number(rowCount), bytes: Number(bytes) });
    }
  }
  return sizes;
}
