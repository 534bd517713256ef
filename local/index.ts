/** An embedded Snowflake: the wire protocol, the catalogue, privileges and execution on DuckDB. */
export { type Clock, systemClock, type Timer } from "./clock";
export { type LocalServer, type LocalServerOptions, startLocalServer } from "./server";
export { DataFileError } from "./store/open";
