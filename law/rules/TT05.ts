import {
  type CreateView,
  type Name,
  type Query,
  type Refreshability,
  type RefreshReason,
  refreshability,
  visit,
} from "../../dialect/index";
import type { Act } from "../acts/act";
import { DYNAMIC, type ResolvedName } from "../acts/names";
import type { Breach, Note, Rule } from "../rule";
import type { LawSettings } from "../settings";
import { isEvents, objectTarget } from "../target";

/**
 * The query of the events table can refresh incrementally.
 * https://docs.snowflake.com/en/user-guide/dynamic-tables/supported-queries
 */
export const TT05: Rule = {
  code: "TT05",
  title: "The query of the events table refreshes incrementally: no clause in it forces a full refresh.",
  severity: "error",
  why:
    "A full refresh reads every event ever received, every minute. Snowflake tells of it only after the deployment, as a refused " +
    "CREATE or as `REFRESH_MODE = FULL` in a list that nobody reads; here the clause is named before, with the way to write it that is supported. " +
    "The bodies of user-defined functions are not seen: they are named as notes.",
  examples: {
    fail: [
      events("SELECT UUID_STRING() AS EVENT_ID, PAYLOAD FROM CLAUDE_BI.LANDING.RAW_EVENTS"),
      events(
        "SELECT PAYLOAD FROM CLAUDE_BI.LANDING.RAW_EVENTS WHERE PAYLOAD:action IN (SELECT ACTION FROM CLAUDE_BI.MCP.ACTION_CATALOG)",
      ),
      events("SELECT ANY_VALUE(PAYLOAD) AS PAYLOAD FROM CLAUDE_BI.LANDING.RAW_EVENTS GROUP BY _RECV_AT"),
      events("SELECT PAYLOAD FROM CLAUDE_BI.LANDING.RAW_EVENTS LIMIT 1000"),
      events(
        "SELECT PAYLOAD FROM CLAUDE_BI.LANDING.RAW_EVENTS EXCEPT SELECT PAYLOAD FROM CLAUDE_BI.LANDING.RAW_EVENTS WHERE _RECV_AT IS NULL",
      ),
      events("SELECT _SOURCE_LANE, COUNT(*) AS N FROM CLAUDE_BI.LANDING.RAW_EVENTS GROUP BY ROLLUP (_SOURCE_LANE)"),
    ],
    pass: [
      events(
        "SELECT PAYLOAD, _RECV_AT FROM CLAUDE_BI.LANDING.RAW_EVENTS QUALIFY ROW_NUMBER() OVER (PARTITION BY PAYLOAD:event_id ORDER BY _RECV_AT) = 1",
      ),
      events(
        "SELECT PAYLOAD:action::VARCHAR AS ACTION, MIN_BY(PAYLOAD, _RECV_AT) AS PAYLOAD FROM CLAUDE_BI.LANDING.RAW_EVENTS GROUP BY 1",
      ),
      "CREATE DYNAMIC TABLE OTHER_DB.PUBLIC.D TARGET_LAG = '1 minute' WAREHOUSE = W AS SELECT UUID_STRING() AS U FROM OTHER_DB.PUBLIC.T;",
      "SELECT PAYLOAD FROM CLAUDE_BI.LANDING.RAW_EVENTS LIMIT 10;",
    ],
  },
  check(act, settings) {
    return eventsQueries(act, settings).flatMap((query) => refreshOf(query).reasons.map(breach));
  },
  checkAll(acts, settings) {
    const views = viewsByName(acts);
    const below = acts.flatMap((act) => eventsQueries(act, settings).flatMap((query) => viewsBelow(query, act, views)));
    return [...new Set(below)].flatMap(({ act, query }) =>
      refreshOf(query).reasons.map((reason) => ({
        ...breach(reason),
        message: `${reason.message} The events table reads this view.`,
        act,
      })),
    );
  },
  notes(act, settings) {
    return eventsQueries(act, settings).flatMap((query): Note[] => refreshOf(query).notes);
  },
};

function events(query: string): string {
  return `CREATE OR ALTER DYNAMIC TABLE CLAUDE_BI.ACTIVITY.EVENTS TARGET_LAG = '1 minute' WAREHOUSE = DT_XS_WH REFRESH_MODE = INCREMENTAL CLUSTER BY (DATE(OCCURRED_AT), ACTION) AS ${query};`;
}

const judged = new WeakMap<Query, Refreshability>();

/** Breaches and notes are asked for one after the other. */
function refreshOf(query: Query): Refreshability {
  const known = judged.get(query) ?? refreshability(query);
  judged.set(query, known);
  return known;
}

const breach = ({ message, fix, span }: RefreshReason): Breach => ({ message, fix, span });

/** The queries that an act gives to the events table. */
function eventsQueries({ statement, ...act }: Act, settings: LawSettings): Query[] {
  const isIt = (name: Name): boolean => isEvents(objectTarget(name, { statement, ...act }), settings);
  if (statement.kind !== "CreateDynamicTable" || statement.query === undefined || !isIt(statement.name)) return [];
  return [statement.query];
}

interface ViewAct {
  act: Act;
  query: Query;
}

function viewsByName(acts: readonly Act[]): ReadonlyMap<string, ViewAct> {
  const views = new Map<string, ViewAct>();
  for (const act of acts) {
    if (act.statement.kind !== "CreateView") continue;
    const { name, query }: CreateView = act.statement;
    const target = objectTarget(name, act);
    if (target !== DYNAMIC) views.set(keyOf(target), { act, query });
  }
  return views;
}

const keyOf = ({ database, schema, name }: ResolvedName): string => JSON.stringify([database, schema, name]);

/** Snowflake expands the views that a dynamic table reads: every one that is declared here, at any depth, each once. */
function viewsBelow(query: Query, act: Act, views: ReadonlyMap<string, ViewAct>): ViewAct[] {
  const found = new Set<ViewAct>();
  const search = (within: Query, from: Act): void =>
    visit(within, {
      NamedTable({ name }) {
        const target = objectTarget(name, from);
        const view = target === DYNAMIC ? undefined : views.get(keyOf(target));
        if (!view || found.has(view)) return;
        found.add(view);
        search(view.query, view.act);
      },
    });
  search(query, act);
  return [...found];
}
