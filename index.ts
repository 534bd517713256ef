import * as pulumi from "@pulumi/pulumi";
import { EventWarehouse } from "./components/eventWarehouse";
import { NAMESPACE, readSettings } from "./components/settings";

/** The keys of this project's namespace as the stack files hold them. */
function stackConfiguration(): Record<string, string> {
  const all = Object.entries(pulumi.runtime.allConfig());
  return Object.fromEntries(
    all
      .filter(([key]) => key.startsWith(`${NAMESPACE}:`))
      .map(([key, value]) => [key.slice(NAMESPACE.length + 1), value]),
  );
}

const settings = readSettings(
  { config: stackConfiguration(), environment: process.env },
  (message) => void pulumi.log.info(message),
);
const warehouse = new EventWarehouse("warehouse", { settings });

export const account = warehouse.outputs.account;
export const database = warehouse.outputs.database;
export const schemas = warehouse.outputs.schemas;
export const warehouses = warehouse.outputs.warehouses;
export const roles = warehouse.outputs.roles;
export const tables = warehouse.outputs.tables;
export const views = warehouse.outputs.views;
export const procedures = warehouse.outputs.procedures;
export const targetLag = warehouse.outputs.targetLag;
export const eventIdVersion = warehouse.outputs.eventIdVersion;
