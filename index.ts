import { EventWarehouse } from "./components/eventWarehouse";
import { stackSettings } from "./components/stackSettings";

const warehouse = new EventWarehouse("warehouse", { settings: stackSettings() });

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
