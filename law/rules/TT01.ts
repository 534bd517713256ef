import { DYNAMIC } from "../acts/names";
import type { Rule } from "../rule";
import { tablesMade } from "../tablesMade";
import { isGoverned, printTarget } from "../target";

/** No third table. */
export const TT01: Rule = {
  code: "TT01",
  title: "No third table: nothing creates, clones, restores, renames in or swaps in a table in the governed database.",
  severity: "error",
  why:
    "The warehouse is two tables, for ever: one that only grows and one that Snowflake derives from it. Every further table " +
    "is a copy that drifts, a grant to keep and a cost to explain. A view answers the same question and a new kind of event " +
    "carries the same fact.",
  examples: {
    fail: [
      "CREATE TABLE CLAUDE_BI.MCP.USERS (ID INT);",
      "CREATE TRANSIENT TABLE CLAUDE_BI.ACTIVITY.DAILY AS SELECT 1 AS N;",
      "CREATE DYNAMIC TABLE CLAUDE_BI.ACTIVITY.DAILY TARGET_LAG = '1 hour' WAREHOUSE = W AS SELECT 1 AS N;",
      "CREATE MATERIALIZED VIEW CLAUDE_BI.MCP.M AS SELECT ACTION FROM CLAUDE_BI.ACTIVITY.EVENTS;",
      "CREATE SCHEMA CLAUDE_BI.COPY CLONE OTHER_DB.PUBLIC;",
      "ALTER TABLE OTHER_DB.PUBLIC.T RENAME TO CLAUDE_BI.MCP.T;",
      "UNDROP TABLE CLAUDE_BI.MCP.T;",
      "EXECUTE IMMEDIATE 'CREATE TABLE CLAUDE_BI.MCP.T (A INT)';",
    ],
    pass: [
      "CREATE VIEW CLAUDE_BI.MCP.USERS AS SELECT ACTOR_ID FROM CLAUDE_BI.ACTIVITY.EVENTS;",
      "CREATE TABLE OTHER_DB.PUBLIC.T (A INT);",
      "SELECT 'CREATE TABLE CLAUDE_BI.MCP.T (A INT)' AS HOW_TO;",
      "CREATE TABLE IF NOT EXISTS CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD VARIANT NOT NULL);",
    ],
  },
  check(act, settings) {
    return tablesMade(act, settings)
      .filter(({ target }) => target === DYNAMIC || isGoverned(target, settings))
      .map(({ what, target, span }) => ({
        message: `${what} ${printTarget(target, settings)}: ${settings.database} holds exactly two tables, ${settings.landing.schema}.${settings.landing.name} and ${settings.events.schema}.${settings.events.name}.`,
        fix: "Make it a view over the events table, or write what it would hold as events.",
        span,
      }));
  },
};
