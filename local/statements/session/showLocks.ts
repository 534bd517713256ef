import type { Show } from "../../../dialect/index";
import type { ExecutionContext } from "../../execution/context";
import { lockHolder } from "../../execution/lockWait";
import type { ResultColumn, Row, StatementResult } from "../../execution/result";
import { fullName } from "../../names/resolve";
import { hasGlobal } from "../../privileges/index";
import { fixedPoint } from "../../results/encode";
import { number, timestampLtz, varchar } from "../../types/dataType";

const COLUMNS: ResultColumn[] = [
  { name: "resource", type: varchar(), nullable: false },
  { name: "type", type: varchar(), nullable: false },
  { name: "transaction", type: number(38, 0), nullable: true },
  { name: "transaction_started_on", type: timestampLtz(3), nullable: true },
  { name: "status", type: varchar(), nullable: false },
  { name: "acquired_on", type: timestampLtz(3), nullable: true },
  { name: "query_id", type: varchar(), nullable: true },
];
const SESSION: ResultColumn = { name: "session", type: number(38, 0), nullable: false };

const moment = (millis: number | undefined): string | null =>
  millis === undefined ? null : fixedPoint(BigInt(millis) * 1000n, 3);

/** SHOW LOCKS [IN ACCOUNT]: who has changed which table in an open transaction, and who waits for that. Source: …/sql/show-locks */
export async function showLocks(context: ExecutionContext, statement: Show): Promise<StatementResult> {
  const { sessions } = context.services;
  const isAdministrator = hasGlobal(context, "MONITOR");
  const isVisible = (userId: number) =>
    userId === context.session.userId || (isAdministrator && statement.in?.type === "ACCOUNT");
  const holder = lockHolder(context.services);
  const rows: Row[] = [];
  if (holder) {
    const { session, transaction } = holder;
    const { snapshot } = transaction.unit.catalogue;
    const tables = [...transaction.tables].flatMap((id) => snapshot.byId(id) ?? []);
    const resources = tables.map((table) => fullName(snapshot, table));
    const began = [transaction.id, moment(transaction.startedOn)];
    if (isVisible(session.userId))
      for (const resource of resources) {
        const { queryId = null, at } = transaction.locked ?? {};
        rows.push([resource, "PARTITIONS", ...began, "HOLDING", moment(at), queryId, session.id]);
      }
    for (const { waiting, transaction: own, id, userId } of sessions.all())
      if (waiting && isVisible(userId))
        rows.push([
          resources[0] ?? "",
          "PARTITIONS",
          own?.id ?? null,
          moment(own?.startedOn),
          "WAITING",
          null,
          waiting.queryId,
          id,
        ]);
  }
  if (isAdministrator) return { columns: [...COLUMNS, SESSION], rows };
  return { columns: COLUMNS, rows: rows.map((row) => row.slice(0, COLUMNS.length)) };
}
