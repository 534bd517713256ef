import type { StatementHandlers } from "../handler";

/** CALL, EXECUTE IMMEDIATE, anonymous blocks, EXECUTE TASK and ALERT. */
export const proceduralHandlers: StatementHandlers = {};
