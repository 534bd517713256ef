import { insufficient, Roles } from "./support";

/** What the server cannot create, and the privilege that Snowflake asks for. */
const ON_SCHEMA: readonly (readonly [sql: string, privilege: string])[] = [
  ["create external table D.S.X (a number) location = @D.S.ST file_format = (type = csv)", "CREATE EXTERNAL TABLE"],
  ["create hybrid table D.S.X (a number primary key)", "CREATE HYBRID TABLE"],
  ["create iceberg table D.S.X (a number)", "CREATE ICEBERG TABLE"],
  ["create event table D.S.X", "CREATE EVENT TABLE"],
  ["create projection policy D.S.X as () returns projection_constraint -> null", "CREATE PROJECTION POLICY"],
  ["create session policy D.S.X", "CREATE SESSION POLICY"],
  ["create image repository D.S.X", "CREATE IMAGE REPOSITORY"],
  ["create notebook D.S.X", "CREATE NOTEBOOK"],
  ["create aggregate function D.S.X(a number) returns number language python handler = 'f' as 'x'", "CREATE FUNCTION"],
];

const ON_ACCOUNT: readonly (readonly [sql: string, privilege: string])[] = [
  ["create catalog integration X catalog_source = glue", "CREATE INTEGRATION"],
  ["create compute pool X", "CREATE COMPUTE POOL"],
  ["create failover group X", "CREATE FAILOVER GROUP"],
];

describe("What the server cannot create is refused only to those who could", () => {
  let roles: Roles;

  before(async () => {
    roles = await Roles.start([
      "create database D",
      "create schema D.S",
      "create role MAKER",
      "grant role MAKER to user WORKER",
      "grant usage on database D to role MAKER",
      "grant usage on schema D.S to role MAKER",
    ]);
  });

  after(() => roles.close());

  for (const [sql, privilege] of ON_SCHEMA) {
    it(privilege, async () => {
      await roles.refused("MAKER", sql, ...insufficient("schema", "S", `${privilege} granted on SCHEMA D.S`, "MAKER"));
      await roles.run("ACCOUNTADMIN", `grant ${privilege} on schema D.S to role MAKER`);
      await roles.unsupported("MAKER", sql);
    });
  }

  for (const [sql, privilege] of ON_ACCOUNT) {
    it(privilege, async () => {
      await roles.refused(
        "MAKER",
        sql,
        ...insufficient("account", "LOCAL01", `${privilege} granted on ACCOUNT`, "MAKER"),
      );
      await roles.run("ACCOUNTADMIN", `grant ${privilege} on account to role MAKER`);
      await roles.unsupported("MAKER", sql);
    });
  }
});
