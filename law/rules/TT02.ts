import type { Name } from "../../dialect/index";
import type { Act } from "../acts/act";
import { DYNAMIC } from "../acts/names";
import { landingSubject } from "../landingSubject";
import { givenText, property } from "../properties";
import type { Breach, Rule } from "../rule";
import type { LawSettings, TableName } from "../settings";
import { describeTable } from "../tablesMade";
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
      "CREATE TABLE CLAUDE_BI.ACTIVITY.EVENTS (ACTION VARCHAR);",
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
  if (!MAKING.has(statement.kind)) return [];
  const { name } = statement as Making;
  const target = objectTarget(name, act);
  const landing = isLanding(target, settings);
  if (!landing && !isEvents(target, settings)) return [];
  const kind = kindMade(statement as Making);
  if (kind === (landing ? "table" : "dynamic table")) return [];
  const isView = kind.endsWith("view");
  const fix = `Declare it as a ${landing ? "plain" : "dynamic"} table.`;
  return [
    {
      message: `${printTarget(target, settings)} is one of the two tables, and this makes ${/^[aeiou]/i.test(kind) ? "an" : "a"} ${kind} of it.`,
      fix: isView ? "Give the view another name." : fix,
      span: name.span,
    },
  ];
}

type Making = Extract<
  Act["statement"],
  { kind: "CreateTable" | "CreateDynamicTable" | "CreateView" | "CreateSemanticView" }
>;

const MAKING: ReadonlySet<string> = new Set<Making["kind"]>([
  "CreateTable",
  "CreateDynamicTable",
  "CreateView",
  "CreateSemanticView",
]);

function kindMade(statement: Making): string {
  switch (statement.kind) {
    case "CreateTable":
      return describeTable(statement);
    case "CreateDynamicTable":
      return statement.iceberg ? "dynamic Iceberg table" : "dynamic table";
    default:
      return "view";
  }
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
      : statement.kind === "CreateSchema" || statement.kind === "CreateDatabase"
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
    // What is swapped goes where the other came from.
    const gone = action.kind === "SwapWith" ? [name, action.name] : [name];
    const what = gone.map((one) => heldBy(statement.objectType, one, act, settings)).find((text) => text !== undefined);
    return what === undefined ? [] : [{ message: `${verb} ${what}.`, fix: FIX_LOST, span: action.span }];
  });
}

/** What is lost of the two with an object of this kind and name. */
function heldBy(objectType: string, name: Name, act: Act, settings: LawSettings): string | undefined {
  if (/TABLE$/.test(objectType)) {
    const target = objectTarget(name, act);
    if (!isLanding(target, settings) && !isEvents(target, settings)) return undefined;
    return `${printTarget(target, settings)}, one of the two tables`;
  }
  if (objectType === "SCHEMA") {
    const schema = schemaTarget(name, act);
    const holds =
      schema !== DYNAMIC &&
      isGoverned(schema, settings) &&
      [settings.landing.schema, settings.events.schema].includes(schema.name);
    return holds ? `the schema ${settings.database}.${schema.name}, which holds one of the two tables` : undefined;
  }
  if (objectType !== "DATABASE") return undefined;
  const database = accountObjectTarget(name, act);
  return database !== DYNAMIC && database.name === settings.database
    ? `the governed database ${settings.database}`
    : undefined;
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
