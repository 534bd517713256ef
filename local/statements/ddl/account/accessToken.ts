import type { AccessTokenAction } from "../../../../dialect/index";
import { hashOf, networkPolicyRequired, newSecret } from "../../../auth/accessTokens";
import { policyFor } from "../../../auth/networkPolicy";
import { checkMethod } from "../../../auth/policies";
import type { AccessToken, UserDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import {
  accessControlError,
  compilationError,
  doesNotExistOrNotAuthorized,
  objectAlreadyExists,
  SnowflakeError,
  unsupportedFeature,
} from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { type StatementResult, statusResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { requireAny, rolesOfUser } from "../../../privileges/index";
import type { WriteUnit } from "../../../store/writeUnit";
import { varchar } from "../../../types/dataType";
import type { AlterOutcome } from "../alter/index";
import { Properties } from "../support/properties";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;
const DEFAULT_DAYS = 15;
const MOST_DAYS = 365;
const MOST_TOKENS = 15;
/** Minutes for which a token may go without a network policy. */
const LONGEST_BYPASS = 1440;
const DEFAULT_HOURS_AFTER_ROTATION = 24;

const MANAGES_TOKENS = "MODIFY PROGRAMMATIC AUTHENTICATION METHODS";

const isPerson = ({ type }: UserDoc): boolean => type === undefined || type === "PERSON";

/** People manage their own; those of others and of services take a privilege on the user. */
export function mayManageTokens(context: ExecutionContext, user: UserDoc): void {
  if (user.id !== context.rights.userId || !isPerson(user)) requireAny(context, [MANAGES_TOKENS], user);
}

interface Change {
  tokens: readonly AccessToken[];
  result: StatementResult;
}

/**
 * ALTER USER … ADD, MODIFY, ROTATE and REMOVE PROGRAMMATIC ACCESS TOKEN. The secret is answered once and only its digest kept.
 * Source: https://docs.snowflake.com/en/user-guide/programmatic-access-tokens
 */
export function alterAccessToken(
  context: ExecutionContext,
  unit: WriteUnit,
  user: UserDoc,
  action: AccessTokenAction,
): AlterOutcome {
  mayManageTokens(context, user);
  const { userId, accessToken } = context.session;
  if (action.verb !== "ADD" && accessToken && userId === user.id)
    throw accessControlError(
      "A programmatic access token cannot be changed in a session that was opened by a programmatic access token of the same user.",
    );
  const name = action.token.value;
  const tokens = user.accessTokens ?? [];
  const found = tokens.find((token) => token.name === name);
  const done = statusResult("Statement executed successfully.");
  if (action.verb === "ADD") {
    if (found && action.conditional) return { doc: user, result: done };
    if (found) throw objectAlreadyExists(name);
    return outcome(unit, user, add(context, user, tokens, action));
  }
  if (!found && action.conditional) return { doc: user, result: done };
  if (!found) throw compilationError("002003", "02000", `Programmatic access token ${name} not found.`);
  const others = tokens.filter((token) => token !== found);
  switch (action.verb) {
    case "MODIFY":
      return outcome(unit, user, { tokens: [...others, modify(context, user, others, found, action)], result: done });
    case "ROTATE":
      return outcome(unit, user, rotate(context, others, found, action));
    case "REMOVE":
      return outcome(unit, user, {
        tokens: others,
        result: statusResult(`Programmatic access token ${name} successfully removed.`),
      });
  }
}

function outcome(unit: WriteUnit, user: UserDoc, { tokens, result }: Change): AlterOutcome {
  // The answer of ADD and ROTATE alone has more than a status.
  unit.answersSecret = result.columns.length > 1;
  return { doc: unit.catalogue.update<UserDoc>(user, { accessTokens: tokens }), result };
}

const answer = (cells: Record<string, string>): StatementResult => ({
  columns: Object.keys(cells).map((name) => ({ name, type: varchar(), nullable: true })),
  rows: [Object.values(cells)],
});

function add(
  context: ExecutionContext,
  user: UserDoc,
  tokens: readonly AccessToken[],
  { token, properties: given }: AccessTokenAction,
): Change {
  const now = toMillis(context.now);
  checkMethod(context.catalogue, user, "PROGRAMMATIC_ACCESS_TOKEN");
  if (!isPerson(user) && !policyFor(context.catalogue, user)) throw networkPolicyRequired();
  const properties = new Properties(context, given);
  const role = properties.name("ROLE_RESTRICTION")?.at(-1);
  if (role === undefined && !isPerson(user))
    throw compilationError("001008", "22023", `ROLE_RESTRICTION is required for users with TYPE=${user.type}.`);
  if (tokens.filter(({ expiresAt }) => expiresAt > now).length >= MOST_TOKENS)
    throw new SnowflakeError(
      "001008",
      "22023",
      `SQL execution error:\nA user can have at most ${MOST_TOKENS} programmatic access tokens.`,
    );
  const days = properties.integer("DAYS_TO_EXPIRY", 1, MOST_DAYS) ?? DEFAULT_DAYS;
  const secret = newSecret();
  const made: AccessToken = {
    name: token.value,
    hash: hashOf(secret),
    ...(role === undefined ? {} : { roleId: restriction(context, user, role) }),
    createdOn: now,
    createdBy: context.catalogue.get("USER", context.session.userId)?.name ?? "SYSTEM",
    days,
    expiresAt: now + days * DAY,
    ...changes(properties, user, now),
  };
  return { tokens: [...tokens, made], result: answer({ token_name: made.name, token_secret: secret }) };
}

/** Of the roles that the user has. */
function restriction(context: ExecutionContext, user: UserDoc, name: string): number {
  const role = context.catalogue.find("ROLE", 0, name);
  if (!role || !rolesOfUser(context, user.id).has(role.id)) throw doesNotExistOrNotAuthorized("Role", name);
  return role.id;
}

function changes(properties: Properties, user: UserDoc, now: number): Partial<AccessToken> {
  const changes: Partial<AccessToken> = {};
  if (properties.has("DISABLED")) changes.disabled = properties.boolean("DISABLED");
  if (properties.has("COMMENT")) changes.comment = properties.text("COMMENT");
  const minutes = properties.integer("MINS_TO_BYPASS_NETWORK_POLICY_REQUIREMENT", 0, LONGEST_BYPASS);
  if (minutes !== undefined) {
    if (!isPerson(user))
      throw unsupportedFeature(`MINS_TO_BYPASS_NETWORK_POLICY_REQUIREMENT for users with TYPE=${user.type}`);
    changes.policyBypassedUntil = minutes === 0 ? undefined : now + minutes * MINUTE;
  }
  properties.finish();
  return changes;
}

/** Names of UNSET → what it takes away. */
const UNSET: Readonly<Record<string, Partial<AccessToken>>> = {
  DISABLED: { disabled: undefined },
  COMMENT: { comment: undefined },
  MINS_TO_BYPASS_NETWORK_POLICY_REQUIREMENT: { policyBypassedUntil: undefined },
};

function modify(
  context: ExecutionContext,
  user: UserDoc,
  others: readonly AccessToken[],
  found: AccessToken,
  { change }: AccessTokenAction,
): AccessToken {
  switch (change?.kind) {
    case "RenameTo": {
      const name = nameParts(context, change.name).at(-1) as string;
      if (others.some((token) => token.name === name)) throw objectAlreadyExists(name);
      return { ...found, name };
    }
    case "SetProperties":
      return { ...found, ...changes(new Properties(context, change.properties), user, toMillis(context.now)) };
    default:
      return Object.assign({ ...found }, ...(change?.names ?? []).map((name) => UNSET[name]));
  }
}

/** The old secret stays good for a while under a name of its own; the token has a new one for as many days as at first. */
function rotate(
  context: ExecutionContext,
  others: readonly AccessToken[],
  found: AccessToken,
  action: AccessTokenAction,
): Change {
  const now = toMillis(context.now);
  const properties = new Properties(context, action.properties);
  const most = Math.max(0, Math.floor((found.expiresAt - now) / HOUR));
  const hours = properties.integer("EXPIRE_ROTATED_TOKEN_AFTER_HOURS", 0, most);
  properties.finish();
  const secret = newSecret();
  const old: AccessToken = {
    ...found,
    name: `${found.name}_ROTATED_${now}`,
    expiresAt: Math.min(found.expiresAt, now + (hours ?? DEFAULT_HOURS_AFTER_ROTATION) * HOUR),
    rotatedTo: found.name,
  };
  const fresh = { ...found, hash: hashOf(secret), createdOn: now, expiresAt: now + found.days * DAY };
  return {
    tokens: [...others, old, fresh],
    result: answer({ token_name: found.name, token_secret: secret, rotated_token_name: old.name }),
  };
}
