import { Roles } from "./support";

/** A user with the roles A, B and C, all of which reach schema D.S. */
export const startThreeRoles = (): Promise<Roles> =>
  Roles.start([
    "create database D",
    "create schema D.S",
    "create role A",
    "create role B",
    "create role C",
    "grant role A to user WORKER",
    "grant role B to user WORKER",
    "grant role C to user WORKER",
    "grant usage on database D to role A",
    "grant usage on database D to role B",
    "grant usage on database D to role C",
    "grant usage on schema D.S to role A",
    "grant usage on schema D.S to role B",
    "grant usage on schema D.S to role C",
    "grant usage on warehouse COMPUTE_WH to role PUBLIC",
  ]);

/** Privilege, kind, grantee, grant option and grantor of each grant on an object. */
export const grantsOn = (roles: Roles, object: string) =>
  roles.rows(
    "ACCOUNTADMIN",
    `show grants on ${object}`,
    "privilege",
    "granted_on",
    "grantee_name",
    "grant_option",
    "granted_by",
  );
