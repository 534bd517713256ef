import type { Show } from "../../../dialect/index";
import type { ExecutionContext } from "../../execution/context";
import type { ResultColumn, StatementResult } from "../../execution/result";
import { hasGlobal } from "../../privileges/index";
import { fixedPoint } from "../../results/encode";
import type { OpenTransaction, Session } from "../../session/session";
import { number, timestampLtz, varchar } from "../../types/dataType";

const COLUMNS: ResultColumn[] = [
  { name: "id", type: number(38, 0), nullable: false },
  { name: "user", type: varchar(), nullable: false },
  { name: "session", type: number(38, 0), nullable: false },
  { name: "name", type: varchar(), nullable: false },
  { name: "started_on", type: timestampLtz(3), nullable: false },
  { name: "state", type: varchar(), nullable: false },
  { name: "scope", type: number(38, 0), nullable: false },
];

/** SHOW TRANSACTIONS [IN ACCOUNT]: the user's open transactions; with IN ACCOUNT everybody's, for roles that may see them. */
export async function showTransactions(context: ExecutionContext, statement: Show): Promise<StatementResult> {
  const seesAll = statement.in?.type === "ACCOUNT" && hasGlobal(context, "MONITOR");
  const rows = context.services.sessions
    .all()
    .filter((session) => seesAll || session.userId === context.session.userId)
    .flatMap((session) => open(session).map((transaction) => rowOf(context, session, transaction)));
  return { columns: COLUMNS, rows };
}

function open(session: Session): OpenTransaction[] {
  const found: OpenTransaction[] = [];
  for (let at = session.transaction; at; at = at.enclosing) found.unshift(at);
  return found;
}

const rowOf = (context: ExecutionContext, session: Session, transaction: OpenTransaction) => [
  transaction.id,
  context.catalogue.get("USER", session.userId)?.name ?? "",
  session.id,
  transaction.name,
  fixedPoint(BigInt(transaction.startedOn) * 1000n, 3),
  "running",
  String(transaction.scope),
];
