/**
 * What went wrong, in the console's own terms; each kind has a designed state in the browser.
 * - `no-permission`: the role of the console may not read or do this
 * - `gone`: the warehouse cannot be reached or does not answer in time
 * - `refused`: the warehouse refused the request and says why
 * - `invalid`: the request itself is malformed
 * - `not-found`: there is no such thing
 * - `unauthenticated`: a token is needed
 * - `too-many`: asked too often
 * - `defect`: none of these
 */
export type FailureKind =
  | "no-permission"
  | "gone"
  | "refused"
  | "invalid"
  | "not-found"
  | "unauthenticated"
  | "too-many"
  | "defect";

/** The body of every answer that is not 2xx. */
export interface Failure {
  kind: FailureKind;
  message: string;
  /** Snowflake's own error code, when it was Snowflake that refused. */
  code?: string;
}
