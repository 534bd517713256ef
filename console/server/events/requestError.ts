/** What a producer is told when its request is not taken. */
export class RequestError extends Error {
  override name = "RequestError";

  /**
   * @param status of HTTP: 400 malformed, 401 no token, 405, 413 too large, 415 not understood, 429 come back later, 503 not now
   * @param code the same in one word, for programs
   */
  constructor(
    readonly status: 400 | 401 | 404 | 405 | 413 | 415 | 429 | 503,
    readonly code: string,
    message: string,
    readonly details: { problems?: readonly Problem[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
  }
}

/** One thing that is wrong with a body. */
export interface Problem {
  /** Where, in the body's own terms: `batch[3].timestamp`; empty for the body as a whole. */
  path: string;
  message: string;
}
