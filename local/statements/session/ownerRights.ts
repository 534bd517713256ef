import { SnowflakeError } from "../../errors";
import type { ExecutionContext } from "../../execution/context";

/**
 * What belongs to the caller's session is refused inside owner's-rights code.
 * Source: https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-rights
 */
export function refuseInOwnerRights(context: ExecutionContext, statementType: string): void {
  if (context.rights.frame !== "owner") return;
  throw new SnowflakeError(
    "090236",
    "42601",
    `Stored procedure execution error: Unsupported statement type '${statementType}'.`,
  );
}
