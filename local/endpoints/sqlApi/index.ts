import type { Context, Hono } from "hono";
import type { Authenticator } from "../../auth/authenticate";
import type { Services } from "../../services";
import { type Caller, callerOf } from "./caller";
import { cancelStatement } from "./cancel";
import { refuse } from "./failure";
import { statementStatus } from "./status";
import { Submissions } from "./submissions";
import { submit } from "./submit";

/**
 * The SQL API: statements over HTTP without a driver. Unlike drivers' endpoints it says by the status of HTTP how it went.
 * Source: https://docs.snowflake.com/en/developer-guide/sql-api/reference
 */
export function sqlApiEndpoints(app: Hono, services: Services, authenticator: Authenticator): void {
  const submissions = new Submissions();
  const answering =
    (work: (context: Context, caller: Caller) => Promise<Response> | Response) =>
    async (context: Context): Promise<Response> => {
      try {
        return await work(context, await callerOf(services, authenticator, context));
      } catch (error) {
        return refuse(context, error);
      }
    };
  const path = "/api/v2/statements";
  app.post(path, (context) => {
    const type = context.req.header("content-type");
    if (type !== undefined && !/^application\/json\b/i.test(type)) return context.body(null, 415);
    return answering((context, caller) => submit(services, submissions, context, caller))(context);
  });
  app.get(
    `${path}/:handle`,
    answering((context, caller) => statementStatus(services, submissions, context, caller)),
  );
  app.post(
    `${path}/:handle/cancel`,
    answering((context, caller) => cancelStatement(services, context, caller)),
  );
  for (const known of [path, `${path}/:handle`, `${path}/:handle/cancel`])
    app.all(known, (context) => context.body(null, 405));
}
