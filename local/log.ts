import { randomInt } from "node:crypto";
import pino from "pino";

/** Diagnostics go to stderr, so that stdout stays for the one line that says the server is ready. `LOCAL_LOG` sets the level. */
export const log = pino(
  { name: "local", level: process.env.LOCAL_LOG ?? "error" },
  pino.destination({ dest: 2, sync: true }),
);

/** Seven digits that join an answer to a log line. */
export const newIncident = (): string => String(randomInt(1_000_000, 9_999_999));
