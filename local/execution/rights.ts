import type { Session } from "../session/session";
import type { Rights } from "./context";

/** What the session itself may do. */
export const sessionRights = (session: Session): Rights => ({
  userId: session.userId,
  roleId: session.roleId,
  secondaryRoles: session.secondaryRoles,
  frame: "session",
});
