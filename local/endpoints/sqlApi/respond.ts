import type { Context } from "hono";
import type { Answer } from "../../history/requestLog";
import type { Services } from "../../services";
import { fromAnswer } from "./answered";
import { failed, inProgress } from "./failure";
import { links, resultSet } from "./resultSet";
import type { Submitted } from "./submissions";

/** What a statement has come to, with the first rows of its result. */
export async function respond(
  services: Services,
  context: Context,
  handle: string,
  { answer, createdOn, presentation }: Omit<Submitted, "answer"> & { answer: Answer },
): Promise<Response> {
  if (answer.code === "333333" || answer.code === "333334") return inProgress(context, handle);
  if (!answer.success) return failed(context, handle, answer, createdOn);
  const answered = fromAnswer(services, handle, answer);
  context.header("link", links(handle, answered, 0));
  return context.json(await resultSet(handle, answered, createdOn, presentation));
}
