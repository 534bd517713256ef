/** What another Pulumi program imports: the whole warehouse as one component, its settings and its outputs. */
export { EventWarehouse } from "./eventWarehouse";
export { outputsSchema, type WarehouseOutputs } from "./outputs";
export { readSettings, type Settings } from "./settings";
