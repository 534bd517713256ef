import type { Node, Span } from "../../ast/index";
import type { Visitor } from "../../visitor";

/** The page that rules go back to where they name none. */
export const SUPPORTED_QUERIES = "https://docs.snowflake.com/en/user-guide/dynamic-tables/supported-queries";
export const REFRESH_MODES = "https://docs.snowflake.com/en/user-guide/dynamic-tables/refresh-modes";

export interface RefreshReason {
  /** The construct, in the words of Snowflake's page: `Subquery outside FROM`, `LIMIT`, … */
  construct: string;
  /** What was found and what follows from it. */
  message: string;
  /** The supported way to write it. */
  fix: string;
  span: Span;
  /** True when Snowflake supports the construct with REFRESH_MODE = FULL. */
  supportedInFull: boolean;
  page: string;
}

export type Report = (
  node: Node | Span,
  reason: Omit<RefreshReason, "span" | "page" | "supportedInFull"> & { supportedInFull?: boolean; page?: string },
) => void;

/** One construct that a dynamic table cannot refresh incrementally. */
export type RefreshRule = (report: Report) => Visitor;
