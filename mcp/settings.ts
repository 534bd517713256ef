import { z } from "zod";
import { OAUTH_VARIABLES, type OAuthSettings, readOAuthSettings } from "./transports/oauthSettings";

const whole = (from: number, to: number, standard: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to, {
      error: ({ input }) => `expected a whole number from ${from} to ${to}, found ${JSON.stringify(input)}`,
    })
    .transform(Number)
    .default(standard);

const schema = z.object({
  MCP_MAX_ROWS: whole(1, 1_000_000, 200),
  // An answer holds its rows as structure and as text; clients such as Claude Code take 25 000 tokens of one of them, which JSON full
  // of ids and times reaches at 60 kB.
  MCP_MAX_BYTES: whole(4_000, 10_000_000, 120_000),
  MCP_TIMEOUT_SECONDS: whole(1, 3600, 60),
  MCP_CALLS_PER_MINUTE: whole(1, 1_000_000, 60),
  MCP_DAILY_CREDITS: z
    .string()
    .refine((text) => /^\d{1,6}(\.\d{1,6})?$/.test(text) && Number(text) > 0, {
      error: ({ input }) => `expected a number above 0 such as 0.5, found ${JSON.stringify(input)}`,
    })
    .transform(Number)
    .default(1),
  MCP_CREDITS_PER_HOUR: z
    .string()
    .refine((text) => /^\d{1,4}(\.\d{1,4})?$/.test(text) && Number(text) > 0, {
      error: ({ input }) => `expected a number above 0 such as 1, found ${JSON.stringify(input)}`,
    })
    .transform(Number)
    .default(1),
  MCP_MAX_SESSIONS: whole(1, 10_000, 20),
  MCP_SESSION_IDLE_SECONDS: whole(1, 86_400, 1800),
  MCP_HTTP_TOKEN: z.string().min(16, { error: "expected at least 16 characters" }).optional(),
});

/** Bounds of the server; every one is an environment variable. */
export interface McpSettings {
  /** The most rows of an answer. Default 200. */
  maxRows: number;
  /** The most bytes of a whole answer, as JSON in UTF-8. Default 120 000. */
  maxBytes: number;
  /** How long a call may take. Default 60 s. */
  timeoutMs: number;
  /** Calls of all clients together. Default 60. */
  callsPerMinute: number;
  /** Credits the person's calls may cost in 24 hours, by their run time. Default 1. */
  dailyCredits: number;
  /** What the query warehouse costs: 1 for X-Small (default), 2 for Small, 4 for Medium … */
  creditsPerHour: number;
  /** Sessions over HTTP at the same time. Default 20. */
  maxSessions: number;
  /** A session that rests longer is ended. Default 1800 s. */
  sessionIdleMs: number;
  /** What an HTTP client must show. Needed as soon as another address than this machine's own is listened on. */
  httpToken?: string;
  /** Whose tokens HTTP clients may show instead. */
  oauth?: OAuthSettings;
}

/**
 * Reads the bounds.
 * @throws Error naming every variable that is wrong
 */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): McpSettings {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  const parsed = schema.safeParse(given);
  const problems = parsed.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
  const oauth = readOAuthSettings(
    Object.fromEntries(OAUTH_VARIABLES.map((name) => [name, environment[name] || undefined])),
    (name, problem) => problems.push(`${name}: ${problem}`),
  );
  if (oauth && environment.MCP_HTTP_TOKEN)
    problems.push("MCP_HTTP_TOKEN: clients show either one secret or tokens of MCP_OAUTH_ISSUER; set one of both");
  if (!parsed.success || problems.length > 0)
    throw new Error(`The settings of the MCP server are wrong:\n${problems.map((text) => `  - ${text}`).join("\n")}`);
  const { data } = parsed;
  return {
    maxRows: data.MCP_MAX_ROWS,
    maxBytes: data.MCP_MAX_BYTES,
    timeoutMs: data.MCP_TIMEOUT_SECONDS * 1000,
    callsPerMinute: data.MCP_CALLS_PER_MINUTE,
    dailyCredits: data.MCP_DAILY_CREDITS,
    creditsPerHour: data.MCP_CREDITS_PER_HOUR,
    maxSessions: data.MCP_MAX_SESSIONS,
    sessionIdleMs: data.MCP_SESSION_IDLE_SECONDS * 1000,
    httpToken: data.MCP_HTTP_TOKEN,
    ...(oauth ? { oauth } : {}),
  };
}
