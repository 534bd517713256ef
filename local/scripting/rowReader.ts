import type { ResultColumn, Row, StatementResult } from "../execution/result";

/** Reads the rows of a result one at a time, from memory or from disk. */
export class RowReader {
  readonly columns: readonly ResultColumn[];
  private readonly rows: AsyncGenerator<Row>;

  constructor(result: StatementResult) {
    this.columns = result.columns;
    this.rows = rowsOf(result);
  }

  /** The next row; undefined behind the last. */
  async next(): Promise<Row | undefined> {
    const { value, done } = await this.rows.next();
    return done ? undefined : value;
  }
}

async function* rowsOf({ rows }: StatementResult): AsyncGenerator<Row> {
  if (Array.isArray(rows)) yield* rows;
  else for await (const piece of rows) yield* piece;
}

/** The first row of a result, and whether there are more. */
export async function firstRow(result: StatementResult): Promise<{ row: Row | undefined; more: boolean }> {
  const reader = new RowReader(result);
  const row = await reader.next();
  return { row, more: row !== undefined && (await reader.next()) !== undefined };
}
