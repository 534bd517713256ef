import { CommandError } from "../terminal/fail";

/** As people have it at hand: the identifier, the host, the address in the browser. */
const SNOWSIGHT = /^https?:\/\/app\.snowflake\.com\/([\w-]+)\/([\w-]+)/i;
const AROUND = /^https?:\/\/|(?:\.snowflakecomputing\.(?:com|cn))?(?:[/:].*)?$/gi;
const IDENTIFIER = /^[A-Z0-9_]+-[A-Z0-9_-]+$/;

/**
 * The account identifier of what somebody gave for it.
 * Source: Snowflake, "Account identifiers".
 * @throws CommandError saying how to find it
 */
export function accountName(given: string): string {
  const trimmed = given.trim();
  const [, organization, account] = SNOWSIGHT.exec(trimmed) ?? [];
  const name = (organization === undefined ? trimmed.replace(AROUND, "") : `${organization}-${account}`).toUpperCase();
  if (IDENTIFIER.test(name)) return name;
  throw new CommandError(
    `The account ${JSON.stringify(given)} is not ORGANIZATION-ACCOUNT${name.includes(".") ? " (it looks like a locator with its region, or a private link)" : ""}. ` +
      "Ask Snowflake with: SELECT CURRENT_ORGANIZATION_NAME() || '-' || CURRENT_ACCOUNT_NAME(); or give the address of Snowsight, https://app.snowflake.com/ORGANIZATION/ACCOUNT",
  );
}
