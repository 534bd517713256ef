/**
 * What a failed call means for the batch.
 * - `unknown`: no answer, or one from in between (reset, timeout, 503): it may have been executed, so it is sent again with the
 *   same request id.
 * - `refused`: the server executed nothing and will not for another reason than the data (rights, a missing procedure, a wrong
 *   password, a statement that was cancelled): it is sent again, later and with a new request id.
 * - `data`: the server could not read one of the events: the batch is divided to find it.
 */
export type FailureKind = "unknown" | "refused" | "data";

export interface DriverError {
  code?: string | number;
  sqlState?: string;
  message?: string;
  data?: { sqlState?: string } | null;
  /** Of an answer that did not come from Snowflake. */
  response?: { status?: number; statusCode?: number; headers?: Record<string, unknown> };
}

/** Login and session codes, of which the expired ones pass by logging in again. */
const SESSION_GONE = new Set(["390104", "390111", "390112", "390114", "390195", "407002"]);

/** Snowflake's "data exception" class; 100… are its conversion errors. */
const isDataState = (sqlState: string, code: string) =>
  sqlState.startsWith("22") || (/^100\d{3}$/.test(code) && sqlState !== "P0001");

export function classifyFailure(error: DriverError): FailureKind {
  const code = String(error.code ?? "");
  const sqlState = error.sqlState ?? error.data?.sqlState ?? "";
  // A proxy with a limit of its own: the same bytes would meet it again, fewer may pass.
  if (httpStatus(error) === 413) return "data";
  if (SESSION_GONE.has(code)) return "unknown";
  if (/^39\d{4}$/.test(code)) return "refused";
  // Without an SQL state the answer is not from the statement: the connection, a proxy or the driver failed.
  if (sqlState === "" || sqlState.startsWith("08")) return "unknown";
  return isDataState(sqlState, code) ? "data" : "refused";
}

/** Whether the server did not let the user in: for its password, its key, its role, or because it is locked. */
export function isLoginRefused({ code }: DriverError): boolean {
  const text = String(code ?? "");
  return /^39\d{4}$/.test(text) && !SESSION_GONE.has(text);
}

/**
 * What a failure says of the session. `gone`: the server does not know it (any more), or did not let it in. `there`: the server has
 * answered within it. `unsure`: the connection failed, which a session outlives; Snowflake recognises a request that is repeated in it.
 */
export function sessionAfter(error: DriverError): "gone" | "there" | "unsure" {
  const code = String(error.code ?? "");
  if (SESSION_GONE.has(code) || /^39\d{4}$/.test(code)) return "gone";
  return classifyFailure(error) === "unknown" ? "unsure" : "there";
}

const httpStatus = ({ response }: DriverError): number | undefined => response?.statusCode ?? response?.status;

/** The longest wait that somebody else's Retry-After brings about, in ms: a typing error there must not hold the events up for days. */
const MAX_RETRY_AFTER_MS = 60_000;

/** How long an answer asks to wait (`Retry-After`, in seconds or as a date), in ms; 0 when it does not. */
export function retryAfterMs({ response }: DriverError): number {
  const text = String(response?.headers?.["retry-after"] ?? "");
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(wait) ? 0 : Math.min(Math.max(wait, 0), MAX_RETRY_AFTER_MS);
}

/** `002003 (02000): SQL compilation error: …`, as Snowflake's own clients print it. */
export function describeFailure(error: DriverError): string {
  const code = error.code === undefined ? "" : String(error.code).padStart(6, "0");
  const state = error.sqlState ? ` (${error.sqlState})` : "";
  const status = httpStatus(error);
  const message = `${(error.message ?? String(error)).trim()}${status === undefined ? "" : ` (HTTP ${status})`}`;
  return code === "" || message.startsWith(code) ? message : `${code}${state}: ${message}`;
}
