import { createRequire } from "node:module";
import snowflake from "snowflake-sdk";

/** What the driver logs at when nobody has said anything. */
const STANDARD = "INFO";

/**
 * Ends the driver's log, unless the application has chosen a level for it.
 *
 * snowflake-sdk has one log per process. Until it is configured that goes to standard output, which belongs to the application, and
 * into `snowflake.log` of the working directory, which grows for ever and cannot be written everywhere. What goes wrong is told by the
 * client itself.
 */
export function quietDriver(): void {
  const level = levelOfDriver();
  if (level !== undefined && level !== STANDARD) return;
  snowflake.configure({ logLevel: "OFF", additionalLogToConsole: false });
}

/** undefined with a driver that is built differently. */
function levelOfDriver(): string | undefined {
  try {
    const { getInstance } = createRequire(__filename)("snowflake-sdk/dist/lib/logger");
    return getInstance().getLevelTag() as string;
  } catch {
    return undefined;
  }
}
