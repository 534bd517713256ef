import { parseOwn, stringifyExact } from "../../client/exactJson";
import { LosslessNumber } from "../../client/index";
import type { WarehouseOutputs } from "../../components/outputs";
import type { Row, RunOptions, Warehouse } from "./warehouse";

/** An event as a plan answers it, or a row of its own making. */
export type Answer = Row;

export interface PlanError {
  path: string;
  message: string;
}

export type Verdict = { valid: true; errors: []; plan: Row } | { valid: false; errors: PlanError[]; plan?: undefined };

export interface Executed {
  status: "executed";
  valid: true;
  query_id: string;
  rows: Answer[];
  row_count: number;
  returned_count: number;
  truncated: boolean;
  notice?: string;
  skipped: Record<string, number>;
  max_rows: number;
  runtime_ms: number;
  from: string;
  to: string;
}

export type Execution =
  | Executed
  | { status: "rejected"; valid: false; errors: PlanError[] }
  /** The person's runtime budget ran out while it ran, or it failed. */
  | { status: "stopped" | "failed"; valid: true; errors: PlanError[]; query_id: string };

export interface Permission {
  pattern: string;
  effect: "DENY" | "GRANT" | "INHERIT";
  source: string;
  max_rows: number | null;
  max_runtime_seconds: number | null;
  daily_runtime_seconds: number | null;
  expires_at: string | null;
  reason: string | null;
}

export interface Identity {
  user_name: string;
  role_name: string;
}

/** Everything the server ever says to the warehouse. The statements are fixed; what comes from a call is bound. */
export class Queries {
  private known: Identity | undefined;

  constructor(
    private readonly person: Warehouse,
    private readonly producer: Warehouse,
    readonly outputs: WarehouseOutputs,
    private readonly onCatalogue: (rows: readonly Row[]) => void = () => undefined,
  ) {}

  validatePlan(plan: unknown, run: RunOptions): Promise<Verdict> {
    return this.call(this.procedure("validateQueryPlan"), [stringifyExact(plan)], run) as Promise<Verdict>;
  }

  executePlan(plan: unknown, run: RunOptions): Promise<Execution> {
    return this.call(this.procedure("executeQueryPlan"), [stringifyExact(plan)], run) as Promise<Execution>;
  }

  recordToolCalls(calls: unknown[], run: RunOptions): Promise<{ runtime_ms_24h: number }> {
    const answer = this.call(this.procedure("recordToolCalls"), [JSON.stringify(calls)], run);
    return answer as Promise<{ runtime_ms_24h: number }>;
  }

  /** Lands one event, as the person in the role of producers. */
  async insertEvent(payload: string, lane: string, run: RunOptions): Promise<Row> {
    const sqlText = `CALL ${this.procedure("safeInsertEvent")}(PARSE_JSON(?), ?)`;
    return answerOf(await this.producer.run(sqlText, [payload, lane], run));
  }

  async actionCatalog(run: RunOptions): Promise<Row[]> {
    const columns = ["ACTION", "EVENT_COUNT", "EVENT_COUNT_24H", "ACTOR_COUNT", "SCHEMA_VERSIONS", "ATTRIBUTES"];
    const times = ["FIRST_SEEN_AT", "LAST_SEEN_AT"].map(utc);
    const rows = await this.rows(
      `SELECT ${[...columns, ...times].join(", ")} FROM ${this.view("actionCatalog")} ORDER BY ACTION LIMIT 10000`,
      run,
      ["SCHEMA_VERSIONS", "ATTRIBUTES"],
    );
    this.onCatalogue(rows);
    return rows;
  }

  async permissions(run: RunOptions): Promise<Permission[]> {
    const columns = [
      "PATTERN",
      "EFFECT",
      "SOURCE",
      "MAX_ROWS",
      "MAX_RUNTIME_SECONDS",
      "DAILY_RUNTIME_SECONDS",
      "REASON",
    ];
    const sqlText = `SELECT ${columns.join(", ")}, ${utc("EXPIRES_AT")} FROM ${this.view("myPermissions")} ORDER BY PATTERN`;
    return (await this.rows(sqlText, run)) as unknown as Permission[];
  }

  /** As whom the server asks: the same for as long as it runs, so the warehouse is asked once. */
  async identity(run: RunOptions): Promise<Identity> {
    if (this.known) return this.known;
    const [row] = await this.rows("SELECT CURRENT_USER() AS USER_NAME, CURRENT_ROLE() AS ROLE_NAME", run);
    this.known = row as unknown as Identity;
    return this.known;
  }

  async health(run: RunOptions): Promise<Row | undefined> {
    const columns = [
      "SCHEDULING_STATE",
      "SUSPEND_REASON",
      "TARGET_LAG_SECONDS",
      "LAG_SECONDS",
      "IS_WITHIN_TARGET",
      "LAG_P50_SECONDS",
      "LAG_P99_SECONDS",
      "LAST_REFRESH_ACTION",
      "LAST_ERROR",
      "REFRESHES_SUCCEEDED_24H",
      "REFRESHES_FAILED_24H",
      "ROWS_INSERTED_24H",
    ];
    const times = ["LAST_REFRESH_AT", "LAST_ERROR_AT"].map(instant);
    return (
      await this.rows(`SELECT ${[...columns, ...times].join(", ")} FROM ${this.view("dtHealthMonitor")}`, run)
    )[0];
  }

  async openAlerts(run: RunOptions): Promise<Row[]> {
    const times = ["FIRST_RAISED_AT", "LAST_RAISED_AT"].map(utc);
    return this.rows(
      `SELECT KIND, DETAIL, TIMES_RAISED, ${times.join(", ")} FROM ${this.view("openAlerts")} ORDER BY KIND`,
      run,
      ["DETAIL"],
    );
  }

  private async call(procedure: string, binds: string[], run: RunOptions): Promise<Row> {
    return answerOf(await this.person.run(`CALL ${procedure}(PARSE_JSON(?))`, binds, run));
  }

  /** @param json columns of JSON, which come as text */
  private async rows(sqlText: string, run: RunOptions, json: readonly string[] = []): Promise<Row[]> {
    return (await this.person.run(sqlText, [], run)).map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column.toLowerCase(),
          json.includes(column) && typeof value === "string" ? readJson(value) : value,
        ]),
      ),
    );
  }

  private procedure(key: string): string {
    return named(this.outputs.procedures[key], `${this.outputs.schemas.mcp}.${constant(key)}`);
  }

  private view(key: string): string {
    return named(this.outputs.views[key], `${this.outputs.schemas.mcp}.${constant(key)}`);
  }

  async close(): Promise<void> {
    await Promise.all([this.person.close(), this.producer.close()]);
  }
}

const named = (name: string | undefined, standard: string) => name ?? standard;

const constant = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'`;

/** A TIMESTAMP_NTZ, which holds UTC as every time of an event does, as text. To convert it would take it for a time of the session's zone. */
const utc = (column: string) => `TO_VARCHAR(${column}, ${ISO}) AS ${column}`;

/** A TIMESTAMP_LTZ, as Snowflake's own functions give it, as text in UTC, whatever the session's zone is. */
const instant = (column: string) => `TO_VARCHAR(CONVERT_TIMEZONE('UTC', ${column}), ${ISO}) AS ${column}`;

function answerOf(rows: Row[]): Row {
  const value = Object.values(rows[0] ?? {})[0];
  return (typeof value === "string" ? readJson(value) : value) as Row;
}

/** Numbers that JavaScript cannot hold become text, digit by digit. */
function readJson(text: string): unknown {
  return withoutLossless(parseOwn(text));
}

function withoutLossless(value: unknown): unknown {
  if (value instanceof LosslessNumber) return value.toString();
  if (Array.isArray(value)) return value.map(withoutLossless);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withoutLossless(child)]));
}
