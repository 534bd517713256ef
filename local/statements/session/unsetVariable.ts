import { statusResult } from "../../execution/result";
import type { StatementHandler, StatementOf } from "../handler";
import { refuseInOwnerRights } from "./ownerRights";

/** UNSET a; UNSET (a, b). A variable that is not set is no error. */
export const unsetVariable: StatementHandler<StatementOf<"UnsetVariable">> = {
  async run(context, { names }) {
    refuseInOwnerRights(context, "UNSET");
    for (const name of names) context.session.variables.delete(name.value.toUpperCase());
    return statusResult("Statement executed successfully.");
  },
};
