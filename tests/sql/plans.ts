import type { Connection } from "snowflake-sdk";
import { call } from "./warehouse";

/** What EXECUTE_QUERY_PLAN answers, as far as tests look at it. */
export interface PlanAnswer {
  status: "executed" | "stopped" | "failed" | "rejected";
  valid: boolean;
  rows: Record<string, unknown>[];
  row_count: number;
  returned_count: number;
  truncated: boolean;
  notice?: string;
  skipped: Record<string, number>;
  query_id: string;
  event_id: string;
  errors: { path: string; message: string }[];
}

export const execute = async (connection: Connection, plan: unknown): Promise<PlanAnswer> =>
  (await call(connection, "EXECUTE_QUERY_PLAN(PARSE_JSON(?))", [JSON.stringify(plan)])) as unknown as PlanAnswer;

export const validate = async (connection: Connection, plan: unknown): Promise<PlanAnswer> =>
  (await call(connection, "VALIDATE_QUERY_PLAN(PARSE_JSON(?))", [JSON.stringify(plan)])) as unknown as PlanAnswer;

/** A window wide enough for every fixture. */
export const MARCH = { from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z" };
