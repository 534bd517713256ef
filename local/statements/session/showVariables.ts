import type { Show } from "../../../dialect/index";
import type { ExecutionContext } from "../../execution/context";
import type { ResultColumn, StatementResult } from "../../execution/result";
import { showPattern } from "../../names/like";
import { fixedPoint } from "../../results/encode";
import { valueToWire } from "../../results/value";
import { number, timestampLtz, varchar } from "../../types/dataType";
import { wireFacts } from "../../types/rowType";
import { textOf } from "../ddl/support/values";
import { refuseInOwnerRights } from "./ownerRights";

const COLUMNS: ResultColumn[] = [
  { name: "session_id", type: number(38, 0), nullable: false },
  { name: "created_on", type: timestampLtz(3), nullable: false },
  { name: "updated_on", type: timestampLtz(3), nullable: false },
  { name: "name", type: varchar(), nullable: false },
  { name: "value", type: varchar(), nullable: true },
  { name: "type", type: varchar(), nullable: false },
  { name: "comment", type: varchar(), nullable: false },
];

/** SHOW VARIABLES [LIKE '…'] */
export async function showVariables(context: ExecutionContext, statement: Show): Promise<StatementResult> {
  refuseInOwnerRights(context, "SHOW_VARIABLES");
  const matches = statement.like ? showPattern(textOf(context, statement.like, "LIKE")) : () => true;
  const time = fixedPoint(BigInt(context.session.createdOn) * 1000n, 3);
  const rows = [...context.session.variables]
    .filter(([name]) => matches(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [context.session.id, time, time, name, valueToWire(value), wireFacts(value.type).type, ""]);
  return { columns: COLUMNS, rows };
}
