import { type Query, refreshability } from "../../dialect/index";
import { compilationError } from "../errors";
import type { ExecutionContext } from "../execution/context";

export interface RefreshPlan {
  effective: "FULL" | "INCREMENTAL";
  /** What SHOW DYNAMIC TABLES prints as refresh_mode_reason. */
  reason?: string;
}

/**
 * Resolves REFRESH_MODE once, at creation. Error 002711 when INCREMENTAL is asked for and the query prevents it; the message
 * goes on to name what does. Source: https://docs.snowflake.com/en/user-guide/dynamic-tables/supported-queries
 */
export function planDynamicTable(
  _context: ExecutionContext,
  query: Query,
  wanted: "AUTO" | "FULL" | "INCREMENTAL",
): RefreshPlan {
  if (wanted === "FULL") return { effective: "FULL", reason: "USER_SPECIFIED_FULL_REFRESH" };
  const { mode, reasons } = refreshability(query);
  if (mode === "INCREMENTAL") return { effective: "INCREMENTAL" };
  if (wanted === "AUTO") return { effective: "FULL", reason: "QUERY_NOT_SUPPORTED_FOR_INCREMENTAL" };
  const named = reasons.map(({ construct, message }) => `${construct}: ${message}`).join("\n");
  throw compilationError(
    "002711",
    "0A000",
    `Dynamic Table is defined with REFRESH_MODE = INCREMENTAL, but the query is not supported for incremental refresh.\n${named}`,
  );
}
