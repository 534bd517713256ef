/** Dynamic tables: what they can refresh, and the refresh itself. */
export { planDynamicTable } from "./plan";
export { initializeDynamicTable, refreshDynamicTable } from "./refresh";
export { resume, suspend } from "./suspension";
