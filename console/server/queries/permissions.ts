import type { Effect, Permission, PermissionChange, Permissions, Runtime } from "../../api/permissions";
import { instant, instantOrNull, number, numberOrNull, type Row, text, textOrNull } from "../warehouse/rows";
import { nameOf, type Warehouse } from "../warehouse/warehouse";

/** Everybody's permissions for who may see them, the console user's own for all others. */
export async function readPermissions(warehouse: Warehouse, user: string, seesAll: boolean): Promise<Permissions> {
  const { connection, outputs } = warehouse;
  if (!seesAll) {
    const rows = await connection.query(
      `SELECT * FROM ${nameOf(outputs.views, "myPermissions")} ORDER BY PATTERN, EFFECT`,
    );
    const permissions = rows.map((row) => permissionOf({ USER_NAME: user, ...row }));
    return { scope: "own", permissions, changes: [], runtimes: [] };
  }
  const [permissions, changes, runtimes] = await Promise.all([
    connection.query(`SELECT * FROM ${nameOf(outputs.views, "currentPermissions")} ORDER BY USER_NAME, PATTERN`),
    connection.query(
      `SELECT * FROM ${nameOf(outputs.views, "permissionChangesLast30d")} ORDER BY OCCURRED_AT DESC, EVENT_ID LIMIT 200`,
    ),
    connection.query(`SELECT * FROM ${nameOf(outputs.views, "userRuntimeLast24h")} ORDER BY RUNTIME_SECONDS DESC`),
  ]);
  return {
    scope: "all",
    permissions: permissions.map(permissionOf),
    changes: changes.map(changeOf),
    runtimes: runtimes.map(runtimeOf),
  };
}

const permissionOf = (row: Row): Permission => ({
  user: text(row.USER_NAME),
  pattern: text(row.PATTERN),
  effect: text(row.EFFECT) as Effect,
  source: text(row.SOURCE),
  maxRows: numberOrNull(row.MAX_ROWS),
  maxRuntimeSeconds: numberOrNull(row.MAX_RUNTIME_SECONDS),
  dailyRuntimeSeconds: numberOrNull(row.DAILY_RUNTIME_SECONDS),
  expiresAt: instantOrNull(row.EXPIRES_AT),
  reason: textOrNull(row.REASON),
  decidedBy: textOrNull(row.DECIDED_BY),
  decidedAt: instant(row.DECIDED_AT),
});

const changeOf = (row: Row): PermissionChange => ({
  at: instant(row.OCCURRED_AT),
  action: text(row.ACTION),
  subjectType: textOrNull(row.SUBJECT_TYPE),
  subject: textOrNull(row.SUBJECT),
  pattern: textOrNull(row.PATTERN),
  member: textOrNull(row.MEMBER),
  reason: textOrNull(row.REASON),
  by: textOrNull(row.CHANGED_BY),
});

const runtimeOf = (row: Row): Runtime => ({
  user: text(row.USER_NAME),
  queries: number(row.QUERY_COUNT),
  seconds: number(row.RUNTIME_SECONDS),
  dailySeconds: numberOrNull(row.DAILY_RUNTIME_SECONDS),
  secondsLeft: numberOrNull(row.SECONDS_LEFT),
});

/** A change of permissions as the browser asks for it. */
export interface PermissionRequest {
  kind: "grant" | "deny" | "revoke";
  subjectType: "USER" | "GROUP";
  /** As Snowflake keeps it. */
  subject: string;
  pattern: string;
  maxRows?: number | undefined;
  maxRuntimeSeconds?: number | undefined;
  dailyRuntimeSeconds?: number | undefined;
  expiresAt?: string | undefined;
  reason?: string | undefined;
}

/** Grants, denies or revokes through the warehouse's own procedures, which check and record it. */
export async function changePermission({ connection, outputs }: Warehouse, request: PermissionRequest): Promise<void> {
  const { kind, pattern, subjectType } = request;
  const subject = `"${request.subject.replace(/"/g, '""')}"`;
  const expiresAt = request.expiresAt ?? null;
  const reason = request.reason ?? null;
  if (kind === "grant") {
    await connection.query(
      `CALL ${nameOf(outputs.procedures, "grantUserPermission")}(?, ?, ?::NUMBER, ?::NUMBER, ?::NUMBER, ?::VARCHAR, ?::VARCHAR, ?)`,
      [
        subject,
        pattern,
        request.maxRows ?? null,
        request.maxRuntimeSeconds ?? null,
        request.dailyRuntimeSeconds ?? null,
        expiresAt,
        reason,
        subjectType,
      ],
    );
  } else if (kind === "deny") {
    await connection.query(
      `CALL ${nameOf(outputs.procedures, "denyUserPermission")}(?, ?, ?::VARCHAR, ?::VARCHAR, ?)`,
      [subject, pattern, expiresAt, reason, subjectType],
    );
  } else {
    await connection.query(`CALL ${nameOf(outputs.procedures, "revokeUserPermission")}(?, ?, ?::VARCHAR, ?)`, [
      subject,
      pattern,
      reason,
      subjectType,
    ]);
  }
}
