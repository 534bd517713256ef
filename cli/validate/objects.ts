import { LANDING_COLUMNS, PROCEDURES, VIEWS } from "../../components/catalogue";
import { outputKey } from "../../components/names";
import { type CheckResult, failed, ok, warning } from "../checks/check";
import type { WarehouseReader } from "../warehouse/warehouseReader";

const DEPLOY = "Deploy with: pulumi up";

/** Both tables, every view and every procedure, by name, and the columns of the landing table. */
export async function checkObjects(reader: WarehouseReader): Promise<CheckResult> {
  const { database, tables, views, procedures } = reader.outputs;
  const names = async (view: string, kind: string) => {
    const rows = await reader.query(
      `SELECT ${kind}_SCHEMA AS S, ${kind}_NAME AS N FROM ${database}.INFORMATION_SCHEMA.${view}`,
    );
    return new Set(rows.map(({ S, N }) => `${database}.${S}.${N}`));
  };
  const relations = await names("TABLES", "TABLE");
  const routines = await names("PROCEDURES", "PROCEDURE");
  const missing = [
    ...Object.values(tables).filter((name) => !relations.has(name)),
    ...VIEWS.flatMap(({ name }) => views[outputKey(name)] ?? []).filter((name) => !relations.has(name)),
    ...PROCEDURES.filter(({ userManagement }) => !userManagement)
      .flatMap(({ name }) => procedures[outputKey(name)] ?? [])
      .filter((name) => !routines.has(name)),
  ];
  if (missing.length > 0) return failed(`missing, or hidden from this role: ${missing.join(", ")}`, DEPLOY);
  return (
    (await strangeColumns(reader)) ?? ok(`2 tables, ${VIEWS.length} views, ${routines.size} procedures in ${database}`)
  );
}

/** Columns of the landing table that the stack did not make, or misses. It leaves them alone: one more may hold something. */
async function strangeColumns(reader: WarehouseReader): Promise<CheckResult | undefined> {
  const { database, tables } = reader.outputs;
  const rows = await reader.query(
    `SELECT COLUMN_NAME AS C FROM ${database}.INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'LANDING' AND TABLE_NAME = 'RAW_EVENTS' ORDER BY ORDINAL_POSITION`,
  );
  const found = rows.map(({ C }) => String(C));
  const extra = found.filter((name) => !LANDING_COLUMNS.some((own) => own === name));
  const gone = LANDING_COLUMNS.filter((own) => !found.includes(own));
  if (gone.length > 0)
    return failed(
      `${tables.rawEvents} lacks ${gone.join(", ")}`,
      "Add it as components/landingTable.ts declares it; what it held is in time travel",
    );
  if (extra.length === 0) return undefined;
  const names = extra.map((name) => `"${name}"`).join(", ");
  return failed(
    `${tables.rawEvents} has columns that are not its own: ${extra.join(", ")}`,
    `Keep what they hold elsewhere, then: ALTER TABLE ${tables.rawEvents} DROP COLUMN ${names};`,
  );
}

/** Roles of the stack that the user who deploys cannot take on. */
export async function checkRoles(reader: WarehouseReader): Promise<CheckResult> {
  const { deployer, service } = reader.outputs.roles;
  const [row] = await reader.query("SELECT CURRENT_AVAILABLE_ROLES() AS R, CURRENT_USER() AS U");
  const available = new Set(JSON.parse(String(row?.R)) as string[]);
  const missing = [deployer, service].filter((role) => !available.has(role));
  return missing.length === 0
    ? ok(`${row?.U} has ${deployer} and ${service}`)
    : failed(
        `${row?.U} lacks ${missing.join(", ")}`,
        `Run as SECURITYADMIN: GRANT ROLE ${deployer} TO USER ${row?.U};`,
      );
}

/** Whether something stops both warehouses when the month's credits are used up. */
export async function checkCredits(reader: WarehouseReader): Promise<CheckResult> {
  const { warehouses } = reader.outputs;
  const shown = await reader.query("SHOW WAREHOUSES");
  const monitors = Object.values(warehouses).map((name) => {
    const monitor = String(shown.find((row) => row.name === name)?.resource_monitor ?? "null");
    return { name, monitor: monitor === "null" ? undefined : monitor };
  });
  const uncapped = monitors.filter(({ monitor }) => monitor === undefined).map(({ name }) => name);
  return uncapped.length === 0
    ? ok([...new Set(monitors.map(({ monitor }) => monitor))].join(", "))
    : warning(
        `no resource monitor caps ${uncapped.join(", ")}`,
        "Have an administrator run what npm run setup prints last, or deploy with ACCOUNTADMIN and creditMonitor managed",
      );
}

/** State, lag and refresh mode of ACTIVITY.EVENTS. */
export async function checkRefresh(reader: WarehouseReader): Promise<CheckResult> {
  const { database, tables } = reader.outputs;
  const [shown] = await reader.query(`SHOW DYNAMIC TABLES LIKE 'EVENTS' IN SCHEMA ${database}.ACTIVITY`);
  if (shown === undefined) return failed(`${tables.events} is not a dynamic table`, DEPLOY);
  if (shown.refresh_mode !== "INCREMENTAL") {
    return failed(
      `refresh mode ${shown.refresh_mode}: ${shown.refresh_mode_reason}`,
      "npm run dialect -- refreshability names the clause; then: pulumi up",
    );
  }
  const [health] = await reader.query(`SELECT * FROM ${reader.outputs.views.dtHealthMonitor}`);
  if (health === undefined || health.SCHEDULING_STATE === "SUSPENDED") {
    return failed(
      `${health?.SCHEDULING_STATE ?? "not scheduled"}: ${health?.SUSPEND_REASON ?? health?.LAST_ERROR ?? "no reason is told"}`,
      `Mend the cause, then: ALTER DYNAMIC TABLE ${tables.events} RESUME;`,
    );
  }
  const lag = `lag ${health.LAG_SECONDS} s of ${health.TARGET_LAG_SECONDS} s`;
  return health.IS_WITHIN_TARGET
    ? ok(`INCREMENTAL, ${lag}`)
    : failed(`${lag}`, `Look into ${reader.outputs.views.dtHealthMonitor}: LAST_ERROR, LAG_P99_SECONDS`);
}
