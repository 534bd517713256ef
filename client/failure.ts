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
}

/** Login and session codes, of which the expired ones pass by logging in again. */
const SESSION_GONE = new Set(["390104", "390111", "390112", "390114", "390195", "407002"]);

/** Snowflake's "data exception" class; 100… are its conversion errors. */
const isDataState = (sqlState: string, code: string) =>
  sqlState.startsWith("22") || (/^100\d{3}$/.test(code) && sqlState !== "P0001");

export function classifyFailure(error: DriverError): FailureKind {
  const code = String(error.code ?? "");
  const sqlState = error.sqlState ?? error.data?.sqlState ?? "";
  if (SESSION_GONE.has(code)) return "unknown";
  if (/^39\d{4}$/.test(code)) return "refused";
  // Without an SQL state the answer is not from the statement: the connection, a proxy or the driver failed.
  if (sqlState === "" || sqlState.startsWith("08")) return "unknown";
  return isDataState(sqlState, code) ? "data" : "refused";
}

/** Whether the session is still there: only the failure of a statement (not of the login, the session, the connection) leaves it. */
export function sessionSurvives(error: DriverError): boolean {
  return classifyFailure(error) !== "unknown" && !/^39\d{4}$/.test(String(error.code ?? ""));
}

/** `002003 (02000): SQL compilation error: …`, as Snowflake's own clients print it. */
export function describeFailure(error: DriverError): string {
  const code = error.code === undefined ? "" : String(error.code).padStart(6, "0");
  const state = error.sqlState ? ` (${error.sqlState})` : "";
  const message = (error.message ?? String(error)).trim();
  return code === "" || message.startsWith(code) ? message : `${code}${state}: ${message}`;
}
