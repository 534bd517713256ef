import type { StatementHandlers } from "../handler";
import { alterSession } from "./alterSession";
import { setVariable } from "./setVariable";
import { unsetVariable } from "./unsetVariable";
import { use } from "./use";
import { useSecondaryRoles } from "./useSecondaryRoles";

/** USE, SET, UNSET, ALTER SESSION. */
export const sessionHandlers: StatementHandlers = {
  Use: use,
  UseSecondaryRoles: useSecondaryRoles,
  SetVariable: setVariable,
  UnsetVariable: unsetVariable,
  AlterSession: alterSession,
};
