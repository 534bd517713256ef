import type { Context } from "hono";
import { toMillis } from "../../clock";
import { startRequest } from "../../execution/pipeline";
import type { StartedRequest } from "../../history/requestLog";
import { log } from "../../log";
import { rolesOfUser } from "../../privileges/index";
import type { Services } from "../../services";
import { answerOrLater } from "../query";
import { readSubmission, type Submission } from "./body";
import type { Caller } from "./caller";
import { inProgress } from "./failure";
import { refuseBeyondLimits } from "./limits";
import { respond } from "./respond";
import type { Submissions } from "./submissions";

/** POST /api/v2/statements: runs the text in a session of its own. */
export async function submit(
  services: Services,
  submissions: Submissions,
  context: Context,
  caller: Caller,
): Promise<Response> {
  const submission = await readSubmission(context);
  refuseBeyondLimits(submission.statement, Object.keys(submission.bindings ?? {}).length > 0);
  const started = await start(services, context, caller, submission);
  const submitted = {
    userId: caller.user.id,
    answer: started.answer,
    presentation: { nullable: context.req.query("nullable") !== "false", parameters: submission.parameters },
    createdOn: toMillis(services.clock.nowMicros()),
  };
  submissions.add(started.queryId, submitted);
  if (context.req.query("async") === "true") return inProgress(context, started.queryId);
  const answer = await answerOrLater(started, services.sessionClock);
  return respond(services, context, started.queryId, { ...submitted, answer });
}

async function start(
  services: Services,
  context: Context,
  { user, address, accessToken }: Caller,
  { statement, names, bindings, parameters, statementCount }: Submission,
): Promise<StartedRequest> {
  const { catalogue } = services.store;
  const client = { application: "SQL API", version: context.req.header("user-agent") ?? "", environment: {}, address };
  const { session } = await services.sessions.open(
    catalogue,
    user,
    { ...names, parameters, client, accessToken },
    rolesOfUser({ catalogue }, user.id),
  );
  const requestId = context.req.query("requestId");
  const started = startRequest(
    services,
    session,
    {
      sqlText: statement,
      bindings: bindings ?? null,
      parameters: statementCount === undefined ? {} : { MULTI_STATEMENT_COUNT: statementCount },
      requestId,
      key: requestId && keyOf(services, `user ${user.id}:${requestId}`, context.req.query("retry") === "true"),
    },
    "",
  );
  started.answer
    .then(() => services.sessions.close(session))
    .catch((error) => log.error({ err: error }, "the session of a request of the SQL API"));
  return started;
}

/** The answer of an earlier request is given again only to one that calls itself a retry; any other runs. */
const keyOf = (services: Services, key: string, isRetry: boolean): string | undefined =>
  isRetry || !(services.requests.earlier(key) || services.requests.fromFile(key)) ? key : undefined;
