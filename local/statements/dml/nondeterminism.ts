import type { TableDoc } from "../../catalogue/model";
import { SnowflakeError } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { parameter } from "../../parameters/effective";
import { columnName, tableName } from "../../store/physical";
import type { WriteUnit } from "../../store/writeUnit";
import type { Binder } from "../../translate/binder";
import { bound } from "../../translate/bound";
import { asText } from "../../translate/conversion/cast";

/** Whether an UPDATE fails for a row that joins several; then it does not count them either. */
export const refusesMultiJoined = (context: ExecutionContext): boolean =>
  parameter(context, "ERROR_ON_NONDETERMINISTIC_UPDATE") === true;

/** Refuses to change a row for which several source rows say different things; `rid` is one such row. */
export async function duplicateRow(
  binder: Binder,
  unit: WriteUnit,
  table: TableDoc,
  rid: unknown,
): Promise<SnowflakeError> {
  const texts = table.columns.map((column) => {
    const sql = `t.${columnName(column)}`;
    const text = `(${asText(bound(sql, column.type), binder.settings)})::VARCHAR`;
    const isBare = column.type.kind === "NUMBER" || column.type.kind === "FLOAT" || column.type.kind === "BOOLEAN";
    return `coalesce(${isBare ? text : `'"' || ${text} || '"'`}, 'NULL')`;
  });
  const { rows } = await unit.read(
    `SELECT concat_ws(', ', ${texts.join(", ")}) FROM ${tableName(table.id)} AS t WHERE t._rid = ${BigInt(rid as bigint)}`,
  );
  return new SnowflakeError(
    "100090",
    "42P18",
    `Duplicate row detected during DML action\nRow Values: [${String(rows[0]?.[0] ?? "")}]`,
  );
}
