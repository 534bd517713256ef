import { type DriverError, describeFailure } from "../../client/failure";
import { namesOf } from "../../components/names";
import { outputsOf, type WarehouseOutputs } from "../../components/outputs";
import { readSettings } from "../../components/settings";
import { type CheckResult, failed, type NamedResult, ok, skipped } from "../checks/check";
import { findTarget } from "../connection/target";
import { loadDotEnv } from "../project/dotEnv";
import { CommandError } from "../terminal/fail";
import { WarehouseReader } from "../warehouse/warehouseReader";
import { checkLaw } from "./law";
import { checkCredits, checkObjects, checkRefresh, checkRoles } from "./objects";
import { checkSettings } from "./settings";

/** What is asked of a connected account, in the order in which one thing needs the other. */
const CHECKS: [name: string, check: (reader: WarehouseReader) => Promise<CheckResult>][] = [
  ["roles", checkRoles],
  ["objects", checkObjects],
  ["credits", checkCredits],
  ["law", checkLaw],
  ["refresh", checkRefresh],
];

/**
 * Settings, connection, roles, deployed objects, the law and the refresh of one stack.
 * @param stack default: the account of the environment or of `.env`, else what `npm start` runs
 */
export async function validate(stack: string | undefined): Promise<NamedResult[]> {
  // Credentials of a stack are there as often as in the environment.
  loadDotEnv();
  const byAccount = stack === undefined && Boolean(process.env.SNOWFLAKE_ACCOUNT);
  const settings = byAccount ? checkEnvironment() : await checkSettings(stack ?? "local");
  const results: NamedResult[] = [{ name: "settings", ...settings }];
  const { reader, ...connected } = await connect(stack);
  results.push({ name: "connection", ...connected });
  for (const [name, check] of CHECKS) {
    results.push({ name, ...(reader ? await attempt(() => check(reader)) : skipped("not connected")) });
  }
  await reader?.close();
  return results;
}

async function connect(stack: string | undefined): Promise<CheckResult & { reader?: WarehouseReader }> {
  try {
    const target = await findTarget({ stack });
    const outputs = target.outputs ?? outputsOfEnvironment();
    const reader = await WarehouseReader.connect(outputs, target.connection);
    const [row] = await reader.query("SELECT CURRENT_VERSION() AS V, CURRENT_USER() AS U, CURRENT_ROLE() AS R");
    return { ...ok(`${target.name} as ${row?.U}, ${row?.R}; Snowflake ${row?.V}`), reader };
  } catch (error) {
    // It says what to do.
    if (error instanceof CommandError) return { state: "failed", found: error.message };
    return failed(
      describeFailure(error as DriverError),
      "Check account, user and credentials in .env or the environment; start the local one with: npm start",
    );
  }
}

/** An account that was named without a stack holds what the default settings deploy. */
function outputsOfEnvironment(): WarehouseOutputs {
  const { SNOWFLAKE_DATABASE: database, SNOWFLAKE_ACCOUNT_ROLE: accountRole } = process.env;
  const config = { database, accountRole, creditMonitor: "none" };
  const settings = readSettings({ config, environment: process.env });
  return outputsOf(settings, namesOf(settings));
}

function checkEnvironment(): CheckResult {
  try {
    const { database } = outputsOfEnvironment();
    return ok(`no stack named: the account of SNOWFLAKE_ACCOUNT, database ${database}, standard names`);
  } catch (error) {
    const [first = "", ...problems] = (error as Error).message.split("\n");
    return failed(
      [first.replace("stack's configuration", "environment"), ...problems.slice(0, -1).map((line) => line.trim())].join(
        " ",
      ),
      "Correct them in the environment or .env, or name a stack with --stack",
    );
  }
}

async function attempt(check: () => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await check();
  } catch (error) {
    return failed(describeFailure(error as DriverError), "Grant what is missing, or deploy with: pulumi up");
  }
}
