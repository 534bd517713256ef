import type { StatementHandlers } from "../handler";

/** INSERT, UPDATE, DELETE, MERGE, TRUNCATE, COPY. */
export const dmlHandlers: StatementHandlers = {};
