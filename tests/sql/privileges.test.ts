import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import { PROCEDURES, VIEWS } from "../../components/catalogue";
import { type GrantTarget, grantMatrix, INHERITS } from "../../components/grantMatrix";
import { type RoleKey, viewName } from "../../components/names";

import { NAMES, TestWarehouse } from "./warehouse";

const ROLES = ["service", "admin", "monitor", "user", "ingest"] as const;
type Role = (typeof ROLES)[number];

/** What a role tries, and whom the matrix allows it. */
interface Cell {
  title: string;
  sqlText: string;
  allowed: (role: Role) => boolean;
}

const matrix = grantMatrix({ userManagement: true });
const same = (a: GrantTarget, b: GrantTarget) => JSON.stringify(a) === JSON.stringify(b);
const holders =
  (on: GrantTarget, privilege: string) =>
  (role: RoleKey): boolean =>
    matrix.some(
      (grant) =>
        (grant.role === role || grant.role === inherited[role]) &&
        same(grant.on, on) &&
        grant.privileges.includes(privilege),
    );
const nobody = () => false;
const inherited: Partial<Record<RoleKey, RoleKey>> = INHERITS;

const RAW = "CLAUDE_BI.LANDING.RAW_EVENTS";
const EVENTS = "CLAUDE_BI.ACTIVITY.EVENTS";
const raw = { kind: "TABLE", schema: "LANDING", name: "RAW_EVENTS" } as const;
const events = { kind: "DYNAMIC TABLE", schema: "ACTIVITY", name: "EVENTS" } as const;

const tables: Cell[] = [
  { title: "SELECT on the landing table", sqlText: `SELECT COUNT(*) FROM ${RAW}`, allowed: holders(raw, "SELECT") },
  {
    title: "INSERT into the landing table",
    sqlText: `INSERT INTO ${RAW} (PAYLOAD, _SOURCE_LANE) SELECT PARSE_JSON('{"action": "cell.tried"}'), 'CELL'`,
    allowed: holders(raw, "INSERT"),
  },
  { title: "UPDATE of the landing table", sqlText: `UPDATE ${RAW} SET _SOURCE_LANE = 'SYSTEM'`, allowed: nobody },
  { title: "DELETE from the landing table", sqlText: `DELETE FROM ${RAW}`, allowed: nobody },
  { title: "TRUNCATE of the landing table", sqlText: `TRUNCATE TABLE ${RAW}`, allowed: nobody },
  { title: "ALTER of the landing table", sqlText: `ALTER TABLE ${RAW} ADD COLUMN X INT`, allowed: nobody },
  { title: "DROP of the landing table", sqlText: `DROP TABLE ${RAW}`, allowed: nobody },
  { title: "SELECT on the events", sqlText: `SELECT COUNT(*) FROM ${EVENTS}`, allowed: holders(events, "SELECT") },
  { title: "REFRESH of the events", sqlText: `ALTER DYNAMIC TABLE ${EVENTS} REFRESH`, allowed: nobody },
  { title: "SUSPEND of the events", sqlText: `ALTER DYNAMIC TABLE ${EVENTS} SUSPEND`, allowed: nobody },
  { title: "DROP of the events", sqlText: `DROP DYNAMIC TABLE ${EVENTS}`, allowed: nobody },
];

const containers: Cell[] = (["LANDING", "ACTIVITY", "MCP"] as const).flatMap((schema): Cell[] => [
  { title: `CREATE TABLE in ${schema}`, sqlText: `CREATE TABLE CLAUDE_BI.${schema}.THIRD (A INT)`, allowed: nobody },
  {
    title: `CREATE VIEW in ${schema}`,
    sqlText: `CREATE OR REPLACE VIEW CLAUDE_BI.${schema}.TRIED AS SELECT 1 AS A`,
    allowed: holders({ kind: "SCHEMA", schema }, "CREATE VIEW"),
  },
  {
    title: `CREATE PROCEDURE in ${schema}`,
    sqlText: `CREATE OR REPLACE PROCEDURE CLAUDE_BI.${schema}.TRIED() RETURNS INT LANGUAGE SQL AS $$ BEGIN RETURN 1; END $$`,
    allowed: holders({ kind: "SCHEMA", schema }, "CREATE PROCEDURE"),
  },
]);

const account: Cell[] = [
  { title: "CREATE SCHEMA", sqlText: "CREATE SCHEMA CLAUDE_BI.OTHER", allowed: nobody },
  { title: "CREATE DATABASE", sqlText: "CREATE DATABASE OTHER", allowed: nobody },
  { title: "CREATE ROLE", sqlText: "CREATE ROLE OTHER", allowed: nobody },
  {
    title: "CREATE USER",
    sqlText: "CREATE USER IF NOT EXISTS CELL_USER TYPE = SERVICE",
    allowed: holders({ kind: "ACCOUNT" }, "CREATE USER"),
  },
  { title: "a role for oneself", sqlText: `GRANT ROLE ${NAMES.roles.service} TO USER ADMIN`, allowed: nobody },
  {
    title: "a grant on the landing table for oneself",
    sqlText: `GRANT INSERT ON TABLE ${RAW} TO ROLE ${NAMES.roles.user}`,
    allowed: nobody,
  },
  { title: "SUSPEND of the warehouse", sqlText: `ALTER WAREHOUSE ${NAMES.warehouses.query} SUSPEND`, allowed: nobody },
  {
    title: "LIST of the backup stage",
    sqlText: "LIST @CLAUDE_BI.MCP.EVENT_BACKUP",
    allowed: holders({ kind: "STAGE", schema: "MCP", name: "EVENT_BACKUP" }, "READ"),
  },
  {
    title: "SELECT from the backup stage",
    sqlText: "SELECT $1 FROM @CLAUDE_BI.MCP.EVENT_BACKUP (FILE_FORMAT => 'CLAUDE_BI.MCP.EVENT_BACKUP_FORMAT')",
    allowed: holders({ kind: "STAGE", schema: "MCP", name: "EVENT_BACKUP" }, "READ"),
  },
  {
    title: "REMOVE from the backup stage",
    sqlText: "REMOVE @CLAUDE_BI.MCP.EVENT_BACKUP",
    allowed: holders({ kind: "STAGE", schema: "MCP", name: "EVENT_BACKUP" }, "WRITE"),
  },
];

const views: Cell[] = VIEWS.map(({ name, schema, owner = "service" }) => ({
  title: `SELECT on ${schema}.${name}`,
  sqlText: `SELECT * FROM CLAUDE_BI.${schema}.${viewName(name, NAMES)} LIMIT 1`,
  allowed: (role) => role === owner || holders({ kind: "VIEW", schema, name }, "SELECT")(role),
}));

/** Called with NULL everywhere: what may be called refuses the arguments in its own words, and nothing is changed. */
const procedures: Cell[] = PROCEDURES.filter(({ name }) => name !== "RUN_EDGE_CASE_TESTS").map(
  ({ name, arguments: types, owner = "service" }) => ({
    title: `CALL of ${name}`,
    sqlText: `CALL CLAUDE_BI.MCP.${name}(${types.map((type) => `NULL::${type}`).join(", ")})`,
    allowed: (role) =>
      role === owner || holders({ kind: "PROCEDURE", schema: "MCP", name, arguments: types }, "USAGE")(role),
  }),
);

const REFUSED =
  /does not exist or not authorized|Insufficient privileges|does not exist, or operation cannot be performed|Unknown user-defined function/;

describe("the grant matrix on the server", () => {
  let warehouse: TestWarehouse;
  const connections = {} as Record<Role, Connection>;
  before(async () => {
    warehouse = await TestWarehouse.start();
    for (const role of ROLES)
      connections[role] =
        role === "service"
          ? await warehouse.connect({ role: NAMES.roles.service, warehouse: NAMES.warehouses.query })
          : await warehouse.person(`CELL_${role.toUpperCase()}`, role);
    // The administrator's other roles would let the service role do everything.
    await warehouse.query("USE SECONDARY ROLES NONE", connections.service);
  });
  after(() => warehouse?.close());

  for (const { title, sqlText, allowed } of [...tables, ...containers, ...account, ...views, ...procedures]) {
    for (const role of ROLES) {
      const isAllowed = allowed(role);
      it(`${isAllowed ? "allows" : "refuses"} ${role}: ${title}`, async () => {
        const said = await warehouse.query(sqlText, connections[role]).then(
          () => undefined,
          (error: Error) => error.message,
        );
        if (isAllowed) assert.doesNotMatch(said ?? "", REFUSED);
        else assert.match(said ?? "accepted", REFUSED);
      });
    }
  }

  it("is what SHOW GRANTS says of each role, ownership apart", async () => {
    for (const role of ["admin", "monitor", "user", "ingest"] as const) {
      const rows = await warehouse.query(`SHOW GRANTS TO ROLE ${NAMES.roles[role]}`);
      const shown = rows.filter(
        ({ privilege, granted_on }) => privilege !== "OWNERSHIP" && granted_on !== "ROLE",
      ).length;
      const expected = matrix.filter((grant) => grant.role === role).reduce((sum, g) => sum + g.privileges.length, 0);
      assert.equal(shown, expected, role);
    }
  });
});
