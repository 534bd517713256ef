import type { Context } from "hono";
import { statementNotFound } from "../../errors";
import { asSnowflakeError } from "../../execution/runStatement";
import type { Answer } from "../../history/requestLog";
import { locationOf } from "./resultSet";

/** By what the client should do next: log in again, send something else, allow more time, look at the statement. */
function statusOf(code: string): 400 | 401 | 408 | 422 {
  if (code === "390142") return 400;
  if (code.startsWith("390") || code.startsWith("394")) return 401;
  return code === "000630" ? 408 : 422;
}

/** What was thrown before a statement began, as `{code, message}`. */
export function refuse(context: Context, error: unknown): Response {
  const { code, message, sqlState } = asSnowflakeError(error);
  const status = statusOf(code);
  return context.json(status === 422 ? { code, message, sqlState } : { code, message }, status);
}

/** QueryFailureStatus of a statement that failed, QueryStatus of one that ran out of time. */
export function failed(context: Context, handle: string, answer: Answer, createdOn: number): Response {
  const code = String(answer.code);
  const { sqlState } = answer.data as { sqlState: string };
  return context.json({ code, message: answer.message, sqlState, createdOn, ...locationOf(handle) }, statusOf(code));
}

export const inProgress = (context: Context, handle: string): Response =>
  context.json(
    {
      code: "333334",
      message: "Asynchronous execution in progress. Use provided query id to perform query monitoring and management.",
      ...locationOf(handle),
    },
    202,
  );

export const canceled = (context: Context, handle: string): Response =>
  context.json({ code: "000604", sqlState: "57014", message: "SQL execution canceled", ...locationOf(handle) });

export function notFound(context: Context, handle: string): Response {
  const { code, message, sqlState } = statementNotFound(handle);
  return context.json({ code, message, sqlState, statementHandle: handle }, 422);
}
