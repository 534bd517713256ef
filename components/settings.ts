import { readFileSync } from "node:fs";
import { z } from "zod";
import { foldIdentifier } from "./identifier";
import { parseTargetLag } from "./targetLag";

/** Namespace of the configuration keys, e.g. `pulumi config set two-table-warehouse:targetLag "2 minutes"`. */
export const NAMESPACE = "two-table-warehouse";

/** The only role that makes resource monitors and attaches them to warehouses. */
export const ACCOUNTADMIN = "ACCOUNTADMIN";

const identifier = z.string().transform((text, context) => {
  try {
    return foldIdentifier(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: (error as Error).message });
    return z.NEVER;
  }
});

const integer = (from: number, to: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to, {
      error: ({ input }) => `expected a whole number from ${from} to ${to}, found ${JSON.stringify(input)}`,
    })
    .transform(Number);

const flag = z
  .enum(["true", "false"], { error: ({ input }) => `expected true or false, found ${JSON.stringify(input)}` })
  .transform((text) => text === "true");

const size = z
  .string()
  .transform((text) => text.toUpperCase().replace(/-/g, ""))
  .refine((text) => ["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE"].includes(text), {
    error: "expected XSMALL, SMALL, MEDIUM, LARGE or XLARGE",
  });

/** An account identifier as the provider takes it: organisation and account, never a legacy locator or a host name. */
const account = z
  .string({
    error:
      "is required; expected ORGANIZATION-ACCOUNT, as SELECT CURRENT_ORGANIZATION_NAME(), CURRENT_ACCOUNT_NAME() tells",
  })
  .transform((text) => text.replace(/\.snowflakecomputing\.(com|cn)$/i, "").toUpperCase())
  .refine((text) => /^[A-Z0-9_]+-[A-Z0-9_-]+$/.test(text), {
    error: "expected ORGANIZATION-ACCOUNT (letters, digits, _), not a locator such as xy12345.eu-west-1",
  });

const schema = z.object({
  account,
  user: z
    .string({ error: "is required; the name of the user that deploys" })
    .min(1, { error: "is empty" })
    .transform((name) => name.toUpperCase()),
  password: z.string().min(1, { error: "is empty" }).optional(),
  privateKey: z
    .string()
    .refine((text) => text.includes("-----BEGIN"), { error: "expected the PEM text of a private key (not a path)" })
    .optional(),
  privateKeyPassphrase: z.string().optional(),
  host: z
    .string()
    .regex(/^[a-zA-Z0-9._-]+$/, { error: "expected a host name without scheme or port" })
    .optional(),
  port: integer(1, 65535).optional(),
  protocol: z
    .enum(["https", "http"], { error: ({ input }) => `expected https or http, found ${JSON.stringify(input)}` })
    .default("https"),
  accountRole: identifier.default(ACCOUNTADMIN),
  deployerRole: identifier.default("TWO_TABLE_DEPLOYER"),
  database: identifier.default("CLAUDE_BI"),
  environment: z.union([z.literal(""), identifier]).default(""),
  entity: identifier.default("CUSTOMER"),
  targetLag: z
    .string()
    .transform((text, context) => {
      try {
        return parseTargetLag(text);
      } catch (error) {
        context.addIssue({ code: "custom", message: (error as Error).message });
        return z.NEVER;
      }
    })
    .default("1 minute"),
  retentionDays: integer(1, 90).default(1),
  monthlyCredits: integer(0, 1_000_000).default(100),
  creditMonitor: z
    .enum(["managed", "attached", "none"], {
      error: ({ input }) => `expected managed, attached or none, found ${JSON.stringify(input)}`,
    })
    .default("managed"),
  queryWarehouseSize: size.default("XSMALL"),
  refreshWarehouseSize: size.default("XSMALL"),
  statementTimeoutSeconds: integer(1, 604_800).default(3600),
  userManagement: flag.default(true),
  notificationIntegration: identifier.optional(),
  notificationEmail: z.email({ error: "expected an e-mail address" }).optional(),
  searchOptimization: flag.default(true),
  protect: flag.default(true),
  adopt: flag.default(false),
});

/** The configuration of one stack, typed and with its defaults filled in; docs/configuration.md explains each key. */
export type Settings = z.output<typeof schema>;
type SettingKey = keyof Settings;
const SETTING_KEYS = Object.keys(schema.shape) as SettingKey[];

/** Environment variables that stand in for connection keys which no stack file should have to hold. */
const ENVIRONMENT_VARIABLES: Partial<Record<SettingKey, readonly string[]>> = {
  account: ["SNOWFLAKE_ACCOUNT"],
  user: ["SNOWFLAKE_USER", "SNOWFLAKE_USERNAME"],
  password: ["SNOWFLAKE_PASSWORD"],
  privateKey: ["SNOWFLAKE_PRIVATE_KEY"],
  privateKeyPassphrase: ["SNOWFLAKE_PRIVATE_KEY_PASSPHRASE"],
  host: ["SNOWFLAKE_HOST"],
  port: ["SNOWFLAKE_PORT"],
  protocol: ["SNOWFLAKE_PROTOCOL"],
};

/** Where the raw texts come from: `pulumi.Config` and `process.env`, or two plain objects in a test. */
export interface SettingsSource {
  config: Readonly<Record<string, string | undefined>>;
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads and checks the settings.
 * @param notice is told of every value that was changed on the way in (a name folded to upper case)
 * @throws one Error that lists every problem with its key, what was found, and how to set it
 */
export function readSettings(source: SettingsSource, notice: (message: string) => void = () => {}): Settings {
  const raw: Record<string, string> = {};
  for (const key of SETTING_KEYS) {
    const variables = ENVIRONMENT_VARIABLES[key] ?? [];
    const value =
      source.config[key] ??
      variables.map((name) => source.environment[name] || undefined).find((text) => text !== undefined);
    if (value !== undefined) raw[key] = value;
  }
  const unread = raw.password || raw.privateKey ? undefined : readKeyFile(source.environment, raw);
  const problems = Object.keys(source.config)
    .filter((key) => !SETTING_KEYS.includes(key as SettingKey))
    .map((key) => `${key}: is not a setting${nearest(key)}`);
  const parsed = schema.safeParse(raw);
  for (const { path, message } of parsed.error?.issues ?? []) {
    const variable = ENVIRONMENT_VARIABLES[path[0] as SettingKey]?.[0];
    problems.push(
      `${path.join(".")}: ${message}${variable && raw[String(path[0])] === undefined ? ` (or set ${variable})` : ""}`,
    );
  }
  const { password, privateKey, notificationEmail, notificationIntegration } = raw;
  if (unread) problems.push(unread);
  else if (!password && !privateKey)
    problems.push("password: is required unless privateKey is set (or set SNOWFLAKE_PASSWORD)");
  const { creditMonitor, monthlyCredits, accountRole } = parsed.data ?? {};
  if (creditMonitor === "managed" && monthlyCredits !== 0 && accountRole !== ACCOUNTADMIN)
    problems.push(
      `creditMonitor: only ${ACCOUNTADMIN} makes resource monitors, and accountRole is ${accountRole}; set it to none, and to attached once an administrator has attached one`,
    );
  if (raw.protocol === "http" && !raw.port)
    problems.push("port: is required with protocol http (or set SNOWFLAKE_PORT)");
  // The provider reads the environment by itself as well, and takes one of the two.
  if (password && privateKey)
    problems.push(
      "privateKey: set it or password, not both (SNOWFLAKE_PASSWORD and SNOWFLAKE_PRIVATE_KEY of the environment count)",
    );
  if (notificationEmail && !notificationIntegration)
    problems.push("notificationEmail: needs notificationIntegration, the e-mail integration to send through");
  if (parsed.error || problems.length > 0) {
    const list = problems.sort().map((problem) => `  - ${problem}`);
    throw new Error(
      `The stack's configuration has ${problems.length} problem${problems.length === 1 ? "" : "s"}:\n${list.join("\n")}\nSet a value with: pulumi config set ${NAMESPACE}:<key> <value>   (add --secret for passwords and keys)`,
    );
  }
  const settings = parsed.data as Settings;
  for (const key of ["database", "environment", "entity", "deployerRole", "accountRole"] as const) {
    if (raw[key] !== undefined && raw[key] !== settings[key])
      notice(`${key}: ${JSON.stringify(raw[key])} is written ${settings[key]}, so that unquoted SQL finds it`);
  }
  return settings;
}

/** Takes the key of the file that SNOWFLAKE_PRIVATE_KEY_PATH names, as the other programs do. Gives the problem if it cannot be read. */
function readKeyFile(environment: SettingsSource["environment"], raw: Record<string, string>): string | undefined {
  const path = environment.SNOWFLAKE_PRIVATE_KEY_PATH;
  if (!path) return undefined;
  try {
    raw.privateKey = readFileSync(path, "utf8");
    return undefined;
  } catch (error) {
    return `privateKey: the file of SNOWFLAKE_PRIVATE_KEY_PATH cannot be read: ${(error as Error).message}`;
  }
}

function nearest(key: string): string {
  const match = SETTING_KEYS.find(
    (known) => known.toLowerCase().replace(/[^a-z]/g, "") === key.toLowerCase().replace(/[^a-z]/g, ""),
  );
  return match ? `; did you mean ${match}?` : `; known are ${SETTING_KEYS.join(", ")}`;
}
