import { durationSeconds } from "../../dialect/index";
import { judge, lawSettings } from "../../law/index";
import { type CheckResult, failed, ok, warning } from "../checks/check";
import { liveSources } from "../law/live/liveSources";
import type { WarehouseReader } from "../warehouse/warehouseReader";

const HOW = "See each with its place: npm run law -- --live";

/** The Two-Table Law over what stands in the account. */
export async function checkLaw(reader: WarehouseReader): Promise<CheckResult> {
  const { database, roles, warehouses, targetLag } = reader.outputs;
  const settings = lawSettings({
    database,
    serviceRole: roles.service,
    deployerRole: roles.deployer,
    accountRole: roles.account,
    refreshWarehouse: warehouses.refresh,
    targetLagSeconds: durationSeconds(targetLag),
  });
  const { sources, unread } = await liveSources((sql) => reader.query(sql), settings);
  const { findings } = judge(sources, { settings, whole: unread.length === 0 });
  const [first] = findings;
  if (first) return failed(`${findings.length} findings, the first: ${first.code} ${first.message}`, HOW);
  if (unread.length > 0) return warning(`kept, as far as this role sees; not read: ${unread[0]}`, HOW);
  return ok("kept: two tables and nothing else that holds rows");
}
