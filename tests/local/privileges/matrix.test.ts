import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, execute, query, startServer } from "../support";
import { CASES, type PrivilegeCase } from "./matrixCases";

const SETUP = [
  "create database D",
  "create schema D.S",
  "create warehouse W",
  "create warehouse W2",
  "create table D.S.T (a number, b varchar)",
  "insert into D.S.T values (1, 'x'), (2, 'y')",
  "create view D.S.V as select a from D.S.T",
  "create dynamic table D.S.DT target_lag = '1 hour' warehouse = W as select a from D.S.T",
  "create sequence D.S.Q",
  "create stage D.S.ST",
  "create file format D.S.FF type = csv",
  "create network rule D.S.NR type = ipv4 mode = ingress value_list = ('1.2.3.4')",
  "create tag D.S.TG",
  "create stream D.S.STR on table D.S.T",
  "create procedure D.S.P(x number) returns number language sql as 'begin return x; end'",
  "create function D.S.F(x number) returns number as 'x + 1'",
  "create task D.S.TK warehouse = W schedule = '60 minutes' as select 1",
  "create alert D.S.AL warehouse = W schedule = '60 minutes' if (exists (select 1)) then select 1",
  "create resource monitor RM with credit_quota = 1",
  "create network policy NP allowed_ip_list = ('127.0.0.1')",
  "create role OTHER",
  "create user SOMEONE",
  "create role R",
  "grant role R to user ADMIN",
  "grant usage on warehouse W to role R",
  // So that the administrator can put back what R owned and dropped.
  "grant role R to role ACCOUNTADMIN",
  "use secondary roles none",
];

const NAMES_OF_PARENTS: Record<string, string> = {
  "USAGE ON DATABASE D": "SQL compilation error:\nDatabase 'D' does not exist or not authorized.",
  "USAGE ON SCHEMA D.S": "SQL compilation error:\nSchema 'D.S' does not exist or not authorized.",
};

describe("Every statement is refused without its privilege and runs with it", () => {
  let server: LocalServer;
  let admin: snowflake.Connection;
  let role: snowflake.Connection;

  before(async () => {
    server = await startServer();
    admin = await connect(server);
    for (const sql of SETUP) await query(admin, sql);
    role = await connect(server, { role: "R", warehouse: "W" });
    await query(role, "use secondary roles none");
  });

  after(async () => {
    await disconnect(admin);
    await disconnect(role);
    await server.close();
  });

  /** Several statements in one request. */
  const runAll = (statements: readonly string[]) =>
    execute(admin, statements.join(";\n"), { parameters: { MULTI_STATEMENT_COUNT: statements.length } });

  /** `<privilege> ON <object>` given to R; ownership goes there with the grants it carries. */
  const give = (need: string) => `grant ${need} to role R${need.startsWith("OWNERSHIP") ? " copy current grants" : ""}`;

  const take = (need: string) =>
    need.startsWith("OWNERSHIP")
      ? `grant ${need} to role ACCOUNTADMIN copy current grants`
      : `revoke ${need} from role R cascade`;

  async function with_(needs: readonly string[], work: () => Promise<void>): Promise<void> {
    if (needs.length === 0) return work();
    await runAll(needs.map(give));
    try {
      await work();
    } finally {
      await runAll([...needs].reverse().map(take));
    }
  }

  const refuses = async (sql: string, message: string) => {
    await assert.rejects(query(role, sql), (error: Error & { code?: unknown }) => {
      assert.equal(error.message, message);
      return true;
    });
  };

  async function check(one: PrivilegeCase): Promise<void> {
    const { sql, needs } = one;
    // Parents are looked up the same way for all statements that begin alike.
    const family = sql.split(" ").slice(0, 2).join(" ");
    const firstOfFamily = CASES.find((other) => other.sql.startsWith(`${family} `)) === one;
    for (const need of firstOfFamily ? needs.slice(0, -1) : []) {
      const others = needs.filter((other) => other !== need);
      // A privilege on the schema itself shows the schema, and one on the database the database.
      const parent = need.slice("USAGE ON ".length);
      if (others.some((other) => other.endsWith(` ON ${parent}`))) continue;
      await with_(others, () => refuses(sql, NAMES_OF_PARENTS[need] as string));
    }
    const parents = needs.slice(0, -1);
    await with_(parents, async () => {
      // IF EXISTS finds nothing to do where the role sees nothing.
      if (one.hidden === null) assert.equal((await query(role, sql)).length, 1);
      else await refuses(sql, one.hidden ?? one.refused);
    });
    if (one.seenBy) {
      const seenBy = one.seenBy;
      await with_([...parents, seenBy], () => refuses(sql, one.refused));
    }
    await with_(needs, async () => {
      await query(role, sql);
      for (const restore of one.restore ?? []) await query(admin, restore);
    });
  }

  for (const one of CASES) {
    it(`${one.sql} takes ${one.needs.join(", ")}`, () => check(one));
  }
});
