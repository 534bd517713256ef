import { createServer } from "node:net";
import { type CheckResult, ok, warning } from "../checks/check";

/**
 * Whether a port of 127.0.0.1 can be listened on.
 * @param isOurs whether it is this warehouse that listens there, when something does
 */
export async function portState(
  port: number,
  option: string,
  isOurs: () => boolean | Promise<boolean> = () => false,
): Promise<CheckResult> {
  const code = await new Promise<string | undefined>((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(undefined)));
  });
  if (code === undefined) return ok(`${port} is free`);
  if (code === "EADDRINUSE" && (await isOurs())) return ok(`${port}, where this warehouse listens`);
  const found =
    code === "EADDRINUSE" ? `${port} is in use by another program` : `${port} cannot be listened on: ${code}`;
  return warning(found, `Stop what listens there, or choose another one with ${option}`);
}

/** Whether a console listens there: it tells how it is. */
export async function isConsole(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2000) });
    const health = (await answer.json()) as Record<string, unknown>;
    return typeof health.warehouse === "string";
  } catch {
    return false;
  }
}
