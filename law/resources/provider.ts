import type { Judged } from "./judged";

/**
 * The provider itself. It writes every name in quotes; with this parameter of the session Snowflake reads quoted names in upper
 * case, and the law, which looks at each resource alone, still reads them as they are written.
 */
export function readProvider({ params }: Record<string, unknown>): Judged {
  // A provider's nested settings are handed over as JSON.
  const given = typeof params === "string" ? params : JSON.stringify(params ?? {});
  const remarks = IGNORES_CASE.test(given)
    ? [
        "QUOTED_IDENTIFIERS_IGNORE_CASE is on: names of resources in small letters are read as if in capitals; the law reads them as written.",
      ]
    : [];
  return { texts: [], unknown: [], remarks };
}

const IGNORES_CASE = /"quoted_identifiers_ignore_case"\s*:\s*"?true/i;
