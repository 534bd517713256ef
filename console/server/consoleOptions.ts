import type { ConnectionOptions } from "snowflake-sdk";
import type { WarehouseOutputs } from "../../components/outputs";
import type { EventsOptions } from "./events/eventsOptions";
import type { ConsoleRole } from "./warehouse/consoleRole";

export interface ConsoleOptions {
  /** What the stack put out. */
  outputs: WarehouseOutputs;
  /** How to log in; what is left out comes from SNOWFLAKE_USER, SNOWFLAKE_PASSWORD or SNOWFLAKE_PRIVATE_KEY. */
  credentials?: Partial<ConnectionOptions>;
  /** Default `admin`. */
  role?: ConsoleRole;
  /** Default 127.0.0.1. Anything else demands `token`. */
  host?: string;
  /** Default 3000; 0 takes a free one. */
  port?: number;
  /** A port of its own for the WebSocket; default: the page's. 0 takes a free one. */
  webSocketPort?: number;
  /** At least 16 characters. */
  token?: string;
  /** Takes events over HTTP, as MCP_INGEST_ROLE of the same user; default: takes none. */
  events?: EventsOptions;
  /** Folder of the built web pages. */
  assets: string;
  /** Folder with the pages of the law, for the list of its rules. */
  lawPages?: string;
  /** What the embedded server can do, as `npm run parity` wrote it; for a warehouse that is the embedded one. */
  parityPage?: string;
  /** How often the events table is looked at while somebody watches, in ms; default 1000. */
  watchEveryMs?: number;
}

export const DEFAULT_CONSOLE_PORT = 3000;

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

export const isLoopback = (host: string): boolean => LOOPBACK.has(host);

/** Shorter ones can be guessed. */
const MIN_TOKEN_LENGTH = 16;

/**
 * @throws Error when the console would be open to others without a token
 */
export function checkOptions({ host = "127.0.0.1", token }: ConsoleOptions): void {
  if (token !== undefined && token.length < MIN_TOKEN_LENGTH)
    throw new Error(`The access token has ${token.length} characters; at least ${MIN_TOKEN_LENGTH} are needed.`);
  if (token === undefined && !isLoopback(host)) {
    throw new Error(
      `On ${host} the console can be reached from other machines and demands a token: set CONSOLE_TOKEN, or leave --host at 127.0.0.1.`,
    );
  }
}
