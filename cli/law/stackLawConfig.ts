import { existsSync } from "node:fs";
import { join } from "node:path";
import { namesOf } from "../../components/names";
import { readSettings } from "../../components/settings";
import { durationSeconds } from "../../dialect/index";
import type { LawConfig } from "../../law/index";
import { PROJECT_ROOT } from "../project/projectFolder";
import { readStackFile, stackFileName } from "../project/stackFile";
import { CommandError } from "../terminal/fail";

/** Who deploys and where is nothing to the law, and often not in the file. */
const CONNECTION = { account: "ANY-ACCOUNT", user: "ANYBODY" };

/**
 * The configuration of the policy pack for one stack, from the stack's own configuration.
 * @throws CommandError when the stack has none, Error with every problem of it
 */
export function stackLawConfig(stack: string): { law: LawConfig } {
  const name = stackFileName(stack);
  const file = join(PROJECT_ROOT, name);
  if (!existsSync(file)) throw new CommandError(`${name} is missing. Make it with: npm run setup -- --stack ${stack}`);
  const { password: _, privateKey: __, ...config } = readStackFile(file);
  const environment = { SNOWFLAKE_PASSWORD: "not asked for", SNOWFLAKE_PORT: "1" };
  const settings = readSettings({ config: { ...CONNECTION, ...config }, environment });
  const { database, roles, warehouses } = namesOf(settings);
  return {
    law: {
      database,
      targetLagSeconds: durationSeconds(settings.targetLag),
      refreshWarehouse: warehouses.refresh,
      serviceRole: roles.service,
      deployerRole: roles.deployer,
      accountRole: settings.accountRole,
    },
  };
}
