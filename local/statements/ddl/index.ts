import type { StatementHandlers } from "../handler";

/** CREATE, ALTER, DROP, UNDROP, COMMENT of every kind of object. */
export const ddlHandlers: StatementHandlers = {};
