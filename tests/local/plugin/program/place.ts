import * as snowflake from "@pulumi/snowflake";

/** What differs between the first deployment and the update in place. */
const later = process.env["STAGE"] === "2";
export const pick = <T>(first: T, second: T): T => (later ? second : first);
export const comment = pick("first", 'second: it\'s "quoted" \\ and\nbroken');

export const database = new snowflake.Database("database", {
  name: "LIFE",
  comment,
  dataRetentionTimeInDays: pick(1, 2),
});
export const schema = new snowflake.Schema("schema", {
  name: "CYCLE",
  database: database.name,
  comment,
});
export const place = { database: database.name, schema: schema.name };
