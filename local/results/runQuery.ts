import type { ExecutionContext } from "../execution/context";
import type { StatementResult } from "../execution/result";
import { STATEMENT_TYPE } from "../execution/result";
import { parameter } from "../parameters/effective";
import type { TranslatedQuery } from "../translate/contract";
import { encodeChunk, encoderOf } from "./encode";
import { RowCollector } from "./spool";

/** Runs a translated query and gives its rows in wire encoding; large results go to disk while they are read. */
export async function runQuery(context: ExecutionContext, query: TranslatedQuery): Promise<StatementResult> {
  const options = {
    jsonIndent: Number(parameter(context, "JSON_INDENT")),
    timezone: String(parameter(context, "TIMEZONE")),
  };
  const encoders = query.columns.map((column) => encoderOf(column.type, options));
  const collector = new RowCollector(context.services.results.spoolDirectory(context.queryId));
  await context.withConnection(async (connection) => {
    for (const prepare of query.prerequisites) await prepare(connection);
    await connection.stream(
      query.sql,
      query.params,
      (columns, rowCount) => collector.add(encodeChunk(columns, rowCount, encoders)),
      context.signal,
    );
  });
  return { columns: query.columns, rows: await collector.finish(), statementTypeId: STATEMENT_TYPE.SELECT };
}
