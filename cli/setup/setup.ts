import { join } from "node:path";
import { foldIdentifier } from "../../components/identifier";
import { namesOf } from "../../components/names";
import { ACCOUNTADMIN, readSettings } from "../../components/settings";
import { reportChecks } from "../checks/report";
import { doctor } from "../doctor/doctor";
import { PROJECT_ROOT, projectFolder } from "../project/projectFolder";
import { readStackFile, updateStackFile } from "../project/stackFile";
import { validate } from "../validate/validate";
import { ask, askWhetherDone, type SetupFlags } from "./ask";
import { ACCOUNT_ROLE, bootstrapSql, creditCapSql } from "./bootstrapSql";
import { updateEnvFile } from "./envFile";
import { ensureKeyPair } from "./keyPair";
import { knownConnections } from "./knownConnections";

/** Prepares a stack: key pair, `.env`, configuration, the statements for the administrator. Running it again changes nothing that is right. */
export async function setup(flags: SetupFlags): Promise<void> {
  const { stack, account, user } = await ask(flags, knownConnections());
  if (account === undefined || user === undefined) {
    reportChecks(await doctor());
    console.log("\nNothing needs to be set up for the stack local. Start it with: npm start");
    return;
  }
  const stackFile = `Pulumi.${stack}.yaml`;
  const kept = readStackFile(join(PROJECT_ROOT, stackFile));
  const accountRole = flags.accountRole ?? kept.accountRole ?? ACCOUNT_ROLE;
  const administrator = foldIdentifier(accountRole) === ACCOUNTADMIN;
  const creditMonitor = kept.creditMonitor ?? (administrator ? "managed" : "none");
  const own = { account, user, accountRole, creditMonitor };
  const settings = readSettings({ config: { ...kept, ...own, password: "not asked for" }, environment: {} });
  const keyFile = flags.privateKey ?? join(projectFolder().root, "keys", `${settings.user.toLowerCase()}.p8`);
  const { privateKey, publicKey } = await ensureKeyPair(keyFile);
  const env = join(PROJECT_ROOT, ".env");
  await updateEnvFile(env, {
    SNOWFLAKE_ACCOUNT: settings.account,
    SNOWFLAKE_USER: settings.user,
    SNOWFLAKE_PRIVATE_KEY: privateKey,
  });
  updateStackFile(join(PROJECT_ROOT, stackFile), {
    account: settings.account,
    user: settings.user,
    accountRole: settings.accountRole,
    creditMonitor,
  });
  console.log(`private key    ${keyFile}`);
  console.log(`credentials    ${env}, for this user alone`);
  console.log(`configuration  ${stackFile}`);
  console.log(`\nAn administrator of ${settings.account} runs this once:\n`);
  console.log(bootstrapSql({ user: settings.user, publicKey, accountRole: settings.accountRole }));
  console.log(`\nThen: pulumi up --stack ${stack}; npm run validate -- --stack ${stack}`);
  if (creditMonitor === "none" && settings.monthlyCredits > 0) {
    const { resourceMonitor, warehouses } = namesOf(settings);
    console.log("\nSince only ACCOUNTADMIN caps credits, the administrator runs then:\n");
    console.log(creditCapSql(resourceMonitor, Object.values(warehouses), settings.monthlyCredits));
    console.log(
      `\nAnd you: pulumi config set two-table-warehouse:creditMonitor attached --stack ${stack}; pulumi refresh --stack ${stack}`,
    );
  }
  if (flags.yes || !process.stdin.isTTY || !(await askWhetherDone())) return;
  reportChecks(await validate(stack));
}
