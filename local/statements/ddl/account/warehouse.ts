import { randomUUID } from "node:crypto";
import type { CreateObject } from "../../../../dialect/index";
import type { WarehouseDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import { compilationError, invalidValue, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { accountOf, requireSystemRole } from "../../../privileges/index";
import { WAREHOUSE_DEFAULTS } from "../../../warehouses/defaults";
import { warehouseSize } from "../../../warehouses/sizes";
import { createObject } from "../support/create";
import { enterCreated } from "../support/enterCreated";
import { mergeParameters, readParameters } from "../support/parameters";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { accountObject } from "../support/target";

type Settings = Omit<WarehouseDoc, "id" | "name" | "kind" | "createdOn" | "ownerId">;

const MAX_CLUSTERS = 300;

/** What the properties say, changes only. Attaching a resource monitor is the account administrator's right. */
export function readWarehouse(context: ExecutionContext, properties: Properties): Partial<Settings> {
  const changes: Partial<Settings> = {};
  const type = properties.word("WAREHOUSE_TYPE", ["STANDARD", "SNOWPARK-OPTIMIZED", "ADAPTIVE"]);
  if (type === "ADAPTIVE") throw unsupportedFeature("an adaptive warehouse");
  if (type) changes.type = type;
  const size = properties.text("WAREHOUSE_SIZE");
  if (size !== undefined) {
    const known = warehouseSize(size);
    if (!known) throw invalidValue(size, "WAREHOUSE_SIZE");
    changes.size = known;
  }
  const max = properties.integer("MAX_CLUSTER_COUNT", 1, MAX_CLUSTERS);
  if (max !== undefined) changes.maxClusterCount = max;
  const min = properties.integer("MIN_CLUSTER_COUNT", 1, MAX_CLUSTERS);
  if (min !== undefined) changes.minClusterCount = min;
  const policy = properties.word("SCALING_POLICY", ["STANDARD", "ECONOMY"]);
  if (policy) changes.scalingPolicy = policy;
  if (properties.has("AUTO_SUSPEND")) changes.autoSuspend = properties.integer("AUTO_SUSPEND", 0) || null;
  const resume = properties.boolean("AUTO_RESUME");
  if (resume !== undefined) changes.autoResume = resume;
  const acceleration = properties.boolean("ENABLE_QUERY_ACCELERATION");
  if (acceleration !== undefined) changes.enableQueryAcceleration = acceleration;
  const factor = properties.integer("QUERY_ACCELERATION_MAX_SCALE_FACTOR", 0, 100);
  if (factor !== undefined) changes.queryAccelerationMaxScaleFactor = factor;
  if (properties.has("RESOURCE_MONITOR")) {
    requireSystemRole(context, "ACCOUNTADMIN", accountOf(context.catalogue));
    const monitor = properties.name("RESOURCE_MONITOR")?.at(-1);
    changes.resourceMonitorId =
      monitor === undefined || monitor.toUpperCase() === "NULL"
        ? undefined
        : accountObject(context, "RESOURCE_MONITOR", monitor).id;
  }
  if (properties.has("COMMENT")) changes.comment = properties.text("COMMENT");
  properties.take("WAIT_FOR_COMPLETION");
  return changes;
}

export function checkClusters({ minClusterCount: min, maxClusterCount: max }: Partial<Settings>): void {
  if (min !== undefined && max !== undefined && min > max) {
    throw compilationError("001008", "22023", `MIN_CLUSTER_COUNT ${min} must not exceed MAX_CLUSTER_COUNT ${max}`);
  }
}

/** Names of UNSET → properties of the document. */
export const WAREHOUSE_UNSET: Record<string, Partial<Settings>> = {
  WAREHOUSE_TYPE: { type: "STANDARD" },
  WAREHOUSE_SIZE: { size: "XSMALL" },
  MAX_CLUSTER_COUNT: { maxClusterCount: 1 },
  MIN_CLUSTER_COUNT: { minClusterCount: 1 },
  SCALING_POLICY: { scalingPolicy: "STANDARD" },
  AUTO_SUSPEND: { autoSuspend: 600 },
  AUTO_RESUME: { autoResume: true },
  ENABLE_QUERY_ACCELERATION: { enableQueryAcceleration: false },
  QUERY_ACCELERATION_MAX_SCALE_FACTOR: { queryAccelerationMaxScaleFactor: 8 },
  RESOURCE_MONITOR: { resourceMonitorId: undefined },
  COMMENT: { comment: undefined },
};

/** CREATE [OR REPLACE | OR ALTER] WAREHOUSE; it becomes the session's current warehouse. */
export async function createWarehouse(context: ExecutionContext, statement: CreateObject): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      const name = nameParts(context, statement.name).at(-1) as string;
      let made: WarehouseDoc | undefined;
      const read = () => {
        const properties = new Properties(context, statement.properties);
        const { set } = readParameters("WAREHOUSE", properties);
        const settings = { ...WAREHOUSE_DEFAULTS, ...readWarehouse(context, properties) };
        const suspended = properties.boolean("INITIALLY_SUSPENDED") ?? false;
        properties.finish("WAREHOUSE");
        checkClusters(settings);
        return { settings, suspended, parameters: mergeParameters(undefined, { set }) };
      };
      const result = await createObject(context, unit, statement, {
        kind: "WAREHOUSE",
        name,
        container: accountOf(context.catalogue),
        privilege: "CREATE WAREHOUSE",
        title: "Warehouse",
        existing: context.catalogue.find("WAREHOUSE", 0, name),
        draft() {
          const { settings, suspended, parameters } = read();
          const now = toMillis(context.now);
          return {
            ...settings,
            parameters,
            tags: tagValues(context, statement.tags),
            state: suspended ? ("SUSPENDED" as const) : ("STARTED" as const),
            ...(suspended ? {} : { resumedOn: now }),
            updatedOn: now,
            uuid: randomUUID(),
          };
        },
        async after(_unit, doc) {
          made = doc;
        },
        async alter(unit, doc) {
          const { settings, parameters } = read();
          unit.catalogue.update<WarehouseDoc>(doc, {
            comment: undefined,
            resourceMonitorId: undefined,
            ...settings,
            parameters,
            updatedOn: toMillis(context.now),
          });
        },
      });
      if (made) enterCreated(context, unit, made);
      return result;
    },
    { ddl: true },
  );
}
