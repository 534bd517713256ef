import { existsSync } from "node:fs";
import { projectFolder } from "../project/projectFolder";
import { loginOf, stackOutputs, UnknownStackError } from "./stackOutputs";

/**
 * Outputs of the stack that was named. Undefined where none was, and for `local` where that is the one that `npm start` runs, which has
 * a state of its own: a `local` that somebody deployed by hand is looked for only where `npm start` has left nothing.
 * @throws CommandError saying what to do about any other stack
 */
export async function namedStackOutputs(stack: string | undefined): Promise<unknown> {
  if (stack === undefined) return undefined;
  if (stack !== "local") return stackOutputs(stack);
  if (existsSync(projectFolder().connection) || !isLoggedIn(process.env)) return undefined;
  return stackOutputs(stack).catch((error) => {
    if (error instanceof UnknownStackError) return undefined;
    throw error;
  });
}

/** Whether asking Pulumi can be worth its start. */
const isLoggedIn = (environment: NodeJS.ProcessEnv): boolean =>
  Boolean(environment.PULUMI_BACKEND_URL || environment.PULUMI_ACCESS_TOKEN || environment.PULUMI_CREDENTIALS_PATH) ||
  Object.keys(loginOf(environment)).length > 0;
