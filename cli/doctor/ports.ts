import { createServer } from "node:net";
import { type CheckResult, ok, warning } from "../checks/check";

/** Whether a port of 127.0.0.1 can be listened on. */
export async function portState(port: number, option: string): Promise<CheckResult> {
  const code = await new Promise<string | undefined>((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(undefined)));
  });
  if (code === undefined) return ok(`${port} is free`);
  const found = code === "EADDRINUSE" ? `${port} is in use` : `${port} cannot be listened on: ${code}`;
  return warning(found, `Fine if that is this warehouse; otherwise choose another one with ${option}`);
}
