import type { RoleKey, SchemaKey } from "./names";

/** A view: one query in `sql/views/<name in lower case>.sql`, owned by the service role. */
export interface ViewEntry {
  name: string;
  schema: SchemaKey;
  /** Roles that may read it. */
  readers: readonly RoleKey[];
  /** Other views it reads, which must exist first. */
  reads?: readonly string[];
}

/** A procedure: one statement in `sql/procedures/<name in lower case>.sql`. */
export interface ProcedureEntry {
  name: string;
  /** Argument types as they identify the procedure, without sizes. */
  arguments: readonly string[];
  /** Roles that may call it. */
  callers: readonly RoleKey[];
  /** The deployer owns what needs ownership of the events table; all else belongs to the service role (the default). */
  owner?: "deployer";
}

/** Every view of the warehouse, in the order they are created. */
export const VIEWS: readonly ViewEntry[] = [
  { name: "DT_HEALTH_MONITOR", schema: "MCP", readers: ["admin"] },
  { name: "DEAD_LETTERS", schema: "MCP", readers: ["admin"] },
];

/** Every procedure of the warehouse. */
export const PROCEDURES: readonly ProcedureEntry[] = [
  { name: "INGEST_EVENTS", arguments: ["VARIANT", "VARCHAR"], callers: ["ingest"] },
];
