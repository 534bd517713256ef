import { type Area, probe } from "../probe";

const ROLES = "tests/local/privileges/roles.test.ts";
const GRANTS = "tests/local/privileges/grants.test.ts";
const MATRIX = "tests/local/privileges/matrix.test.ts";
const OWNERS = "tests/local/privileges/ownersRights.test.ts";

export const access: Area = {
  title: "Access control",
  probes: [
    probe(
      "Every statement family is refused without its privilege",
      MATRIX,
      "create role P_R",
      "grant usage on database P to role P_R",
      "drop role P_R",
    ),
    probe(
      "Role hierarchy, PUBLIC, secondary roles",
      ROLES,
      "create role P_R",
      "grant role P_R to role SYSADMIN",
      "create table T (A number)",
      "grant usage on database P to role PUBLIC",
      "grant usage on schema P.S to role PUBLIC",
      "grant select on table T to role P_R",
      "use secondary roles none",
      "use role SYSADMIN",
      ["select count(*) from T", "0"],
      "use role ACCOUNTADMIN",
      "use secondary roles all",
      "drop role P_R",
    ),
    probe("Grants to users", ROLES, "create user P_U", "grant usage on database P to user P_U", "drop user P_U"),
    probe(
      "Grant option, CASCADE and RESTRICT",
      GRANTS,
      "create role P_R",
      "create table T (A number)",
      "grant select on table T to role P_R with grant option",
      "revoke select on table T from role P_R cascade",
      "grant select on table T to role P_R",
      "revoke select on table T from role P_R restrict",
      "drop role P_R",
    ),
    probe(
      "Future grants, managed access schemas",
      GRANTS,
      "create role P_R",
      "grant select on future tables in schema P.S to role P_R",
      "create table T (A number)",
      ["show grants on table T ->> select count(*) from $1 where \"privilege\" = 'SELECT'", "1"],
      "drop role P_R",
    ),
    probe(
      "Transfer of ownership with COPY or REVOKE CURRENT GRANTS",
      GRANTS,
      "create role P_R",
      "create table T (A number)",
      "grant ownership on table T to role P_R copy current grants",
      "grant ownership on table T to role ACCOUNTADMIN revoke current grants",
      "drop role P_R",
    ),
    probe(
      "SHOW GRANTS ON, TO, OF, FUTURE",
      GRANTS,
      "show grants on schema P.S",
      "show grants to role SYSADMIN",
      "show grants of role SYSADMIN",
      "show future grants in schema P.S",
    ),
    probe(
      "Owner's and caller's rights of procedures and views",
      OWNERS,
      "create procedure R() returns varchar language sql execute as owner as 'begin return current_role(); end'",
      ["call R()", "ACCOUNTADMIN"],
    ),
    probe(
      "Column privileges",
      GRANTS,
      "create role P_R",
      "create table T (A number)",
      "grant select (A) on table T to role P_R",
    ),
  ],
};
