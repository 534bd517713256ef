import type { Failure } from "../../api/failure";

/** An answer that is no answer; the designed states are chosen by its kind. */
export class RequestError extends Error {
  override name = "RequestError";

  constructor(
    readonly failure: Failure,
    /** The console's own server did not answer, so the warehouse could not even be asked. */
    readonly isServerGone = false,
  ) {
    super(failure.message);
  }
}

const SERVER_GONE = "The console’s own server does not answer. It may have been stopped.";

/** What a proxy answers for a server that does not. */
const BETWEEN: ReadonlySet<number> = new Set([502, 503, 504]);

/** Asks the console's server. @throws RequestError */
export async function request<T>(path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(
      path,
      body === undefined
        ? { credentials: "same-origin" }
        : {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(body),
            credentials: "same-origin",
          },
    );
  } catch {
    throw new RequestError({ kind: "gone", message: SERVER_GONE }, true);
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer as T;
  const failure = answer as Failure | undefined;
  if (failure?.kind) throw new RequestError(failure);
  // The console says what failed; whatever stands between says no more than a number.
  if (BETWEEN.has(response.status))
    throw new RequestError({ kind: "gone", message: `${SERVER_GONE} (HTTP ${response.status})` }, true);
  throw new RequestError({ kind: "defect", message: `HTTP ${response.status}` });
}

/** A path with the parameters that are set. */
export function withQuery(path: string, parameters: Record<string, string | number | undefined | null>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}
