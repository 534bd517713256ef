import { accessControlError, objectCannotBeOperated } from "../../errors";
import { statusResult } from "../../execution/result";
import { printName } from "../../names/resolve";
import { rolesOfUser } from "../../privileges/index";
import type { StatementHandler, StatementOf } from "../handler";
import { refuseInOwnerRights } from "./ownerRights";

/** USE SECONDARY ROLES ALL | NONE | r1, r2 */
export const useSecondaryRoles: StatementHandler<StatementOf<"UseSecondaryRoles">> = {
  async run(context, { roles }) {
    refuseInOwnerRights(context, "USE");
    if (context.session.accessToken?.roleId !== undefined && roles !== "NONE")
      throw accessControlError("The programmatic access token of this session is restricted to one role.");
    if (!Array.isArray(roles)) {
      context.session.secondaryRoles = roles;
      return statusResult("Statement executed successfully.");
    }
    const mine = rolesOfUser(context, context.session.userId);
    context.session.secondaryRoles = roles.map(({ value }) => {
      const role = context.catalogue.find("ROLE", 0, value);
      if (!role) throw objectCannotBeOperated();
      if (!mine.has(role.id)) {
        throw accessControlError(
          `Requested role '${printName(value)}' is not assigned to the executing user. Specify another role to activate.`,
        );
      }
      return role.id;
    });
    return statusResult("Statement executed successfully.");
  },
};
