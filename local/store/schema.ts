/** Version of the file's layout. A file with a greater one is refused; a smaller one is upgraded by `UPGRADES`. */
export const LAYOUT_VERSION = 1;

/** The server's own tables. User data lies in schema `data`. */
export const LAYOUT = [
  "CREATE SCHEMA IF NOT EXISTS meta",
  "CREATE SCHEMA IF NOT EXISTS data",
  "CREATE SEQUENCE IF NOT EXISTS data.rid START 1",
  "CREATE TABLE IF NOT EXISTS meta.info (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)",
  "CREATE TABLE IF NOT EXISTS meta.objects (id BIGINT NOT NULL, kind VARCHAR NOT NULL, doc VARCHAR NOT NULL)",
  "CREATE TABLE IF NOT EXISTS meta.counters (name VARCHAR NOT NULL, value BIGINT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS meta.requests (request_key VARCHAR NOT NULL, query_id VARCHAR NOT NULL, state VARCHAR NOT NULL, answer VARCHAR, created_on BIGINT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS meta.sessions (id VARCHAR NOT NULL, state VARCHAR NOT NULL, last_used BIGINT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS meta.query_history (query_id VARCHAR NOT NULL, start_time BIGINT NOT NULL, entry VARCHAR NOT NULL)",
  // What ran by itself: refreshes, task runs, alert runs, credits; `time` in milliseconds, `entry` is JSON.
  "CREATE TABLE IF NOT EXISTS meta.history (kind VARCHAR NOT NULL, object_id BIGINT NOT NULL, time BIGINT NOT NULL, entry VARCHAR NOT NULL)",
];
