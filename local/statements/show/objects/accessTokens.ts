import type { Show } from "../../../../dialect/index";
import type { AccessToken, UserDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import { doesNotExistOrNotAuthorized } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { nameParts } from "../../../names/parts";
import { printName } from "../../../names/resolve";
import { mayManageTokens } from "../../ddl/account/accessToken";
import { compareText } from "../scope";
import { moment, type ShowTable, text } from "../table";
import { MINUTE, remaining } from "./account";

interface Listed {
  user: UserDoc;
  token: AccessToken;
}

/** One that has expired is forgotten after a week. */
const KEPT = 7 * 24 * 60 * MINUTE;

function minutesLeft({ token }: Listed, context: ExecutionContext): string | null {
  const left = (token.policyBypassedUntil ?? 0) - toMillis(context.now);
  return left > 0 ? String(remaining(left, MINUTE)) : null;
}

function status({ token }: Listed, context: ExecutionContext): string {
  if (token.expiresAt <= toMillis(context.now)) return "EXPIRED";
  return token.disabled ? "DISABLED" : "ACTIVE";
}

/** Source: https://docs.snowflake.com/en/sql-reference/sql/show-user-programmatic-access-tokens */
export const ACCESS_TOKENS: ShowTable<Listed> = {
  columns: [
    text("name", ({ token }) => token.name),
    text("user_name", ({ user }) => user.name),
    text("role_restriction", ({ token }, context) =>
      token.roleId === undefined ? null : context.catalogue.get("ROLE", token.roleId)?.name,
    ),
    moment("expires_at", ({ token }) => token.expiresAt),
    text("status", status),
    text("comment", ({ token }) => token.comment),
    moment("created_on", ({ token }) => token.createdOn),
    text("created_by", ({ token }) => token.createdBy),
    text("mins_to_bypass_network_policy_requirement", minutesLeft),
    text("rotated_to", ({ token }) => token.rotatedTo),
  ],
  items(context, statement) {
    const user = userOf(context, statement);
    mayManageTokens(context, user);
    return [...(user.accessTokens ?? [])]
      .filter(({ expiresAt }) => expiresAt + KEPT > toMillis(context.now))
      .sort((a, b) => compareText(a.name, b.name))
      .map((token) => ({ user, token }));
  },
  name: ({ token }) => token.name,
};

function userOf(context: ExecutionContext, { grants }: Show): UserDoc {
  const name = grants?.name && nameParts(context, grants.name).at(-1);
  const user = name === undefined ? context.catalogue.get("USER", context.session.userId) : undefined;
  const found = name === undefined ? user : context.catalogue.find("USER", 0, name);
  if (!found) throw doesNotExistOrNotAuthorized("User", printName(name ?? ""));
  return found;
}
