import type { Failure, FailureKind } from "../../api/failure";

/** An error that the browser is told about. */
export class ConsoleError extends Error {
  override name = "ConsoleError";

  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly code?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  toJSON(): Failure {
    return { kind: this.kind, message: this.message, ...(this.code ? { code: this.code } : {}) };
  }
}

interface DriverError {
  message?: string;
  code?: number | string;
  sqlState?: string;
}

/** Object does not exist or not authorized (002003, 002043; a procedure: 002140, 002141); insufficient privileges; no active warehouse that may be used. */
const NO_PERMISSION = new Set(["002003", "002043", "002140", "002141", "003001", "003041", "000606"]);

/** Puts an error of the driver into the console's terms. Snowflake's words are kept. */
export function fromDriver(error: unknown): ConsoleError {
  if (error instanceof ConsoleError) return error;
  const { message = "unknown error", code, sqlState } = error as DriverError;
  const text = code === undefined ? undefined : String(code).padStart(6, "0");
  // 39xxxx: login refused, session expired or unknown; a new session is the only way on.
  const isSessionLost = text?.startsWith("39") ?? false;
  if (isSessionLost || sqlState === undefined || !/^[0-9A-Z]{5}$/.test(sqlState) || sqlState.startsWith("08")) {
    return new ConsoleError("gone", `The warehouse cannot be reached: ${message}`, text, { cause: error });
  }
  const kind = text !== undefined && NO_PERMISSION.has(text) ? "no-permission" : "refused";
  return new ConsoleError(kind, message, text, { cause: error });
}
