import type { Problem } from "./plan/problem";

export type ToolErrorCode =
  | "invalid_arguments"
  | "invalid_plan"
  | "denied"
  | "not_found"
  | "rate_limited"
  | "budget_used_up"
  | "timeout"
  | "cancelled"
  | "unavailable"
  | "failed";

/** What a model is told instead of an answer: what is wrong and how it can go on. */
export class ToolError extends Error {
  override name = "ToolError";

  constructor(
    readonly code: ToolErrorCode,
    message: string,
    readonly details: {
      /** Everything that is wrong, each with its place. */
      problems?: readonly Problem[];
      /** A plan that is right, to be looked at and sent instead. */
      corrected_plan?: unknown;
      /** Places of the refused plan that the corrected one does without. */
      left_out?: readonly string[];
      /** Which permissions are missing and who can give them. */
      denials?: unknown;
      /** What to do next. */
      next?: string;
    } = {},
  ) {
    super(message);
  }

  toJSON(): Record<string, unknown> {
    return { error: { code: this.code, message: this.message, ...this.details } };
  }
}
