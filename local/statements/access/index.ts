import type { StatementHandlers } from "../handler";
import { grantOwnership } from "./ownership";
import { grantPrivileges, revokePrivileges } from "./privileges";
import { grantRole, revokeRole } from "./roles";

/** GRANT and REVOKE. */
export const accessHandlers: StatementHandlers = {
  GrantPrivileges: { run: grantPrivileges },
  RevokePrivileges: { run: revokePrivileges },
  GrantOwnership: { run: grantOwnership },
  GrantRole: { run: grantRole },
  RevokeRole: { run: revokeRole },
};
