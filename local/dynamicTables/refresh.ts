import type { DynamicTableDoc } from "../catalogue/model";
import type { ExecutionContext } from "../execution/context";
import { type StatementResult, statusResult } from "../execution/result";
import type { WriteUnit } from "../store/writeUnit";
import { refreshRows } from "./refreshRows";

/** The first refresh, or the one after a changed query; part of the statement that asks for it. */
export async function initializeDynamicTable(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: DynamicTableDoc,
): Promise<void> {
  await refreshRows(context, unit, doc);
}

/** ALTER DYNAMIC TABLE … REFRESH. */
export function refreshDynamicTable(context: ExecutionContext, doc: DynamicTableDoc): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      await refreshRows(context, unit, doc);
      return statusResult("Statement executed successfully.");
    },
    { ddl: true },
  );
}
