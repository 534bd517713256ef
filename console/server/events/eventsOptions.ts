import { checkLane } from "../../../client/lane";

/** How the endpoint for events is set up. */
export interface EventsOptions {
  /** Each lets a producer in; at least 16 characters. Several allow one to be changed without a gap. */
  tokens: readonly string[];
  /** Folder of the spool; one process may use it. */
  spool: string;
  /** Source lane of every event that comes in here. Default `HTTP`. */
  lane?: string;
  /** Largest body, unpacked, in bytes. Default 4 MiB. */
  maxBodyBytes?: number;
  /** Undelivered bytes beyond which producers are told to come back later. Default 1 GiB. */
  maxSpoolBytes?: number;
  /** How many message ids are remembered, so that what is sent again counts once. Default 500 000. */
  rememberedIds?: number;
}

export const DEFAULT_HTTP_LANE = "HTTP";

/** Shorter ones can be guessed. */
const MIN_TOKEN_LENGTH = 16;

/**
 * Reads `EVENTS_TOKEN` (several separated by commas), `EVENTS_SPOOL`, `EVENTS_LANE`, `EVENTS_MAX_BODY_BYTES`, `EVENTS_SPOOL_BYTES`
 * and `EVENTS_REMEMBERED_IDS`.
 * @param defaultSpool gives the folder when none is set, for a lane
 * @returns undefined without `EVENTS_TOKEN`: the endpoint is off
 * @throws Error naming the setting that is wrong
 */
export function eventsFromEnvironment(
  environment: NodeJS.ProcessEnv,
  defaultSpool: (lane: string) => string,
): EventsOptions | undefined {
  const tokens = (environment.EVENTS_TOKEN ?? "")
    .split(",")
    .map((token) => token.trim())
    .filter((token) => token !== "");
  if (tokens.length === 0) return undefined;
  const short = tokens.find((token) => token.length < MIN_TOKEN_LENGTH);
  if (short !== undefined) {
    throw new Error(
      `EVENTS_TOKEN has ${short.length} characters; at least ${MIN_TOKEN_LENGTH} are needed (make one with: openssl rand -hex 24)`,
    );
  }
  const lane = checkLane(environment.EVENTS_LANE || DEFAULT_HTTP_LANE);
  return {
    tokens,
    lane,
    spool: environment.EVENTS_SPOOL || defaultSpool(lane),
    maxBodyBytes: wholeNumber(environment, "EVENTS_MAX_BODY_BYTES"),
    maxSpoolBytes: wholeNumber(environment, "EVENTS_SPOOL_BYTES"),
    rememberedIds: wholeNumber(environment, "EVENTS_REMEMBERED_IDS"),
  };
}

function wholeNumber(environment: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = environment[name];
  if (!text) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Error(`${name} is ${JSON.stringify(text)}; expected a whole number`);
  return Number(text);
}
