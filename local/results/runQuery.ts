import type { ExecutionContext } from "../execution/context";
import type { ResultColumn, StatementResult } from "../execution/result";
import { STATEMENT_TYPE } from "../execution/statementType";
import type { Value } from "../execution/value";
import { parameter } from "../parameters/effective";
import type { ChunkVisitor } from "../store/connection";
import type { TranslatedQuery } from "../translate/contract";
import { type Encoder, encodeChunk, encoderOf } from "./encode";
import { RowCollector } from "./spool";

const encodersOf = (context: ExecutionContext, columns: readonly ResultColumn[]): Encoder[] => {
  const options = {
    jsonIndent: Number(parameter(context, "JSON_INDENT")),
    timezone: String(parameter(context, "TIMEZONE")),
  };
  return columns.map((column) => encoderOf(column.type, options));
};

/** The result of a query whose only row is known already. */
export function rowResult(
  context: ExecutionContext,
  { columns }: TranslatedQuery,
  row: readonly Value[],
): StatementResult {
  const cells = row.map(({ value }) => [value]);
  return { columns, rows: encodeChunk(cells, 1, encodersOf(context, columns)), statementTypeId: STATEMENT_TYPE.SELECT };
}

/** Runs a translated query and gives its rows in wire encoding; large results go to disk while they are read. */
export async function runQuery(context: ExecutionContext, query: TranslatedQuery): Promise<StatementResult> {
  const encoders = encodersOf(context, query.columns);
  const collector = new RowCollector(context.services.results.spoolDirectory(context.queryId));
  await context.withConnection(async (connection) => {
    for (const prepare of query.prerequisites) await prepare(connection);
    const visit: ChunkVisitor = (columns, rowCount) => collector.add(encodeChunk(columns, rowCount, encoders));
    if (query.isOneRow) await connection.streamRow(query.sql, query.params, visit, context.signal);
    else await connection.stream(query.sql, query.params, visit, context.signal);
  });
  return { columns: query.columns, rows: await collector.finish(), statementTypeId: STATEMENT_TYPE.SELECT };
}
