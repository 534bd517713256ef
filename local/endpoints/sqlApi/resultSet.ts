import { randomUUID } from "node:crypto";
import type { Row } from "../../execution/result";
import { Spool } from "../../results/spool";
import type { RowTypeEntry } from "../../types/rowType";
import { type Presentation, presentRows } from "./cells";

/** What a statement answered. */
export interface Answered {
  rowType: RowTypeEntry[];
  /** On disk when there are many: then each piece is a partition. */
  rows: readonly Row[] | Spool;
  stats?: { numRowsInserted: number; numRowsUpdated: number; numRowsDeleted: number; numDmlDuplicates: number };
  /** Handles of the statements of a request of several. */
  handles?: string[];
}

const pathOf = (handle: string) => `/api/v2/statements/${handle}`;

/** Where to ask for a statement, as QueryStatus, CancelStatus and ResultSet say it. */
export const locationOf = (handle: string) => ({ statementHandle: handle, statementStatusUrl: pathOf(handle) });

/**
 * The ResultSet of a statement with its first partition.
 * Source: https://docs.snowflake.com/en/developer-guide/sql-api/reference#resultset
 */
export async function resultSet(handle: string, answered: Answered, createdOn: number, presentation: Presentation) {
  const { rowType, rows, stats, handles } = answered;
  const first = rows instanceof Spool ? await rows.read(0) : rows;
  return {
    resultSetMetaData: {
      numRows: rows instanceof Spool ? rows.total : rows.length,
      format: "jsonv2",
      partitionInfo: partitionsOf(rows),
      rowType,
    },
    data: presentRows(first, rowType, presentation),
    code: "090001",
    ...(handles ? { statementHandles: handles } : {}),
    statementStatusUrl: `${pathOf(handle)}?requestId=${randomUUID()}`,
    requestId: randomUUID(),
    sqlState: "00000",
    statementHandle: handle,
    message: "Statement executed successfully.",
    createdOn,
    ...(stats ? { stats: statsOf(stats) } : {}),
  };
}

/** The rows of a further partition; undefined when there is none of that number. */
export async function partition(answered: Answered, number: number, presentation: Presentation) {
  const { rows, rowType } = answered;
  const count = rows instanceof Spool ? rows.pieces.length : 1;
  if (!Number.isInteger(number) || number < 0 || number >= count) return undefined;
  return { data: presentRows(rows instanceof Spool ? await rows.read(number) : rows, rowType, presentation) };
}

/** The header Link: the partitions one may go to from here. */
export function links(handle: string, { rows }: Answered, number: number): string {
  const last = rows instanceof Spool ? rows.pieces.length - 1 : 0;
  const link = (to: number, relation: string) =>
    `<${pathOf(handle)}?requestId=${randomUUID()}&partition=${to}>; rel="${relation}"`;
  return [
    link(0, "first"),
    ...(number > 0 ? [link(number - 1, "prev")] : []),
    ...(number < last ? [link(number + 1, "next")] : []),
    link(last, "last"),
  ].join(", ");
}

function partitionsOf(rows: Answered["rows"]) {
  if (!(rows instanceof Spool))
    return [{ rowCount: rows.length, uncompressedSize: Buffer.byteLength(JSON.stringify(rows)) }];
  // The first one stands in the answer itself, which is not compressed.
  return rows.pieces.map(({ compressedSize, ...piece }, i) => (i === 0 ? piece : { ...piece, compressedSize }));
}

const statsOf = (stats: NonNullable<Answered["stats"]>) => ({
  numRowsInserted: stats.numRowsInserted,
  numRowsUpdated: stats.numRowsUpdated,
  numRowsDeleted: stats.numRowsDeleted,
  numDuplicateRowsUpdated: stats.numDmlDuplicates,
});
