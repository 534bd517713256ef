/** A problem of a plan, with its place in the plan. */
export interface PlanError {
  path: string;
  message: string;
}

/** What VALIDATE_QUERY_PLAN says. */
export interface PlanVerdict {
  valid: boolean;
  errors: PlanError[];
  /** The plan in the one form that runs, as indented JSON. */
  normal: string | null;
}

/** The statement a plan becomes: fixed text, the plan is its one bound value. */
export interface BoundStatement {
  sqlText: string;
  binds: string[];
}

export type PlanCell = string | number | boolean | null | PlanCell[] | { [key: string]: PlanCell };

/** What EXECUTE_QUERY_PLAN answers. */
export interface PlanAnswer {
  valid: boolean;
  errors: PlanError[];
  columns: string[];
  rows: Record<string, PlanCell>[];
  rowCount: number;
  isTruncated: boolean;
  notice: string | null;
  queryId: string | null;
  runtimeMs: number | null;
  from: string | null;
  to: string | null;
  /** Values that a sum or an average could not count, by measure. */
  skipped: Record<string, number>;
  statement: BoundStatement;
}
