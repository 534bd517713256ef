import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { StatementResult } from "../execution/result";
import { STATEMENT_TYPE } from "../execution/statementType";
import type { Answer } from "../history/requestLog";
import { sessionParameter } from "../parameters/effective";
import type { Session } from "../session/session";
import { type Answered, successAnswer } from "./answer";
import { arrowStream } from "./arrow";
import { Spool } from "./spool";

const BY_APPLICATION: Readonly<Record<string, string>> = {
  Go: "GO_QUERY_RESULT_FORMAT",
  JDBC: "JDBC_QUERY_RESULT_FORMAT",
};

/** The parameter that says the format for one driver. Drivers that are not here are content with JSON. */
function formatOf({ client }: Session): string | undefined {
  if (client.environment.PYTHON_VERSION !== undefined) return "PYTHON_CONNECTOR_QUERY_RESULT_FORMAT";
  return BY_APPLICATION[client.application];
}

/** Snowflake answers queries of its Python, Go and JDBC drivers in Arrow where the session does not say JSON. */
function wantsArrow(catalogue: CatalogueSnapshot, session: Session, result: StatementResult): boolean {
  const own = formatOf(session);
  return (
    own !== undefined &&
    result.statementTypeId === STATEMENT_TYPE.SELECT &&
    ["QUERY_RESULT_FORMAT", own].every((name) => sessionParameter(catalogue, session, name).value !== "JSON")
  );
}

/** The body of a successful answer in the format that the client reads best. */
export async function respond(context: Answered, result: StatementResult, baseUrl: string): Promise<Answer> {
  const answer = successAnswer(context, result, baseUrl);
  if (!wantsArrow(context.catalogue, context.session, result)) return answer;
  const { columns, rows } = result;
  const data = answer.data as { rowset?: unknown; chunks?: { url: string }[] };
  delete data.rowset;
  const isInline = !(rows instanceof Spool) && Array.isArray(rows) && rows.length > 0;
  Object.assign(data, {
    queryResultFormat: "arrow",
    rowsetBase64: isInline ? Buffer.from(await arrowStream(columns, rows)).toString("base64") : "",
  });
  for (const chunk of data.chunks ?? []) chunk.url += "&format=arrow";
  return answer;
}
