import { PROCEDURES, VIEWS } from "./catalogue";
import type { RoleKey, SchemaKey, WarehouseKey } from "./names";

/** What a privilege is granted on. Tables, views and procedures are named without database; `names.ts` adds it. */
export type GrantTarget =
  | { kind: "ACCOUNT" }
  | { kind: "DATABASE" }
  | { kind: "WAREHOUSE"; warehouse: WarehouseKey }
  | { kind: "SCHEMA"; schema: SchemaKey }
  | { kind: "TABLE" | "DYNAMIC TABLE" | "VIEW" | "STAGE" | "FILE FORMAT"; schema: SchemaKey; name: string }
  | { kind: "PROCEDURE"; schema: SchemaKey; name: string; arguments: readonly string[] };

/** One row of the matrix: this role holds exactly these privileges on this object. */
export interface Grant {
  role: RoleKey;
  on: GrantTarget;
  privileges: readonly string[];
  /** Why the role needs it: the text of the documentation. */
  why: string;
}

/** Which optional parts of the warehouse exist. */
export interface GrantOptions {
  /** The procedures that create, enable and disable users. */
  userManagement: boolean;
}

/** Who holds the first role may all that the second may. */
export const INHERITS = { admin: "monitor" } as const satisfies Partial<Record<RoleKey, RoleKey>>;

const PEOPLE: readonly RoleKey[] = ["monitor", "user", "ingest"];

/**
 * The whole privilege model: role × object × privilege. Nothing else is granted, and whatever is not in here is refused.
 * Components create these grants, docs/privileges.md prints them, tests try every cell as the role itself.
 */
export function grantMatrix(options: GrantOptions): Grant[] {
  return [...foundations(options), ...people(), ...views(), ...procedures(options)];
}

/** What the service role and the deployer need before any view or procedure can be created. */
function foundations({ userManagement }: GrantOptions): Grant[] {
  const account = ["EXECUTE ALERT", "MONITOR USAGE", ...(userManagement ? ["CREATE USER"] : [])];
  return [
    {
      role: "deployer",
      on: { kind: "ACCOUNT" },
      privileges: ["CREATE DATABASE", "CREATE ROLE"],
      why: "makes the database and the roles, and so owns them",
    },
    {
      role: "deployer",
      on: { kind: "WAREHOUSE", warehouse: "query" },
      privileges: ["USAGE"],
      why: "reads objects back",
    },
    {
      role: "deployer",
      on: { kind: "WAREHOUSE", warehouse: "refresh" },
      privileges: ["USAGE"],
      why: "owner role of the refresh",
    },
    {
      role: "service",
      on: { kind: "ACCOUNT" },
      privileges: account,
      why: "alerts run, credits are read, users are created as the service role",
    },
    { role: "service", on: { kind: "WAREHOUSE", warehouse: "query" }, privileges: ["USAGE"], why: "alerts run there" },
    { role: "service", on: { kind: "DATABASE" }, privileges: ["USAGE"], why: "reaches its schemas" },
    {
      role: "service",
      on: { kind: "SCHEMA", schema: "LANDING" },
      privileges: ["USAGE"],
      why: "reaches the landing table",
    },
    {
      role: "service",
      on: { kind: "SCHEMA", schema: "ACTIVITY" },
      privileges: ["USAGE", "CREATE VIEW"],
      why: "owns the views over the events",
    },
    {
      role: "service",
      on: { kind: "SCHEMA", schema: "MCP" },
      privileges: ["USAGE", "CREATE VIEW", "CREATE PROCEDURE", "CREATE ALERT"],
      why: "owns views, procedures and alerts",
    },
    {
      role: "service",
      on: { kind: "TABLE", schema: "LANDING", name: "RAW_EVENTS" },
      privileges: ["SELECT", "INSERT"],
      why: "the one writer",
    },
    {
      role: "service",
      on: { kind: "DYNAMIC TABLE", schema: "ACTIVITY", name: "EVENTS" },
      privileges: ["SELECT", "MONITOR"],
      why: "reads events and refresh history",
    },
    {
      role: "service",
      on: { kind: "STAGE", schema: "MCP", name: "EVENT_BACKUP" },
      privileges: ["READ", "WRITE"],
      why: "exports and replays events; nobody else can write what is replayed",
    },
    {
      role: "service",
      on: { kind: "FILE FORMAT", schema: "MCP", name: "EVENT_BACKUP_FORMAT" },
      privileges: ["USAGE"],
      why: "reads exported events",
    },
  ];
}

/** What every role that people and programs log in with needs to call anything at all; administrators inherit it. */
function people(): Grant[] {
  return [
    ...PEOPLE.flatMap((role): Grant[] => [
      { role, on: { kind: "DATABASE" }, privileges: ["USAGE"], why: "reaches its schemas" },
      { role, on: { kind: "SCHEMA", schema: "MCP" }, privileges: ["USAGE"], why: "reaches procedures and views" },
      {
        role,
        on: { kind: "WAREHOUSE", warehouse: "query" },
        privileges: role === "monitor" ? ["USAGE", "MONITOR"] : ["USAGE"],
        why: role === "monitor" ? "runs statements and watches load" : "runs statements",
      },
    ]),
    {
      role: "monitor",
      on: { kind: "SCHEMA", schema: "ACTIVITY" },
      privileges: ["USAGE"],
      why: "reaches the views over the events",
    },
    {
      role: "monitor",
      on: { kind: "WAREHOUSE", warehouse: "refresh" },
      privileges: ["MONITOR"],
      why: "watches refresh load",
    },
    {
      role: "monitor",
      on: { kind: "DYNAMIC TABLE", schema: "ACTIVITY", name: "EVENTS" },
      privileges: ["MONITOR"],
      why: "reads refresh history; OPERATE would also allow SUSPEND",
    },
  ];
}

function views(): Grant[] {
  return VIEWS.flatMap(({ name, schema, readers }) =>
    readers.map(
      (role): Grant => ({ role, on: { kind: "VIEW", schema, name }, privileges: ["SELECT"], why: "reads the view" }),
    ),
  );
}

function procedures(options: GrantOptions): Grant[] {
  return PROCEDURES.filter((entry) => options.userManagement || !entry.userManagement).flatMap(
    ({ name, callers, arguments: types }) =>
      callers.map(
        (role): Grant => ({
          role,
          on: { kind: "PROCEDURE", schema: "MCP", name, arguments: types },
          privileges: ["USAGE"],
          why: "calls the procedure",
        }),
      ),
  );
}

/** A stable name for the Pulumi resource of one row: `service-table-landing-raw_events`. */
export function grantKey({ role, on }: Grant): string {
  const parts = [
    role,
    on.kind,
    ...("warehouse" in on ? [on.warehouse] : []),
    ...("schema" in on ? [on.schema] : []),
    ...("name" in on ? [on.name] : []),
  ];
  return parts.join("-").toLowerCase().replace(/ /g, "_");
}
