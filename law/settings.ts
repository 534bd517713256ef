/** Which database the law governs and what its two tables are called. All names as Snowflake stores them. */
export interface LawSettings {
  /** The governed database; default `CLAUDE_BI`. */
  database: string;
  /** The append-only landing table; default `LANDING.RAW_EVENTS`. */
  landing: TableName;
  /** The dynamic table; default `ACTIVITY.EVENTS`. */
  events: TableName;
}

export interface TableName {
  schema: string;
  name: string;
}

export const DEFAULT_SETTINGS: LawSettings = {
  database: "CLAUDE_BI",
  landing: { schema: "LANDING", name: "RAW_EVENTS" },
  events: { schema: "ACTIVITY", name: "EVENTS" },
};
