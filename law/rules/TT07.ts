import type { Grantee, GrantObject, Name, Unmodelled } from "../../dialect/index";
import type { Act } from "../acts/act";
import { DYNAMIC } from "../acts/names";
import { parseObjectName } from "../acts/objectName";
import { granteeText, isAdministrator, isDeployer, isRole, onKeptRoles } from "../keptRoles";
import type { Breach, Rule } from "../rule";
import type { LawSettings } from "../settings";
import {
  accountObjectTarget,
  isEvents,
  isGoverned,
  mayBeGoverned,
  objectTarget,
  printTarget,
  schemaTarget,
} from "../target";

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
    return [...onObjects(act, settings), ...onKeptRoles(act, settings)];
  },
  notes(act, settings) {
    const { statement } = act;
    if (statement.kind !== "GrantPrivileges" || statement.on.scope !== "ACCOUNT") return [];
    const { to, privileges } = statement;
    if (isDeployer(to, act, settings) || isRole(to, settings.accountRole, act) || isAdministrator(to, act)) return [];
    return privileges
      .filter(({ name }) => HIDING.test(name))
      .map(({ name, span }) => ({
        message: `${name} on the account holds for the landing table as well, where such a policy would break TT03; whether ${granteeText(to, act)} sets one there is not told by this grant.`,
        span,
      }));
  },
};

function onObjects(act: Act, settings: LawSettings): Breach[] {
  const { statement } = act;
  switch (statement.kind) {
    case "GrantPrivileges":
      return granted(statement.privileges, statement.on, statement.to, act, settings);
    case "GrantOwnership":
      return owned(statement.on, statement.to, act, settings);
    case "Unmodelled":
      return callerGranted(statement, settings);
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
              message: `The schema ${schema === DYNAMIC ? "" : schema.name} is created without managed access.`.replace(
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
}

/** Who governs an account's data has these for all of it; a policy that is set on the landing table is a breach where it is set. */
const HIDING = /^APPLY (MASKING|ROW ACCESS|AGGREGATION|PROJECTION|JOIN|PRIVACY) POLICY$/;

function granted(
  privileges: { name: string; span: { start: number; end: number } }[],
  on: GrantObject,
  to: Grantee,
  act: Act,
  settings: LawSettings,
): Breach[] {
  if (!concerns(on, act, settings) || isDeployer(to, act, settings)) return [];
  if (on.scope === "ACCOUNT" && isRole(to, settings.accountRole, act)) return [];
  return privileges
    .filter(({ name }) => dangerous(name.replace(/^INHERITED /, ""), on, act, settings))
    .map(({ name, span }) => ({
      message: `Grants ${name === "ALL" ? "ALL PRIVILEGES" : name} ${onText(on, act, settings)} to ${granteeText(to, act)}; only ${mayHave(on, settings)} may have it.`,
      fix:
        name === "OPERATE"
          ? "Grant MONITOR and USAGE on the procedure REFRESH_NOW()."
          : "Grant the single privileges that are needed to read views and call procedures.",
      span,
    }));
}

function dangerous(privilege: string, on: GrantObject, act: Act, settings: LawSettings): boolean {
  if (/^CREATE\b.*\b(TABLE|MATERIALIZED VIEW|DATASET)$/.test(privilege)) return true;
  if (privilege === "ADD SEMANTIC VIEW MATERIALIZATION") return true;
  if (privilege === "CREATE SCHEMA" || privilege === "CREATE DATABASE")
    return on.scope !== "ACCOUNT" || privilege === "CREATE DATABASE";
  if (privilege === "MODIFY") return altersRetention(on, act, settings);
  if (privilege === "APPLY STORAGE LIFECYCLE POLICY") return on.scope === "ACCOUNT";
  if (privilege === "MANAGE GRANTS" || privilege === "EVOLVE SCHEMA" || privilege === "OWNERSHIP") return true;
  if (privilege === "ALL") return /^(ACCOUNT|DATABASE|SCHEMA|.*TABLE)$/.test(on.objectType);
  // A secondary group brings in the databases of its primary.
  if (/^CREATE (REPLICATION|FAILOVER) GROUP$/.test(privilege)) return true;
  if (privilege === "OPERATE" && /^(DYNAMIC )?TABLE$/.test(on.objectType)) {
    return on.scope !== "OBJECT" || (on.name !== undefined && isEvents(objectTarget(on.name, act), settings));
  }
  return false;
}

/** MODIFY alters any setting: of the database and of the landing schema also the retention that the landing table inherits. */
function altersRetention(on: GrantObject, act: Act, { landing }: LawSettings): boolean {
  if (on.objectType === "DATABASE") return true;
  if (on.objectType !== "SCHEMA") return false;
  if (on.scope !== "OBJECT" || on.name === undefined) return true;
  const schema = schemaTarget(on.name, act);
  return schema === DYNAMIC || schema.name === landing.schema;
}

const CALLER_GRANT =
  /\b(CREATE\s[^;]*?\b(?:TABLE|VIEW|SCHEMA|DATASET)|MANAGE\s+GRANTS|ALL\s+(?:INHERITED\s+)?CALLER\s+PRIVILEGES|(?:OWNERSHIP|EVOLVE\s+SCHEMA|OPERATE|INSERT|UPDATE|DELETE|TRUNCATE)(?=[^;]*\sON\s+(?:ALL\s+)?(?:\w+\s+)?(?:TABLE|SCHEMA|DATABASE)S?\b))\b/i;

/** GRANT CALLER: what procedures with restricted caller's rights may use of their callers' privileges. */
function callerGranted({ verb, objectType, text, span }: Unmodelled, settings: LawSettings): Breach[] {
  if (verb !== "GRANT" || objectType !== "CALLER PRIVILEGES") return [];
  const [, privilege] = CALLER_GRANT.exec(text) ?? [];
  if (privilege === undefined || /\bCREATE\s+(SECURE\s+)?VIEW$/i.test(privilege)) return [];
  const [, place = ""] = /([\w$."]+)\s+TO\s/i.exec(text) ?? [];
  const [database, ...rest] = parseObjectName(place) ?? [];
  const elsewhere =
    database !== undefined && database !== settings.database && (rest.length > 0 || /\bDATABASE\s/i.test(text));
  return elsewhere
    ? []
    : [
        {
          message: `Lets procedures use ${privilege.toUpperCase().replace(/\s+/g, " ")} of their callers.`,
          fix: "Grant the single caller privileges that are needed to read views and call procedures.",
          span,
        },
      ];
}

function owned(on: GrantObject, to: Grantee, act: Act, settings: LawSettings): Breach[] {
  const holds = /^(DATABASE|SCHEMA|.*TABLE|MATERIALIZED VIEW)$/.test(on.objectType);
  if (!holds || !concerns(on, act, settings) || isDeployer(to, act, settings)) return [];
  return [
    {
      message: `Gives OWNERSHIP ${onText(on, act, settings)} to ${granteeText(to, act)}.`,
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

const mayHave = ({ scope }: GrantObject, { deployerRole, accountRole }: LawSettings): string =>
  scope === "ACCOUNT" && accountRole !== deployerRole ? `${accountRole} and ${deployerRole}` : deployerRole;

function onText(on: GrantObject, act: Act, settings: LawSettings): string {
  if (on.scope === "ACCOUNT") return "on the account";
  const kind = on.objectType.toLowerCase();
  if (on.scope === "OBJECT" && on.name) return `on ${kind} ${nameText(on.objectType, on.name, act, settings)}`;
  const place = on.in?.name
    ? `${on.in.type.toLowerCase()} ${nameText(on.in.type, on.in.name, act, settings)}`
    : "the account";
  return `on ${on.scope.toLowerCase()} ${kind}s in ${place}`;
}

function nameText(objectType: string, name: Name, act: Act, settings: LawSettings): string {
  const read = objectType === "DATABASE" ? accountObjectTarget : objectType === "SCHEMA" ? schemaTarget : objectTarget;
  const target = read(name, act);
  if (target === DYNAMIC) return "known at run time";
  if (objectType === "DATABASE") return target.name;
  return objectType === "SCHEMA"
    ? `${target.database ?? settings.database}.${target.name}`
    : printTarget(target, settings);
}
