import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { SnowflakeError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { type ResultColumn, rowCount, STATEMENT_TYPE, type StatementResult } from "../execution/result";
import type { Answer } from "../history/requestLog";
import { driverParameters } from "../parameters/driver";
import type { Session } from "../session/session";
import { varchar } from "../types/dataType";
import { type RowTypeEntry, wireFacts } from "../types/rowType";
import { Spool } from "./spool";

export const rowType = (columns: readonly ResultColumn[]): RowTypeEntry[] =>
  columns.map(({ name, type, nullable, source }) => ({
    name,
    database: source?.database ?? "",
    schema: source?.schema ?? "",
    table: source?.table ?? "",
    nullable,
    ...wireFacts(type),
  }));

/** Names of the session's current objects, as every answer repeats them to the driver. */
export function finalNames(catalogue: CatalogueSnapshot, session: Session) {
  const name = (id: number | null): string | null => {
    const doc = id === null ? undefined : catalogue.byId(id);
    return doc && doc.droppedOn === undefined ? doc.name : null;
  };
  return {
    finalDatabaseName: name(session.databaseId),
    finalSchemaName: name(session.schemaId),
    finalWarehouseName: name(session.warehouseId),
    finalRoleName: name(session.roleId),
  };
}

type Answered = Pick<ExecutionContext, "catalogue" | "session" | "queryId" | "binds">;

/** The body of a successful answer. Chunks are fetched from `GET /results/{query id}/{number}`. */
export function successAnswer(context: Answered, result: StatementResult, baseUrl: string): Answer {
  const { rows } = result;
  const isSpooled = rows instanceof Spool;
  return {
    data: {
      parameters: driverParameters(context.catalogue, context.session),
      rowtype: rowType(result.columns),
      rowset: isSpooled ? [] : rows,
      total: rowCount(rows),
      returned: rowCount(rows),
      queryId: context.queryId,
      databaseProvider: null,
      ...finalNames(context.catalogue, context.session),
      numberOfBinds: context.binds.batch?.columns.length ?? context.binds.values.length,
      arrayBindSupported: result.statementTypeId !== undefined && result.statementTypeId >= 0x3000,
      ...(result.statementTypeId === undefined ? {} : { statementTypeId: result.statementTypeId }),
      version: 1,
      sendResultTime: Date.now(),
      queryResultFormat: "json",
      ...result.fileTransfer,
      ...(isSpooled
        ? {
            qrmk: "",
            chunkHeaders: {},
            chunks: rows.pieces.map((piece, i) => ({
              url: `${baseUrl}/results/${context.queryId}/${i}?key=${rows.key}`,
              ...piece,
            })),
          }
        : {}),
    },
    message: null,
    code: null,
    success: true,
  };
}

/** The answer to several statements: only their query ids; the driver fetches each result by itself. */
export function multiStatementAnswer(
  context: Answered,
  children: { queryId: string; result: StatementResult }[],
  baseUrl: string,
): Answer {
  const answer = successAnswer(
    context,
    {
      columns: [{ name: "multiple statement execution", type: varchar(), nullable: false }],
      rows: [["Multiple statements executed successfully."]],
      statementTypeId: STATEMENT_TYPE.MULTI,
    },
    baseUrl,
  );
  Object.assign(answer.data as object, {
    resultIds: children.map((child) => child.queryId).join(","),
    resultTypes: children.map((child) => child.result.statementTypeId ?? STATEMENT_TYPE.SELECT).join(","),
  });
  return answer;
}

/** Errors are answered with HTTP 200; without `sqlState` the Node.js driver would send the request again. */
export const errorAnswer = (error: SnowflakeError, queryId: string | null = null): Answer => ({
  data: {
    internalError: false,
    errorCode: error.code,
    age: 0,
    sqlState: error.sqlState,
    queryId,
    line: -1,
    pos: -1,
    type: "COMPILATION",
  },
  code: error.code,
  message: error.message,
  success: false,
  headers: null,
});
