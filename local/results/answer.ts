import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { SnowflakeError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { type ResultColumn, rowCount, type StatementResult } from "../execution/result";
import { STATEMENT_TYPE } from "../execution/statementType";
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

export type Answered = Pick<ExecutionContext, "catalogue" | "session" | "queryId" | "binds">;

/** The body of a successful answer. Chunks are fetched from `GET /results/{query id}/{number}`. */
export function successAnswer(context: Answered, result: StatementResult, baseUrl: string): Answer {
  const { rows } = result;
  const isSpooled = rows instanceof Spool;
  return {
    data: {
      parameters: driverParameters(context.catalogue, context.session),
      // The drivers know the columns of PUT and GET, and those of the common core only where they are told none.
      ...(result.fileTransfer ? {} : { rowtype: rowType(result.columns), rowset: isSpooled ? [] : rows }),
      total: rowCount(rows),
      returned: rowCount(rows),
      queryId: context.queryId,
      databaseProvider: null,
      ...finalNames(context.catalogue, context.session),
      numberOfBinds: context.binds.batch?.columns.length ?? context.binds.values.length,
      arrayBindSupported: result.statementTypeId === STATEMENT_TYPE.INSERT,
      ...(result.statementTypeId === undefined ? {} : { statementTypeId: result.statementTypeId }),
      version: 1,
      sendResultTime: Date.now(),
      queryResultFormat: "json",
      ...dmlStats(result),
      ...(result.fileTransfer ? located(result.fileTransfer, baseUrl) : {}),
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

/** How many rows a statement changed, as drivers tell it (`cursor.stats` in Python); absent when it changed none. */
function dmlStats({ statistics }: StatementResult) {
  const { inserted = 0, updated = 0, deleted = 0, duplicates = 0 } = statistics ?? {};
  if (inserted + updated + deleted === 0) return {};
  return {
    stats: {
      numRowsInserted: inserted,
      numRowsUpdated: updated,
      numRowsDeleted: deleted,
      numDmlDuplicates: duplicates,
    },
  };
}

/** The one row that stands for several statements. */
export const MULTI_STATEMENT_RESULT: StatementResult = {
  columns: [{ name: "multiple statement execution", type: varchar(), nullable: false }],
  rows: [["Multiple statements executed successfully."]],
  statementTypeId: STATEMENT_TYPE.MULTI,
};

/** The answer to several statements: only their query ids; the driver fetches each result by itself. */
export function multiStatementAnswer(
  context: Answered,
  children: { queryId: string; result: StatementResult }[],
  baseUrl: string,
): Answer {
  const answer = successAnswer(context, MULTI_STATEMENT_RESULT, baseUrl);
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

/** Files that come over HTTP come to the address that the client asked. */
function located(transfer: Record<string, unknown>, baseUrl: string): Record<string, unknown> {
  const stageInfo = transfer["stageInfo"] as { locationType: string; presignedUrl: string | null };
  if (stageInfo.locationType !== "GCS") return transfer;
  const { presignedUrl } = stageInfo;
  const presignedUrls = (transfer["presignedUrls"] as string[] | null)?.map((url) => `${baseUrl}/${url}`) ?? null;
  return {
    ...transfer,
    presignedUrls,
    stageInfo: { ...stageInfo, endPoint: baseUrl, presignedUrl: presignedUrl && `${baseUrl}/${presignedUrl}` },
  };
}
