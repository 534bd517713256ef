import type { ExecuteAlert } from "../../../dialect/index";
import { executeAlertNow } from "../../alerts/scheduler";
import { accessControlError } from "../../errors";
import { statusResult } from "../../execution/result";
import { resolveSchemaObject } from "../../names/resolve";
import { hasGlobal, ownerRights, requireAny, requirePrivilege } from "../../privileges/index";
import type { StatementHandler } from "../handler";

/** EXECUTE ALERT: starts one run, which goes on by itself. Source: https://docs.snowflake.com/en/sql-reference/sql/execute-alert */
export const executeAlert: StatementHandler<ExecuteAlert> = {
  async run(context, statement) {
    const { catalogue, services } = context;
    const doc = resolveSchemaObject(context, "ALERT", statement.name, "EXECUTE ALERT");
    requireAny(context, ["OPERATE"], doc);
    const owner = { catalogue, rights: ownerRights(context, doc) };
    if (!hasGlobal(owner, "EXECUTE ALERT"))
      throw accessControlError("Cannot execute alert , EXECUTE ALERT privilege must be granted to owner role");
    const warehouse = doc.warehouseId === undefined ? undefined : catalogue.get("WAREHOUSE", doc.warehouseId);
    if (warehouse) requirePrivilege(owner, "USAGE", warehouse);
    // What the session has not committed yet is not seen by the alert.
    executeAlertNow(services, doc.id);
    return statusResult(`Alert ${doc.name} is scheduled to run immediately.`);
  },
};
