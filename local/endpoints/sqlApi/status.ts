import { gzipSync } from "node:zlib";
import type { Context } from "hono";
import { invalidValue } from "../../errors";
import type { Services } from "../../services";
import { fromAnswer, fromResults } from "./answered";
import type { Caller } from "./caller";
import type { Presentation } from "./cells";
import { failed, inProgress, notFound } from "./failure";
import { respond } from "./respond";
import { type Answered, links, partition, resultSet } from "./resultSet";
import type { Submissions } from "./submissions";

const PLAIN: Presentation = { nullable: true, parameters: new Map() };

/** GET /api/v2/statements/{handle}: how a statement of the caller's is doing, and its result. */
export async function statementStatus(
  services: Services,
  submissions: Submissions,
  context: Context,
  { user }: Caller,
): Promise<Response> {
  const handle = context.req.param("handle") as string;
  if (services.running.userOf(handle) === user.id) return inProgress(context, handle);
  const number = Number(context.req.query("partition") ?? 0);
  const submitted = submissions.get(handle, user.id);
  if (submitted) {
    const answer = await submitted.answer;
    if (number === 0 || !answer.success) return respond(services, context, handle, { ...submitted, answer });
    return further(context, handle, fromAnswer(services, handle, answer), number, submitted.presentation);
  }
  const entry = services.history.get(handle);
  const own = entry?.userId === user.id ? entry : undefined;
  const answered = fromResults(services, handle, user.id);
  // One statement of several is written as its request says.
  const { presentation = PLAIN } = submissions.get(own?.parentQueryId ?? "", user.id) ?? {};
  if (answered && number !== 0) return further(context, handle, answered, number, presentation);
  if (answered) {
    context.header("link", links(handle, answered, 0));
    return context.json(await resultSet(handle, answered, own?.startTime ?? 0, presentation));
  }
  if (!own?.errorCode) return notFound(context, handle);
  const { errorCode: code, errorMessage: message, sqlState } = own;
  return failed(context, handle, { code, message, data: { sqlState } }, own.startTime);
}

/** Further partitions come compressed and without metadata. */
async function further(
  context: Context,
  handle: string,
  answered: Answered,
  number: number,
  presentation: Presentation,
): Promise<Response> {
  const rows = await partition(answered, number, presentation);
  if (!rows) throw invalidValue(String(context.req.query("partition")), "partition");
  context.header("link", links(handle, answered, number));
  return context.body(new Uint8Array(gzipSync(JSON.stringify(rows))), 200, {
    "content-type": "application/json",
    "content-encoding": "gzip",
  });
}
