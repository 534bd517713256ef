import assert from "node:assert/strict";
import { type Grant, grantKey, grantMatrix } from "../../components/grantMatrix";

const matrix = grantMatrix({ userManagement: true });
const of = (role: Grant["role"]) => matrix.filter((grant) => grant.role === role);
const privilegesOn = (role: Grant["role"], kind: string) =>
  of(role)
    .filter(({ on }) => on.kind === kind)
    .flatMap(({ privileges }) => privileges);

describe("the grant matrix", () => {
  it("has one row for each role and object", () => {
    assert.deepEqual(
      matrix.map(grantKey).filter((key, index, keys) => keys.indexOf(key) !== index),
      [],
    );
  });

  it("gives nobody what would let a third table appear or the two be changed", () => {
    const forbidden =
      /OWNERSHIP|^ALL|TABLE|CREATE SCHEMA|MANAGE GRANTS|EVOLVE|OPERATE|UPDATE|DELETE|TRUNCATE|MATERIALIZED/;
    assert.deepEqual(
      matrix.filter(({ privileges }) => privileges.some((privilege) => forbidden.test(privilege))),
      [],
    );
  });

  it("lets the service role alone touch the landing table, by SELECT and INSERT", () => {
    const rows = matrix.filter(({ on }) => on.kind === "TABLE");
    assert.deepEqual(
      rows.map(({ role, privileges }) => [role, ...privileges]),
      [["service", "SELECT", "INSERT"]],
    );
  });

  it("shows the events table to no person: SELECT for the service role, MONITOR for it and who watches", () => {
    const rows = matrix.filter(({ on }) => on.kind === "DYNAMIC TABLE");
    assert.deepEqual(
      rows.map(({ role, privileges }) => [role, ...privileges]),
      [
        ["service", "SELECT", "MONITOR"],
        ["monitor", "MONITOR"],
      ],
    );
  });

  it("gives users and producers nothing but USAGE, and SELECT on views", () => {
    for (const role of ["user", "ingest"] as const) {
      assert.deepEqual(
        [
          ...new Set(
            of(role)
              .filter(({ on }) => on.kind !== "VIEW")
              .flatMap(({ privileges }) => privileges),
          ),
        ],
        ["USAGE"],
      );
    }
    assert.deepEqual(privilegesOn("ingest", "VIEW"), []);
  });

  it("lets who watches read views and ask by plans, and see nothing as it was received", () => {
    const called = of("monitor").flatMap(({ on }) => (on.kind === "PROCEDURE" ? [on.name] : []));
    assert.deepEqual(called, ["VALIDATE_QUERY_PLAN", "EXECUTE_QUERY_PLAN"]);
    const read = of("monitor").flatMap(({ on }) => (on.kind === "VIEW" ? [on.name] : []));
    assert.ok(read.includes("DEAD_LETTERS") && !read.includes("RECEIVED_EVENTS"));
  });

  it("grants CREATE USER only when user management is on", () => {
    const account = (userManagement: boolean) =>
      grantMatrix({ userManagement }).find(({ role, on }) => role === "service" && on.kind === "ACCOUNT")?.privileges;
    assert.deepEqual(account(true), ["EXECUTE ALERT", "MONITOR USAGE", "CREATE USER"]);
    assert.deepEqual(account(false), ["EXECUTE ALERT", "MONITOR USAGE"]);
  });
});
