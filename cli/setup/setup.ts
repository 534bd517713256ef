import { join } from "node:path";
import { readSettings } from "../../components/settings";
import { reportChecks } from "../checks/report";
import { doctor } from "../doctor/doctor";
import { PROJECT_ROOT, projectFolder } from "../project/projectFolder";
import { validate } from "../validate/validate";
import { ask, askWhetherDone, type SetupFlags } from "./ask";
import { bootstrapSql } from "./bootstrapSql";
import { updateEnvFile } from "./envFile";
import { ensureKeyPair } from "./keyPair";
import { knownConnections } from "./knownConnections";
import { updateStackFile } from "./stackFile";

/** Prepares a stack: key pair, `.env`, configuration, the statements for the administrator. Running it again changes nothing that is right. */
export async function setup(flags: SetupFlags): Promise<void> {
  const { stack, account, user } = await ask(flags, knownConnections());
  if (account === undefined || user === undefined) {
    reportChecks(await doctor());
    console.log("\nNothing needs to be set up for the stack local. Start it with: npm start");
    return;
  }
  const settings = readSettings({ config: { account, user, password: "not asked for" }, environment: {} });
  const keyFile = flags.privateKey ?? join(projectFolder().root, "keys", `${settings.user.toLowerCase()}.p8`);
  const { privateKey, publicKey } = await ensureKeyPair(keyFile);
  const env = join(PROJECT_ROOT, ".env");
  await updateEnvFile(env, {
    SNOWFLAKE_ACCOUNT: settings.account,
    SNOWFLAKE_USER: settings.user,
    SNOWFLAKE_PRIVATE_KEY: privateKey,
  });
  const stackFile = `Pulumi.${stack}.yaml`;
  updateStackFile(join(PROJECT_ROOT, stackFile), { account: settings.account, user: settings.user });
  console.log(`private key    ${keyFile}`);
  console.log(`credentials    ${env}, for this user alone`);
  console.log(`configuration  ${stackFile}`);
  console.log(`\nAn administrator of ${settings.account} runs this once:\n`);
  console.log(bootstrapSql(settings.user, publicKey));
  console.log(`\nThen: pulumi up --stack ${stack}; npm run validate -- --stack ${stack}`);
  if (flags.yes || !process.stdin.isTTY || !(await askWhetherDone())) return;
  reportChecks(await validate(stack));
}
