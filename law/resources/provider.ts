import type { Judged } from "./judged";

/**
 * The provider itself. It writes every name in quotes; with this parameter of its session Snowflake reads them in upper case,
 * as it would with the same parameter of the account, and the law reads those of the whole stack so.
 */
export function readProvider({ params }: Record<string, unknown>): Judged {
  // A provider's nested settings are handed over as JSON.
  const given = typeof params === "string" ? params : JSON.stringify(params ?? {});
  const texts = IGNORES_CASE.test(given) ? [{ sql: "ALTER ACCOUNT SET QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE" }] : [];
  return { texts, unknown: [], remarks: [] };
}

const IGNORES_CASE = /"quoted_identifiers_ignore_case"\s*:\s*"?true/i;
