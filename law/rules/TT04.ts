import {
  type AlterAction,
  type CreateDynamicTable,
  durationSeconds,
  type Expression,
  type Property,
} from "../../dialect/index";
import type { Act } from "../acts/act";
import { givenText, property } from "../properties";
import type { Breach, Rule } from "../rule";
import type { LawSettings } from "../settings";
import { isEvents, objectTarget } from "../target";
import { writtenTables } from "../writtenTables";

/** The events table keeps its shape. */
export const TT04: Rule = {
  code: "TT04",
  title:
    "The events table keeps its shape: lag, incremental refresh said outright, clustering, its own warehouse, always on.",
  severity: "error",
  why:
    "What makes two tables enough is that the second is fresh, cheap and quick to read. AUTO may silently mean FULL, another " +
    "warehouse hides its cost, a missing clustering key makes every question read everything.",
  examples: {
    fail: [
      "CREATE OR ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS TARGET_LAG = '1 hour' WAREHOUSE = DT_XS_WH REFRESH_MODE = INCREMENTAL CLUSTER BY (DATE(OCCURRED_AT), ACTION) AS SELECT 1 AS A;",
      "CREATE OR ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS TARGET_LAG = '1 minute' WAREHOUSE = DT_XS_WH CLUSTER BY (DATE(OCCURRED_AT), ACTION) AS SELECT 1 AS A;",
      "ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS SUSPEND;",
      "ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS SET TARGET_LAG = DOWNSTREAM;",
      "ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS DROP CLUSTERING KEY;",
    ],
    pass: [
      "CREATE OR ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS TARGET_LAG = '1 minute' WAREHOUSE = DT_XS_WH REFRESH_MODE = INCREMENTAL CLUSTER BY (DATE(OCCURRED_AT), ACTION) AS SELECT 1 AS A;",
      "ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS REFRESH;",
      "ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS RESUME;",
      "ALTER DYNAMIC TABLE OTHER_DB.PUBLIC.EVENTS SUSPEND;",
    ],
  },
  check(act, settings) {
    const { statement } = act;
    if (statement.kind === "CreateDynamicTable") {
      return isEvents(objectTarget(statement.name, act), settings) ? created(statement, act, settings) : [];
    }
    const written = writtenTables(statement).find((name) => isEvents(objectTarget(name, act), settings));
    if (written)
      return [
        {
          message: "Writes to the events table, whose rows are made by its refresh alone.",
          fix: "Write events to the landing table by CALL INGEST_EVENTS.",
          span: written.span,
        },
      ];
    if (statement.kind === "Alter" && statement.name && /TABLE$/.test(statement.objectType)) {
      const names = [statement.name, ...(statement.furtherNames ?? [])];
      if (!names.some((name) => isEvents(objectTarget(name, act), settings))) return [];
      return statement.actions.flatMap((action) => altered(action, act, settings));
    }
    return [];
  },
};

const frozen = (span: { start: number; end: number }): Breach => ({
  message: "Freezes rows of the events table: they would no longer follow the landing table.",
  fix: "Leave the clause out.",
  span,
});

function created(statement: CreateDynamicTable, act: Act, settings: LawSettings): Breach[] {
  const breaches = properties(statement.properties, act, settings);
  const mustSay = (name: string, fix: string) => {
    if (!property(statement.properties, name) && !(name === "TARGET_LAG" && property(statement.properties, "LAG")))
      breaches.push({ message: `The events table is declared without ${name}.`, fix, span: statement.name.span });
  };
  mustSay("TARGET_LAG", `Say ${lagText(settings)}.`);
  mustSay("WAREHOUSE", `Say WAREHOUSE = ${settings.refreshWarehouse}.`);
  mustSay("REFRESH_MODE", "Say REFRESH_MODE = INCREMENTAL: AUTO may resolve to FULL, for ever.");
  if (statement.transient)
    breaches.push({
      message: "The events table is declared TRANSIENT.",
      fix: "Leave TRANSIENT out.",
      span: statement.name.span,
    });
  if (statement.frozenWhere) breaches.push(frozen(statement.frozenWhere.span));
  if (statement.refreshUsing)
    breaches.push({
      message: "The events table is refreshed by a statement of its own instead of a query.",
      fix: "Say AS and the query over the landing table.",
      span: statement.refreshUsing.span,
    });
  if (statement.backfillFrom)
    breaches.push({
      message: "Fills the events table from another table than the landing table.",
      fix: "Leave BACKFILL FROM out: the first refresh reads all of the landing table.",
      span: statement.backfillFrom.span,
    });
  if (statement.orReplace)
    breaches.push({
      message: "Replaces the events table and everything granted on it.",
      fix: "Use CREATE OR ALTER DYNAMIC TABLE.",
      span: statement.name.span,
    });
  if (!statement.clusterBy)
    breaches.push({
      message: "The events table is declared without a clustering key.",
      fix: CLUSTERING_FIX,
      span: statement.name.span,
    });
  else breaches.push(...clustering(statement.clusterBy));
  breaches.push(...lifecycle(statement.policies));
  return breaches;
}

function altered(action: AlterAction, act: Act, settings: LawSettings): Breach[] {
  switch (action.kind) {
    case "SetProperties":
      return properties(action.properties, act, settings);
    case "UnsetProperties":
      return action.names
        .filter((name) => ["TARGET_LAG", "WAREHOUSE", "REFRESH_MODE"].includes(name))
        .map((name) => ({ message: `Unsets ${name} of the events table.`, fix: `Keep ${name}.`, span: action.span }));
    case "Action":
      return /^SUSPEND/.test(action.action)
        ? [
            {
              message: "Suspends the events table: nothing would be refreshed.",
              fix: "Let it run; a longer lag costs less.",
              span: action.span,
            },
          ]
        : [];
    case "DropClusteringKey":
      return [{ message: "Drops the clustering key of the events table.", fix: CLUSTERING_FIX, span: action.span }];
    case "ClusterBy":
      return clustering(action.expressions);
    case "PolicyAction":
      return action.verb === "ADD" || action.verb === "SET"
        ? lifecycle([{ policyType: action.policyType, span: action.span }])
        : [];
    default:
      return [];
  }
}

function properties(given: readonly Property[], act: Act, settings: LawSettings): Breach[] {
  return given.flatMap((one): Breach[] => {
    const text = givenText(one.value, act.constantOf);
    switch (one.name) {
      case "TARGET_LAG":
      case "LAG":
        return text !== undefined && durationSeconds(text) === settings.targetLagSeconds
          ? []
          : [
              {
                message: `The lag of the events table is ${text === undefined ? "not a constant" : `'${text}'`}; it must be ${settings.targetLagSeconds} seconds.`,
                fix: `Say ${lagText(settings)}.`,
                span: one.span,
              },
            ];
      case "FROZEN WHERE":
        return [frozen(one.span)];
      case "REQUIRE USER":
        return [
          {
            message: "The events table requires a user: Snowflake would refresh it no more by itself.",
            fix: "Leave REQUIRE USER out.",
            span: one.span,
          },
        ];
      case "REFRESH_MODE":
        return text?.toUpperCase() === "INCREMENTAL"
          ? []
          : [
              {
                message: `REFRESH_MODE of the events table is ${text ?? "not a constant"}.`,
                fix: "Say REFRESH_MODE = INCREMENTAL.",
                span: one.span,
              },
            ];
      case "WAREHOUSE":
      case "INITIALIZATION_WAREHOUSE":
        return text === settings.refreshWarehouse
          ? []
          : [
              {
                message: `${one.name} of the events table is ${text ?? "not a constant"}; it refreshes on ${settings.refreshWarehouse} alone.`,
                fix: `Say ${one.name} = ${settings.refreshWarehouse}.`,
                span: one.span,
              },
            ];
      case "SCHEDULER":
        return text?.toUpperCase() === "ENABLE" || text?.toUpperCase() === "ENABLED"
          ? []
          : [
              {
                message: "Switches the scheduler of the events table off.",
                fix: "Leave SCHEDULER out.",
                span: one.span,
              },
            ];
      default:
        return [];
    }
  });
}

const CLUSTERING_FIX = "Say CLUSTER BY (DATE(occurred_at), action).";

const lagText = ({ targetLagSeconds }: LawSettings): string =>
  targetLagSeconds % 60 === 0
    ? `TARGET_LAG = '${targetLagSeconds / 60} minute${targetLagSeconds === 60 ? "" : "s"}'`
    : `TARGET_LAG = '${targetLagSeconds} seconds'`;

function clustering(keys: readonly Expression[]): Breach[] {
  const [date, action, ...rest] = keys;
  const right =
    rest.length === 0 &&
    date !== undefined &&
    isDateOf(date, "OCCURRED_AT") &&
    action !== undefined &&
    isColumn(action, "ACTION");
  if (right) return [];
  const span = { start: keys[0]?.span.start ?? 0, end: keys.at(-1)?.span.end ?? 0 };
  return [
    {
      message: "The clustering key of the events table is not (DATE(occurred_at), action).",
      fix: CLUSTERING_FIX,
      span,
    },
  ];
}

function isDateOf(expression: Expression, column: string): boolean {
  if (expression.kind === "Parenthesized") return isDateOf(expression.expression, column);
  if (expression.kind === "Cast") return expression.type.name === "DATE" && isColumn(expression.expression, column);
  if (expression.kind !== "FunctionCall") return false;
  const name = expression.name.parts.at(-1)?.value;
  const [argument] = expression.args;
  return (
    (name === "DATE" || name === "TO_DATE") &&
    expression.args.length === 1 &&
    argument !== undefined &&
    isColumn(argument as Expression, column)
  );
}

function isColumn(expression: Expression, name: string): boolean {
  if (expression.kind === "Parenthesized") return isColumn(expression.expression, name);
  return expression.kind === "ColumnReference" && expression.parts.at(-1)?.value === name;
}

const lifecycle = (policies: readonly { policyType: string; span: { start: number; end: number } }[]): Breach[] =>
  policies
    .filter((policy) => /LIFECYCLE/.test(policy.policyType))
    .map((policy) => ({
      message: "A lifecycle policy would expire rows of the events table.",
      fix: "Keep every event; old ones cost storage alone.",
      span: policy.span,
    }));
