import type { Grantee, GrantObject, Name } from "../../dialect/index";
import type { Act } from "../acts/act";
import { DYNAMIC } from "../acts/names";
import { ADMINISTRATORS } from "../administrators";
import type { Breach, Rule } from "../rule";
import type { LawSettings } from "../settings";
import { accountObjectTarget, isEvents, isGoverned, mayBeGoverned, objectTarget, schemaTarget } from "../target";

/** No privilege that would let a role break the law. */
export const TT07: Rule = {
  code: "TT07",
  title: "No privilege that would let a role break the law.",
  severity: "error",
  why:
    "A law that anybody may break by hand holds only as long as nobody does. Whoever may create a table, a schema, or grants " +
    "will one day do so; so no role but the deployer's can.",
  examples: {
    fail: [
      "GRANT CREATE TABLE ON SCHEMA CLAUDE_BI.MCP TO ROLE MCP_ADMIN_ROLE;",
      "GRANT ALL PRIVILEGES ON SCHEMA CLAUDE_BI.MCP TO ROLE MCP_USER_ROLE;",
      "GRANT CREATE SCHEMA ON DATABASE CLAUDE_BI TO ROLE ANALYST;",
      "GRANT OWNERSHIP ON FUTURE TABLES IN DATABASE CLAUDE_BI TO ROLE ANALYST;",
      "GRANT OPERATE ON DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS TO ROLE MCP_ADMIN_ROLE;",
      "GRANT ROLE ACCOUNTADMIN TO ROLE MCP_ADMIN_ROLE;",
      "ALTER SCHEMA CLAUDE_BI.MCP DISABLE MANAGED ACCESS;",
      "GRANT MANAGE GRANTS ON ACCOUNT TO ROLE MCP_ADMIN_ROLE;",
    ],
    pass: [
      "GRANT USAGE ON SCHEMA CLAUDE_BI.MCP TO ROLE MCP_USER_ROLE;",
      "GRANT SELECT ON VIEW CLAUDE_BI.MCP.ACTION_CATALOG TO ROLE MCP_USER_ROLE;",
      "GRANT MONITOR ON DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS TO ROLE MCP_ADMIN_ROLE;",
      "GRANT OWNERSHIP ON VIEW CLAUDE_BI.MCP.ACTION_CATALOG TO ROLE MCP_SERVICE_ROLE;",
      "GRANT CREATE TABLE ON SCHEMA OTHER_DB.PUBLIC TO ROLE ANALYST;",
      "REVOKE CREATE TABLE ON SCHEMA CLAUDE_BI.MCP FROM ROLE ANALYST;",
    ],
  },
  check(act, settings) {
    const { statement } = act;
    switch (statement.kind) {
      case "GrantPrivileges":
        return granted(statement.privileges, statement.on, statement.to, act, settings);
      case "GrantOwnership":
        return owned(statement.on, statement.to, act, settings);
      case "GrantRole": {
        const role = accountObjectTarget(statement.role, act);
        const toRole = statement.to.type !== "USER";
        return role !== DYNAMIC &&
          toRole &&
          [...ADMINISTRATORS, settings.deployerRole].includes(role.name) &&
          !isDeployer(statement.to, act, settings) &&
          !isAdministrator(statement.to, act)
          ? [
              {
                message: `Grants the ${role.name === settings.deployerRole ? "deployer's" : "administrator"} role ${role.name} to ${granteeText(statement.to, act)}.`,
                fix: "Grant the single privileges that are needed.",
                span: statement.span,
              },
            ]
          : [];
      }
      case "Alter": {
        if (statement.objectType !== "SCHEMA" || !statement.name) return [];
        const schema = schemaTarget(statement.name, act);
        if (!isGoverned(schema, settings)) return [];
        return statement.actions
          .filter((action) => action.kind === "Action" && action.action === "DISABLE MANAGED ACCESS")
          .map((action) => ({
            message: "Switches managed access off: then every owner of an object may grant on it.",
            fix: "Keep WITH MANAGED ACCESS.",
            span: action.span,
          }));
      }
      case "CreateSchema": {
        const schema = schemaTarget(statement.name, act);
        return isGoverned(schema, settings) && !statement.managedAccess
          ? [
              {
                message:
                  `The schema ${schema === DYNAMIC ? "" : schema.name} is created without managed access.`.replace(
                    "  ",
                    " ",
                  ),
                fix: "Say WITH MANAGED ACCESS.",
                span: statement.name.span,
              },
            ]
          : [];
      }
      default:
        return [];
    }
  },
};

function granted(
  privileges: { name: string; span: { start: number; end: number } }[],
  on: GrantObject,
  to: Grantee,
  act: Act,
  settings: LawSettings,
): Breach[] {
  if (!concerns(on, act, settings) || isDeployer(to, act, settings)) return [];
  return privileges
    .filter(({ name }) => dangerous(name.replace(/^INHERITED /, ""), on, act, settings))
    .map(({ name, span }) => ({
      message: `Grants ${name === "ALL" ? "ALL PRIVILEGES" : name} ${onText(on, act)} to ${granteeText(to, act)}.`,
      fix:
        name === "OPERATE"
          ? "Grant MONITOR and USAGE on the procedure REFRESH_NOW()."
          : "Grant the single privileges that are needed to read views and call procedures.",
      span,
    }));
}

function dangerous(privilege: string, on: GrantObject, act: Act, settings: LawSettings): boolean {
  if (/^CREATE\b.*\b(TABLE|MATERIALIZED VIEW|DATASET)$/.test(privilege)) return true;
  if (privilege === "CREATE SCHEMA" || privilege === "CREATE DATABASE")
    return on.scope !== "ACCOUNT" || privilege === "CREATE DATABASE";
  if (privilege === "MANAGE GRANTS" || privilege === "EVOLVE SCHEMA" || privilege === "OWNERSHIP") return true;
  if (privilege === "ALL" || privilege === "ALL PRIVILEGES")
    return /^(ACCOUNT|DATABASE|SCHEMA|.*TABLE)$/.test(on.objectType) || on.scope === "ACCOUNT";
  if (privilege === "OPERATE" && on.objectType === "DYNAMIC TABLE") {
    return on.scope !== "OBJECT" || (on.name !== undefined && isEvents(objectTarget(on.name, act), settings));
  }
  return false;
}

function owned(on: GrantObject, to: Grantee, act: Act, settings: LawSettings): Breach[] {
  const holds = /^(DATABASE|SCHEMA|.*TABLE|MATERIALIZED VIEW)$/.test(on.objectType);
  if (!holds || !concerns(on, act, settings) || isDeployer(to, act, settings)) return [];
  return [
    {
      message: `Gives OWNERSHIP ${onText(on, act)} to ${granteeText(to, act)}.`,
      fix: `Only ${settings.deployerRole} owns tables, schemas and the database.`,
      span: on.span,
    },
  ];
}

/** Does the grant reach into the governed database? Grants on the account do. */
function concerns(on: GrantObject, act: Act, settings: LawSettings): boolean {
  if (on.scope === "ACCOUNT") return true;
  if (on.in) {
    if (!on.in.name) return true;
    return on.in.type === "DATABASE"
      ? isDatabase(on.in.name, act, settings)
      : mayBeGoverned(schemaTarget(on.in.name, act), settings);
  }
  if (!on.name) return true;
  if (on.objectType === "DATABASE") return isDatabase(on.name, act, settings);
  if (on.objectType === "SCHEMA") return mayBeGoverned(schemaTarget(on.name, act), settings);
  if (/^(WAREHOUSE|USER|ROLE|INTEGRATION|RESOURCE MONITOR|EXTERNAL VOLUME|CONNECTION)$/.test(on.objectType))
    return false;
  return mayBeGoverned(objectTarget(on.name, act), settings);
}

function isDatabase(name: Name, act: Act, settings: LawSettings): boolean {
  const target = accountObjectTarget(name, act);
  return target === DYNAMIC || target.name === settings.database;
}

function isDeployer(to: Grantee, act: Act, settings: LawSettings): boolean {
  const target = accountObjectTarget(to.name, act);
  return to.type === "ROLE" && target !== DYNAMIC && target.name === settings.deployerRole;
}

function isAdministrator(to: Grantee, act: Act): boolean {
  const target = accountObjectTarget(to.name, act);
  return to.type === "ROLE" && target !== DYNAMIC && ADMINISTRATORS.includes(target.name);
}

function granteeText(to: Grantee, act: Act): string {
  const target = accountObjectTarget(to.name, act);
  return `${to.type.toLowerCase()} ${target === DYNAMIC ? "known at run time" : target.name}`;
}

function onText(on: GrantObject, act: Act): string {
  if (on.scope === "ACCOUNT") return "on the account";
  const kind = on.objectType.toLowerCase();
  if (on.scope === "OBJECT" && on.name) {
    const target = objectTarget(on.name, act);
    return `on ${kind} ${target === DYNAMIC ? "known at run time" : target.name}`;
  }
  return `on ${on.scope.toLowerCase()} ${kind}s`;
}
