/** Why the warehouse did not answer, in a kind that decides what to tell and whether another try makes sense. */
export class WarehouseError extends Error {
  override name = "WarehouseError";

  constructor(
    readonly kind: "cancelled" | "timeout" | "login" | "denied" | "unreachable" | "failed",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

interface DriverError {
  code?: string | number;
  sqlState?: string;
  message?: string;
}

/** Codes that say the session is over: the statement was not run. */
const SESSION_OVER = new Set(["390104", "390111", "390112", "390114", "407001", "407002", "407003", "401001"]);
const CANCELLED = "000604";
const TIMEOUT = new Set(["000630", "000603"]);
/** "… does not exist or not authorized", "Insufficient privileges". */
const DENIED = new Set(["002003", "003001", "002043", "002140", "002141"]);

export const sessionIsOver = (error: unknown): boolean => SESSION_OVER.has(codeOf(error));

/** A statement that failed leaves the session whole; everything else may not. */
export const sessionSurvives = (error: unknown): boolean =>
  Boolean((error as DriverError).sqlState) && !sessionIsOver(error);

const codeOf = (error: unknown) => String((error as DriverError).code ?? "").padStart(6, "0");

/** The driver's error in words for the client. Carries no statement and no credential. */
export function asWarehouseError(error: unknown): WarehouseError {
  if (error instanceof WarehouseError) return error;
  const code = codeOf(error);
  const text = String((error as DriverError).message ?? error).split("\n")[0] ?? "";
  const cause = { cause: error };
  if (code === CANCELLED) return new WarehouseError("cancelled", "The query was cancelled.", cause);
  if (TIMEOUT.has(code))
    return new WarehouseError("timeout", "The query took longer than it may and was stopped.", cause);
  if (DENIED.has(code)) return new WarehouseError("denied", `The warehouse refused (${code}): ${text}`, cause);
  if (/^3901|^3902|^3903|^3904/.test(code) || code === "250001")
    return new WarehouseError("login", `The warehouse refused the login (${code}).`, cause);
  if ((error as DriverError).sqlState)
    return new WarehouseError("failed", `The warehouse reports an error (${code}): ${text}`, cause);
  return new WarehouseError("unreachable", "The warehouse cannot be reached; try again later.", cause);
}
