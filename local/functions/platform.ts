import type { ExecutionContext } from "../execution/context";
import { accountOf, requireSystemRole } from "../privileges/index";
import { quote } from "../translate/sql";
import { varchar } from "../types/dataType";
import { type FunctionTable, scalar } from "./call";

/** JSON text that only the administrator of the account is told. */
const toldToAdministrators = (answer: object) =>
  scalar(
    0,
    0,
    (call) => {
      const context: ExecutionContext = call.binder.context;
      requireSystemRole(context, "ACCOUNTADMIN", accountOf(context.catalogue));
      return call.result(quote(JSON.stringify(answer)), varchar(), false);
    },
    { volatile: true },
  );

/** What a cloud would tell: this account lies in none of its networks, and no private link leads to it. */
export const platformFunctions: FunctionTable = {
  SYSTEM$GET_SNOWFLAKE_PLATFORM_INFO: toldToAdministrators({ "snowflake-vpc-id": [] }),
  SYSTEM$GET_PRIVATELINK_CONFIG: toldToAdministrators({}),
};
