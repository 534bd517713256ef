export type Props = Record<string, unknown>;

export const MCP = { database: "CLAUDE_BI", schema: "MCP", name: "X" };
export const ELSEWHERE = { database: "OTHER_DB", schema: "PUBLIC", name: "X" };
export const HIDDEN = "BEGIN\n  CREATE TABLE T (A INT);\nEND";

export const LANDING = { database: "CLAUDE_BI", schema: "LANDING", name: "RAW_EVENTS" };

/** Stands for a value that only the update will know; Pulumi's own are texts as well. */
export const UNKNOWN = "(not known yet)";
