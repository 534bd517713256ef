import { existsSync } from "node:fs";
import { join } from "node:path";
import { foldIdentifier } from "../../components/identifier";
import { namesOf } from "../../components/names";
import { ACCOUNTADMIN, readSettings } from "../../components/settings";
import { reportChecks } from "../checks/report";
import { doctor } from "../doctor/doctor";
import { readDotEnv } from "../project/dotEnv";
import { PROJECT_ROOT, projectFolder } from "../project/projectFolder";
import { readStackFile, stackFileName, updateStackFile } from "../project/stackFile";
import { validate } from "../validate/validate";
import { askDeployer, askStack, askWhetherDone, isQuiet, type SetupFlags } from "./ask";
import { ACCOUNT_ROLE, bootstrapSql, creditCapSql } from "./bootstrapSql";
import { updateEnvFile } from "./envFile";
import { ensureKeyPair, readKeyPair } from "./keyPair";
import { knownConnections } from "./knownConnections";
import { environmentOf, sayWhatChanged } from "./stackDefaults";

/**
 * Prepares a stack: key pair, `.env`, configuration, the statements for the administrator. Running it again changes nothing that is
 * right. Nothing is written before everything that was given is known to be good.
 */
export async function setup(flags: SetupFlags): Promise<void> {
  const stack = await askStack(flags);
  if (stack === "local") {
    reportChecks(await doctor());
    console.log("\nNothing needs to be set up for the stack local. Start it with: npm start");
    return;
  }
  const stackFile = stackFileName(stack);
  const stackPath = join(PROJECT_ROOT, stackFile);
  const kept = readStackFile(stackPath);
  const { account, user, hasKey } = await askDeployer(flags, {
    kept: kept.account ? kept : { user: kept.user },
    connections: () => knownConnections(),
  });
  const accountRole = flags.accountRole ?? kept.accountRole ?? ACCOUNT_ROLE;
  const administrator = foldIdentifier(accountRole) === ACCOUNTADMIN;
  const creditMonitor = kept.creditMonitor ?? (administrator ? "managed" : "none");
  const environment = existsSync(stackPath) ? {} : environmentOf(stackFile);
  const own = { ...environment, account, user, accountRole, creditMonitor };
  const settings = readSettings({ config: { ...kept, ...own, password: "not asked for" }, environment: {} });
  const made = join(projectFolder().root, "keys", `${settings.user.toLowerCase().replace(/[^\w.@-]/g, "_")}.p8`);
  const keyFile = flags.privateKey ?? made;
  const { privateKey, publicKey, isEncrypted } =
    flags.privateKey === undefined ? await ensureKeyPair(made) : readKeyPair(flags.privateKey, passphrase());
  const isOtherKey = hasKey && flags.privateKey === undefined;
  const statements = bootstrapSql({
    user: settings.user,
    publicKey,
    hasOtherKey: isOtherKey,
    accountRole: settings.accountRole,
  });
  const env = join(PROJECT_ROOT, ".env");
  const before = readDotEnv();
  await updateEnvFile(env, {
    SNOWFLAKE_ACCOUNT: settings.account,
    SNOWFLAKE_USER: settings.user,
    SNOWFLAKE_PRIVATE_KEY: privateKey,
  });
  updateStackFile(stackPath, {
    ...environment,
    account: settings.account,
    user: settings.user,
    accountRole: settings.accountRole,
    creditMonitor,
  });
  const names = namesOf(settings);
  console.log(`private key    ${keyFile}`);
  console.log(`credentials    ${env}, for this user alone`);
  console.log(`configuration  ${stackFile}, database ${names.database}`);
  for (const line of sayWhatChanged(before, settings, { isEncrypted })) console.log(`note           ${line}`);
  console.log(`\nAn administrator of ${settings.account} runs this once:\n`);
  console.log(statements);
  console.log(
    `\nThen: pulumi stack init ${stack} (once); pulumi up --stack ${stack}; npm run validate -- --stack ${stack}`,
  );
  if (creditMonitor === "none" && settings.monthlyCredits > 0) {
    console.log("\nSince only ACCOUNTADMIN caps credits, the administrator runs then:\n");
    console.log(creditCapSql(names.resourceMonitor, Object.values(names.warehouses), settings.monthlyCredits));
    console.log(
      `\nAnd you: pulumi config set two-table-warehouse:creditMonitor attached --stack ${stack}; pulumi refresh --stack ${stack}`,
    );
  }
  if (isQuiet(flags) || !(await askWhetherDone())) return;
  reportChecks(await validate(stack));
}

/** As this project calls it, and as the Snowflake CLI does. */
const passphrase = (): string | undefined =>
  process.env.SNOWFLAKE_PRIVATE_KEY_PASSPHRASE || process.env.PRIVATE_KEY_PASSPHRASE || undefined;
