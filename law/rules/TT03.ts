import type { AlterAction, CreateTable } from "../../dialect/index";
import type { Act } from "../acts/act";
import { DYNAMIC } from "../acts/names";
import { columnPolicies, evolving, LANDING_COLUMNS, noRetention, noTracking, policiesOn } from "../landingSettings";
import { type LandingSubject, landingSubject } from "../landingSubject";
import type { Breach, Rule } from "../rule";
import type { LawSettings } from "../settings";
import { hiddenByTags, tagNotes } from "../taggedPolicies";
import { accountObjectTarget, isGoverned, isLanding, objectTarget, printTarget, schemaTarget } from "../target";
import { isRevert } from "./TT02";

/** The landing table is append-only. */
export const TT03: Rule = {
  code: "TT03",
  title: "The landing table is append-only: rows are added and nothing takes them away.",
  severity: "error",
  why:
    "Raw events are the only thing that cannot be derived again. What was once received stays: a mistake is corrected by a " +
    "further event, and time travel and change tracking stay on, since the events table is refreshed from them. A policy that masks or " +
    "hides would act on that refresh alone, since nobody else reads here: what it hides never becomes an event.",
  examples: {
    fail: [
      "DELETE FROM CLAUDE_BI.LANDING.RAW_EVENTS WHERE _SOURCE_LANE = 'TEST';",
      "TRUNCATE TABLE CLAUDE_BI.LANDING.RAW_EVENTS;",
      "INSERT OVERWRITE INTO CLAUDE_BI.LANDING.RAW_EVENTS SELECT * FROM OTHER_DB.PUBLIC.T;",
      "ALTER TABLE CLAUDE_BI.LANDING.RAW_EVENTS DROP COLUMN _RECV_AT;",
      "ALTER TABLE CLAUDE_BI.LANDING.RAW_EVENTS SET CHANGE_TRACKING = FALSE;",
      "ALTER SCHEMA CLAUDE_BI.LANDING SET DATA_RETENTION_TIME_IN_DAYS = 0;",
      "CREATE OR REPLACE TABLE CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD VARIANT);",
      "DROP SCHEMA CLAUDE_BI.LANDING;",
      "ALTER TABLE CLAUDE_BI.LANDING.RAW_EVENTS MODIFY COLUMN PAYLOAD SET MASKING POLICY CLAUDE_BI.MCP.HIDE;",
      "ALTER TAG GOVERNANCE.TAGS.PII SET MASKING POLICY GOVERNANCE.TAGS.HIDE; ALTER SCHEMA CLAUDE_BI.LANDING SET TAG GOVERNANCE.TAGS.PII = 'yes';",
      "ALTER TABLE CLAUDE_BI.LANDING.RAW_EVENTS SET ENABLE_SCHEMA_EVOLUTION = TRUE;",
    ],
    pass: [
      "SELECT * FROM CLAUDE_BI.LANDING.RAW_EVENTS;",
      "DELETE FROM OTHER_DB.PUBLIC.T;",
      "ALTER TABLE CLAUDE_BI.LANDING.RAW_EVENTS SET DATA_RETENTION_TIME_IN_DAYS = 7;",
      "ALTER TABLE CLAUDE_BI.LANDING.RAW_EVENTS CLUSTER BY (TO_DATE(_RECV_AT));",
      "ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS MODIFY COLUMN ACTOR_ID SET MASKING POLICY CLAUDE_BI.MCP.HIDE;",
      "ALTER TAG GOVERNANCE.TAGS.PII SET MASKING POLICY GOVERNANCE.TAGS.HIDE; ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS MODIFY COLUMN ACTOR_ID SET TAG GOVERNANCE.TAGS.PII = 'yes';",
    ],
  },
  check(act, settings) {
    return [...rowsTaken(act, settings), ...objectTaken(act, settings), ...altered(act, settings)];
  },
  checkAll: hiddenByTags,
  notes: tagNotes,
};

const FIX = "Add rows only; what was wrong is corrected by a further event.";

function rowsTaken(act: Act, settings: LawSettings): Breach[] {
  const { statement } = act;
  const hit = (verb: string, name: Parameters<typeof objectTarget>[0]): Breach[] => {
    const target = objectTarget(name, act);
    return isLanding(target, settings)
      ? [{ message: `${verb} ${printTarget(target, settings)}, which is append-only.`, fix: FIX, span: name.span }]
      : [];
  };
  switch (statement.kind) {
    case "Update":
      return hit("Changes rows of", statement.table);
    case "Delete":
      return hit("Deletes rows of", statement.table);
    case "Merge":
      return hit("Merges into", statement.table);
    case "Truncate":
      return hit("Truncates", statement.table);
    case "Insert":
      return statement.overwrite ? hit("Overwrites", statement.table) : [];
    case "MultiTableInsert": {
      if (!statement.overwrite) return [];
      const targets = [...statement.branches.flatMap((branch) => branch.into), ...(statement.otherwise ?? [])];
      return targets.flatMap((target) => hit("Overwrites", target.table));
    }
    default:
      return [];
  }
}

function objectTaken(act: Act, settings: LawSettings): Breach[] {
  const { statement } = act;
  switch (statement.kind) {
    case "Drop":
      return isRevert(act) ? [] : dropped(statement, act, settings);
    case "CreateTable": {
      const target = objectTarget(statement.name, act);
      return isLanding(target, settings) ? declared(statement, printTarget(target, settings), act) : [];
    }
    case "CreateSchema": {
      const target = schemaTarget(statement.name, act);
      const lost =
        statement.orReplace && target !== DYNAMIC && isGoverned(target, settings)
          ? tableOf(target.name, settings)
          : undefined;
      return [
        ...(lost && target !== DYNAMIC
          ? [
              {
                message: `Replaces the schema ${settings.database}.${target.name} and with it the ${lost} table.`,
                fix: FIX,
                span: statement.name.span,
              },
            ]
          : []),
        ...(target !== DYNAMIC && isGoverned(target, settings) && target.name === settings.landing.schema
          ? noRetention(statement.properties, `the schema ${target.name}`, act)
          : []),
      ];
    }
    case "CreateDatabase": {
      const target = accountObjectTarget(statement.name, act);
      if (target === DYNAMIC || target.name !== settings.database) return [];
      const replaced = statement.orReplace
        ? [
            {
              message: `Replaces the database ${settings.database} and with it the landing table.`,
              fix: FIX,
              span: statement.name.span,
            },
          ]
        : [];
      return [...replaced, ...noRetention(statement.properties, `the database ${settings.database}`, act)];
    }
    default:
      return [];
  }
}

/** Which of the two tables a schema of the governed database holds. */
const tableOf = (schema: string, { landing, events }: LawSettings): "landing" | "events" | undefined =>
  schema === landing.schema ? "landing" : schema === events.schema ? "events" : undefined;

function dropped(statement: Extract<Act["statement"], { kind: "Drop" }>, act: Act, settings: LawSettings): Breach[] {
  const what = (text: string): Breach[] => [
    {
      message: `Drops ${text}.`,
      fix: "Keep it; destroying an environment is done by pulumi destroy.",
      span: statement.name.span,
    },
  ];
  if (/TABLE$/.test(statement.objectType)) {
    const target = objectTarget(statement.name, act);
    return isLanding(target, settings) ? what(`the landing table ${printTarget(target, settings)}`) : [];
  }
  if (statement.objectType === "SCHEMA") {
    const target = schemaTarget(statement.name, act);
    const holds =
      target !== DYNAMIC &&
      isGoverned(target, settings) &&
      [settings.landing.schema, settings.events.schema].includes(target.name);
    return holds ? what(`the schema ${settings.database}.${target.name} with one of the two tables`) : [];
  }
  if (statement.objectType === "DATABASE") {
    const target = accountObjectTarget(statement.name, act);
    return target !== DYNAMIC && target.name === settings.database ? what(`the governed database ${target.name}`) : [];
  }
  return [];
}

function declared(statement: CreateTable, name: string, act: Act): Breach[] {
  const breaches: Breach[] = [];
  if (statement.orReplace)
    breaches.push({
      message: `Replaces ${name} and loses every row.`,
      fix: "Use CREATE TABLE IF NOT EXISTS or CREATE OR ALTER TABLE.",
      span: statement.name.span,
    });
  if (statement.orAlter) {
    const columns = statement.columns.map((column) => column.name.value);
    const missing = LANDING_COLUMNS.filter((column) => !columns.includes(column));
    if (missing.length > 0)
      breaches.push({
        message: `CREATE OR ALTER of ${name} without ${missing.join(", ")} drops what is left out.`,
        fix: "Name every column that the table has.",
        span: statement.name.span,
      });
  }
  return [
    ...breaches,
    ...noRetention(statement.properties, name, act),
    ...noTracking(statement.properties, name, act),
    ...evolving(statement.properties, name),
    ...policiesOn([...columnPolicies(statement), ...statement.policies], name),
  ];
}

function altered(act: Act, settings: LawSettings): Breach[] {
  const { statement } = act;
  if (statement.kind !== "Alter") return [];
  const subject = landingSubject(act, settings);
  if (!subject) return [];
  return statement.actions.flatMap((action) => alteredBy(action, subject, act));
}

function alteredBy(action: AlterAction, { what, isTable }: LandingSubject, act: Act): Breach[] {
  switch (action.kind) {
    case "SetProperties":
      return [
        ...noRetention(action.properties, what, act),
        ...(isTable ? [...noTracking(action.properties, what, act), ...evolving(action.properties, what)] : []),
      ];
    case "UnsetProperties": {
      const lost = action.names.filter(
        (name) => isTable && (name === "CHANGE_TRACKING" || name === "DATA_RETENTION_TIME_IN_DAYS"),
      );
      return lost.map((name) => ({
        message: `Unsets ${name} of ${what}; the events table is refreshed from it.`,
        fix: `Set ${name} outright.`,
        span: action.span,
      }));
    }
    case "DropColumns":
      return isTable ? [{ message: `Drops columns of ${what}.`, fix: FIX, span: action.span }] : [];
    case "RenameColumn":
      return isTable
        ? [
            {
              message: `Renames a column of ${what}.`,
              fix: "Keep the names of the landing columns; a view can call them otherwise.",
              span: action.span,
            },
          ]
        : [];
    case "PolicyAction":
      return isTable && action.verb !== "DROP" && action.verb !== "UNSET" ? policiesOn([action], what) : [];
    case "AlterColumn":
      return isTable && action.change.type === "SET POLICY" ? policiesOn([action.change.policy], what) : [];
    case "AddColumns":
      return isTable ? policiesOn(columnPolicies(action), what) : [];
    default:
      return [];
  }
}
