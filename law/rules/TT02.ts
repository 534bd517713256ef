import type { Act } from "../acts/act";
import { DYNAMIC } from "../acts/names";
import { landingSubject } from "../landingSubject";
import { givenText, property } from "../properties";
import type { Breach, Rule } from "../rule";
import type { LawSettings, TableName } from "../settings";
import {
  accountObjectTarget,
  isEvents,
  isGoverned,
  isLanding,
  objectTarget,
  printTarget,
  schemaTarget,
} from "../target";

/** The two are there, of the right kind and in the right place, each declared once. */
export const TT02: Rule = {
  code: "TT02",
  title: "The two tables are there, of the right kind and in the right place, each declared once.",
  severity: "error",
  why:
    "Everything else is derived from the two: without the events table every view fails, and a landing table of another kind " +
    "or under another name is one that no producer writes to.",
  examples: {
    fail: [
      "DROP DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS;",
      "ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS RENAME TO CLAUDE_BI.ACTIVITY.OLD_EVENTS;",
      "CREATE VIEW CLAUDE_BI.ACTIVITY.EVENTS AS SELECT 1 AS A;",
      "ALTER SCHEMA CLAUDE_BI.ACTIVITY RENAME TO CLAUDE_BI.ACTIVITY_OLD;",
    ],
    pass: [
      "CREATE VIEW CLAUDE_BI.ACTIVITY.READY_EVENTS AS SELECT * FROM CLAUDE_BI.ACTIVITY.EVENTS;",
      "DROP VIEW CLAUDE_BI.MCP.V;",
      "DROP DYNAMIC TABLE OTHER_DB.ACTIVITY.EVENTS;",
    ],
  },
  check(act, settings) {
    return [
      ...taken(act, settings),
      ...lost(act, settings),
      ...transient(act, settings),
      ...icebergByDefault(act, settings),
    ];
  },
  checkAll(acts, settings, whole) {
    return [
      ...(whole ? missing(acts, settings) : []),
      ...declaredTwice(acts, settings, "CreateTable", isLanding, "landing table"),
      ...declaredTwice(acts, settings, "CreateDynamicTable", isEvents, "events table"),
    ];
  },
};

const FIX_LOST = "Leave the two tables where they are; whoever wants the rows elsewhere reads them through a view.";

/** Something of another kind in the place of one of the two. */
function taken(act: Act, settings: LawSettings): Breach[] {
  const { statement } = act;
  if (statement.kind !== "CreateView" && statement.kind !== "CreateSemanticView") return [];
  const target = objectTarget(statement.name, act);
  if (!isLanding(target, settings) && !isEvents(target, settings)) return [];
  return [
    {
      message: `${printTarget(target, settings)} is one of the two tables, and this makes a view of it.`,
      fix: "Give the view another name.",
      span: statement.name.span,
    },
  ];
}

/** In a transient schema or database every table is transient: no fail-safe, and at most a day of time travel. */
function transient(act: Act, settings: LawSettings): Breach[] {
  const { statement } = act;
  if ((statement.kind !== "CreateSchema" && statement.kind !== "CreateDatabase") || !statement.transient) return [];
  const made = statement.kind === "CreateSchema" ? "schema" : "database";
  const target = made === "schema" ? schemaTarget(statement.name, act) : accountObjectTarget(statement.name, act);
  const holds =
    target !== DYNAMIC &&
    (made === "schema"
      ? isGoverned(target, settings) && [settings.landing.schema, settings.events.schema].includes(target.name)
      : target.name === settings.database);
  return holds
    ? [
        {
          message: `The ${made} ${target.name} is transient, and so would be the tables in it.`,
          fix: "Leave TRANSIENT out.",
          span: statement.name.span,
        },
      ]
    : [];
}

/**
 * Where new tables are written as Iceberg ones, the landing table would be one.
 * https://docs.snowflake.com/en/sql-reference/sql/create-schema
 */
function icebergByDefault(act: Act, settings: LawSettings): Breach[] {
  const { statement } = act;
  const given =
    statement.kind === "Alter"
      ? statement.actions.flatMap((action) => (action.kind === "SetProperties" ? action.properties : []))
      : statement.kind === "CreateSchema" || statement.kind === "CreateDatabase" || statement.kind === "CreateTable"
        ? statement.properties
        : [];
  const format = property(given, "DEFAULT_METADATA_WRITE_FORMAT");
  const subject = format && landingSubject(act, settings);
  if (!subject || givenText(format.value, act.constantOf)?.toUpperCase() === "SNOWFLAKE") return [];
  return [
    {
      message: `Has new tables of ${subject.what} written as Iceberg tables; the landing table is a plain one.`,
      fix: "Leave DEFAULT_METADATA_WRITE_FORMAT out.",
      span: format.span,
    },
  ];
}

/** One of the two dropped, renamed, swapped out, or taken along by its schema or database. TT03 tells of the landing table's DROP. */
function lost(act: Act, settings: LawSettings): Breach[] {
  const { statement } = act;
  if (statement.kind === "Drop" && /TABLE$/.test(statement.objectType)) {
    const target = objectTarget(statement.name, act);
    if (!isEvents(target, settings) || isRevert(act)) return [];
    return [{ message: `Drops the events table ${printTarget(target, settings)}.`, fix: FIX_LOST }];
  }
  if (statement.kind !== "Alter" || !statement.name) return [];
  const name = statement.name;
  return statement.actions.flatMap((action): Breach[] => {
    if (action.kind !== "RenameTo" && action.kind !== "SwapWith") return [];
    const verb = action.kind === "RenameTo" ? "Renames" : "Swaps out";
    if (/VIEW$/.test(statement.objectType)) {
      const target = objectTarget(action.name, act);
      return isLanding(target, settings) || isEvents(target, settings)
        ? [
            {
              message: `${printTarget(target, settings)} is one of the two tables, and this puts a view in its place.`,
              fix: "Give the view another name.",
              span: action.name.span,
            },
          ]
        : [];
    }
    if (/TABLE$/.test(statement.objectType)) {
      const target = objectTarget(name, act);
      if (!isLanding(target, settings) && !isEvents(target, settings)) return [];
      return [
        {
          message: `${verb} ${printTarget(target, settings)}, one of the two tables.`,
          fix: FIX_LOST,
          span: action.span,
        },
      ];
    }
    if (statement.objectType === "SCHEMA") {
      const schema = schemaTarget(name, act);
      const holds =
        schema !== "dynamic" &&
        isGoverned(schema, settings) &&
        [settings.landing.schema, settings.events.schema].includes(schema.name);
      return holds
        ? [
            {
              message: `${verb} the schema ${settings.database}.${schema.name}, which holds one of the two tables.`,
              fix: FIX_LOST,
              span: action.span,
            },
          ]
        : [];
    }
    if (statement.objectType === "DATABASE") {
      const database = accountObjectTarget(name, act);
      const holds = database !== "dynamic" && database.name === settings.database;
      return holds
        ? [{ message: `${verb} the governed database ${settings.database}.`, fix: FIX_LOST, span: action.span }]
        : [];
    }
    return [];
  });
}

/** `revert` of an Execute runs at destroy only: it may drop. */
export const isRevert = (act: Act): boolean => act.source.property === "revert";

/** Where the governed database is made, its two tables must be made as well. */
function missing(acts: Act[], settings: LawSettings): Breach[] {
  const governed = acts.some(({ statement, ...act }) => {
    if (statement.kind !== "CreateDatabase") return false;
    const target = accountObjectTarget(statement.name, { statement, ...act });
    return target !== "dynamic" && target.name === settings.database;
  });
  if (!governed) return [];
  const { database, landing, events } = settings;
  const absent = (what: string, table: TableName, declared: Act[], fix: string): Breach[] =>
    declared.length > 0 ? [] : [{ message: `The ${what} ${database}.${table.schema}.${table.name} is missing.`, fix }];
  return [
    ...absent(
      "landing table",
      landing,
      declarations(acts, settings, "CreateTable", isLanding),
      "Declare it as a plain table.",
    ),
    ...absent(
      "events table",
      events,
      declarations(acts, settings, "CreateDynamicTable", isEvents),
      "Declare it as a dynamic table over the landing table.",
    ),
  ];
}

const declarations = (
  acts: Act[],
  settings: LawSettings,
  kind: "CreateTable" | "CreateDynamicTable",
  isIt: typeof isLanding,
): Act[] => acts.filter((act) => act.statement.kind === kind && isIt(objectTarget(act.statement.name, act), settings));

function declaredTwice(
  acts: Act[],
  settings: LawSettings,
  kind: "CreateTable" | "CreateDynamicTable",
  isIt: typeof isLanding,
  what: string,
): (Breach & { act: Act })[] {
  const [first, ...others] = declarations(acts, settings, kind, isIt);
  return others
    .filter((act) => !isRepetition(act, first as Act) || [act, first as Act].some((one) => drops(acts, one)))
    .map((act) => ({
      act,
      message: `The ${what} is declared a second time; the first is in ${first!.source.resource ?? first!.source.file ?? "the same text"}.`,
      fix: "Keep one declaration of each of the two tables.",
    }));
}

/** The resource of this declaration drops something when it goes: of two that do, the first that goes takes the table with it. */
const drops = (acts: Act[], { source }: Act): boolean =>
  acts.some((act) => isRevert(act) && act.source.resource === source.resource && act.statement.kind === "Drop");

/** CREATE OR ALTER with the same words, run once more by another resource: it changes nothing that is as it should be. */
const isRepetition = ({ statement, source }: Act, first: Act): boolean =>
  "orAlter" in statement &&
  statement.orAlter === true &&
  source.resource !== first.source.resource &&
  source.text === first.source.text;
