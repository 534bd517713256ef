import type { Grantee, GrantOwnership, GrantRole, Name } from "../../dialect/index";
import type { Act } from "../acts/act";
import { DYNAMIC } from "../acts/names";
import { ADMINISTRATORS } from "../administrators";
import type { Breach, Rule } from "../rule";
import type { LawSettings } from "../settings";
import { accountObjectTarget, isGoverned, isLanding, objectTarget, printTarget, schemaTarget } from "../target";

const WRITING = ["INSERT", "UPDATE", "DELETE", "TRUNCATE"];

/** Writes to the landing table go through the service role only. */
export const TT08: Rule = {
  code: "TT08",
  title: "Writes to the landing table go through the service role only.",
  severity: "error",
  why:
    "The procedures check, stamp and label what they accept. Whoever inserts past them can forge a lane, a receive time or a " +
    "permission, and the event id no longer proves anything.",
  examples: {
    fail: [
      "GRANT INSERT ON TABLE CLAUDE_BI.LANDING.RAW_EVENTS TO ROLE MCP_INGEST_ROLE;",
      "GRANT INSERT ON FUTURE TABLES IN SCHEMA CLAUDE_BI.LANDING TO ROLE ANALYST;",
      "INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) SELECT PARSE_JSON('{}');",
      "COPY INTO CLAUDE_BI.LANDING.RAW_EVENTS FROM @CLAUDE_BI.MCP.S;",
    ],
    pass: [
      "GRANT INSERT ON TABLE CLAUDE_BI.LANDING.RAW_EVENTS TO ROLE MCP_SERVICE_ROLE;",
      "CREATE PROCEDURE CLAUDE_BI.MCP.P(E VARIANT) RETURNS INT LANGUAGE SQL EXECUTE AS OWNER AS $$ BEGIN INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) SELECT :E; RETURN 1; END $$;",
      "GRANT SELECT ON TABLE CLAUDE_BI.LANDING.RAW_EVENTS TO ROLE MCP_SERVICE_ROLE;",
    ],
  },
  check(act, settings) {
    const { statement } = act;
    switch (statement.kind) {
      case "GrantPrivileges": {
        const to = accountObjectTarget(statement.to.name, act);
        const lawful = to !== DYNAMIC && (to.name === settings.serviceRole || to.name === settings.deployerRole);
        const writing = statement.privileges.filter(({ name }) => WRITING.includes(name.replace(/^INHERITED /, "")));
        const onwards = statement.withGrantOption && to !== DYNAMIC && to.name === settings.serviceRole;
        if (!reachesLanding(statement.on, act, settings)) return [];
        return writing
          .filter(({ name }) => !lawful || onwards || name !== "INSERT")
          .map(({ name, span }) => ({
            message: `Grants ${name} on the landing table to ${to === DYNAMIC ? "a role known at run time" : to.name}${onwards ? ", which may then grant it to anybody" : ""}.`,
            fix: onwards
              ? "Leave WITH GRANT OPTION out."
              : "Grant USAGE on the procedures SAFE_INSERT_EVENT and INGEST_EVENTS.",
            span,
          }));
      }
      case "GrantRole":
        return handedOn(statement, act, settings);
      case "GrantOwnership":
        return ownedByOthers(statement, act, settings);
      case "CreateTable": {
        const filled = statement.source && /^(AS|CLONE|FROM ARCHIVE OF|FROM BACKUP SET)$/.test(statement.source.type);
        return filled ? written(statement.name, act, settings) : [];
      }
      case "Insert":
        return written(statement.table, act, settings);
      case "CopyIntoTable":
        return written(statement.table, act, settings);
      case "MultiTableInsert":
        return [...statement.branches.flatMap((branch) => branch.into), ...(statement.otherwise ?? [])].flatMap(
          (target) => written(target.table, act, settings),
        );
      default:
        return [];
    }
  },
};

/** Whoever has the service role writes past the procedures. The deployer and the administrators above it have every role anyway. */
function handedOn({ role, to }: GrantRole, act: Act, settings: LawSettings): Breach[] {
  const granted = accountObjectTarget(role, act);
  if (granted === DYNAMIC || granted.name !== settings.serviceRole || to.type === "USER") return [];
  if (isAbove(to, act, settings)) return [];
  return [
    {
      message: `Grants the service role ${granted.name} to ${nameOf(to, act)}.`,
      fix: "Grant USAGE on the procedures that the role may call.",
      span: to.span,
    },
  ];
}

/** Whoever owns the service role can grant it to anybody. */
function ownedByOthers({ on, to }: GrantOwnership, act: Act, settings: LawSettings): Breach[] {
  const role = on.objectType === "ROLE" && on.name ? accountObjectTarget(on.name, act) : DYNAMIC;
  if (role === DYNAMIC || role.name !== settings.serviceRole || isAbove(to, act, settings)) return [];
  return [
    {
      message: `Gives OWNERSHIP of the service role ${role.name} to ${nameOf(to, act)}, which may then grant it to anybody.`,
      fix: "Leave the service role with the administrators.",
      span: on.span,
    },
  ];
}

function isAbove(to: Grantee, act: Act, { deployerRole, accountRole }: LawSettings): boolean {
  const grantee = accountObjectTarget(to.name, act);
  return grantee !== DYNAMIC && [deployerRole, accountRole, ...ADMINISTRATORS].includes(grantee.name);
}

function nameOf(to: Grantee, act: Act): string {
  const grantee = accountObjectTarget(to.name, act);
  return grantee === DYNAMIC ? "a role known at run time" : grantee.name;
}

function written(table: Name, act: Act, settings: LawSettings): Breach[] {
  const target = objectTarget(table, act);
  if (!isLanding(target, settings) || inOwnersProcedure(act, settings)) return [];
  return [
    {
      message: `Writes to ${printTarget(target, settings)} outside the procedures of ${settings.database}.${settings.procedureSchema}.`,
      fix: "CALL INGEST_EVENTS or SAFE_INSERT_EVENT.",
      span: table.span,
    },
  ];
}

/** Owner's-rights procedures of the procedures' schema run as the service role. */
function inOwnersProcedure({ routine }: Act, settings: LawSettings): boolean {
  if (!routine?.ownersRights || routine.schema !== settings.procedureSchema) return false;
  return (routine.database ?? settings.database) === settings.database;
}

function reachesLanding(
  on: Extract<Act["statement"], { kind: "GrantPrivileges" }>["on"],
  act: Act,
  settings: LawSettings,
): boolean {
  if (on.scope === "OBJECT")
    return on.name !== undefined && /TABLE$/.test(on.objectType) && isLanding(objectTarget(on.name, act), settings);
  if (!/TABLE$/.test(on.objectType) || !on.in) return false;
  if (!on.in.name) return true;
  if (on.in.type === "DATABASE") {
    const database = accountObjectTarget(on.in.name, act);
    return database === DYNAMIC || database.name === settings.database;
  }
  const schema = schemaTarget(on.in.name, act);
  return isGoverned(schema, settings) && (schema === DYNAMIC || schema.name === settings.landing.schema);
}
