import { unsupportedFeature } from "../../../errors";

/**
 * What Snowflake has of a dynamic table and this server has not: refused by name, where "invalid property" would tell that Snowflake does not
 * know it. Source: https://docs.snowflake.com/en/sql-reference/sql/create-dynamic-table and …/alter-dynamic-table
 */
const UNSUPPORTED = [
  "FROZEN WHERE",
  "EXECUTE AS USER",
  "USE SECONDARY ROLES",
  "REQUIRE USER",
  "ROW_TIMESTAMP",
  "CONTACT",
];

/** Names of properties, or of clauses, as SET, UNSET and CREATE give them. */
export function refuseOptions(names: readonly string[]): void {
  const current = names.map((name) => (/^(FROZEN|IMMUTABLE)\b/.test(name) ? "FROZEN WHERE" : name));
  const found = UNSUPPORTED.find((option) => current.includes(option));
  if (found !== undefined) throw unsupportedFeature(`${found} of a dynamic table`);
}
