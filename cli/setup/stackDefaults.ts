import type { Settings } from "../../components/settings";

/**
 * The environment of a stack that is new: its objects must not have the names of another one's in the same account. `prod` has the
 * plain names.
 */
export function environmentOf(stackFile: string): { environment?: string } {
  const name = stackFile.replace(/^Pulumi\.|\.yaml$/g, "");
  if (name === "prod") return {};
  return { environment: name.toUpperCase().replace(/\W/g, "_").replace(/^\d/, "_$&") };
}

/** What somebody would be surprised by later. */
export function sayWhatChanged(
  before: Readonly<Record<string, string>>,
  { account, user }: Pick<Settings, "account" | "user">,
  { isEncrypted }: { isEncrypted: boolean },
  environment: NodeJS.ProcessEnv = process.env,
): string[] {
  const notes: string[] = [];
  const [was, as] = [before.SNOWFLAKE_ACCOUNT, before.SNOWFLAKE_USER];
  if ((was && was !== account) || (as && as !== user))
    notes.push(`.env held ${was ?? "another account"} as ${as ?? "another user"}; setup for that stack brings it back`);
  if (before.SNOWFLAKE_PASSWORD)
    notes.push("SNOWFLAKE_PASSWORD in .env is a comment now: the key pair takes its place, and both are not taken");
  if (environment.SNOWFLAKE_PASSWORD)
    notes.push("SNOWFLAKE_PASSWORD is set in the environment: unset it before pulumi up, which takes one of the two");
  if (isEncrypted)
    notes.push("the key is encrypted: pulumi up, validate and load want SNOWFLAKE_PRIVATE_KEY_PASSPHRASE");
  return notes;
}
