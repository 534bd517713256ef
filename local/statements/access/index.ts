import type { StatementHandlers } from "../handler";

/** GRANT and REVOKE. */
export const accessHandlers: StatementHandlers = {};
