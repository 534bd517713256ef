import { type DriverError, describeFailure } from "../../client/failure";
import { namesOf } from "../../components/names";
import { outputsOf, type WarehouseOutputs } from "../../components/outputs";
import { readSettings } from "../../components/settings";
import { type CheckResult, failed, type NamedResult, ok, skipped } from "../checks/check";
import { findTarget } from "../connection/target";
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
  const results: NamedResult[] = [{ name: "settings", ...(await checkSettings(stack ?? "local")) }];
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

async function attempt(check: () => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await check();
  } catch (error) {
    return failed(describeFailure(error as DriverError), "Grant what is missing, or deploy with: pulumi up");
  }
}
