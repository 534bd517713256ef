import type { CreateObject } from "../../../../dialect/index";
import { readPublicKey } from "../../../auth/keyPair";
import { hashPassword } from "../../../auth/password";
import type { UserDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import { compilationError, SnowflakeError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { printName } from "../../../names/resolve";
import { accountOf } from "../../../privileges/index";
import { createObject } from "../support/create";
import { mergeParameters, readParameters } from "../support/parameters";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { policyInForce } from "./networkPolicy";

type Settings = Omit<UserDoc, "id" | "name" | "kind" | "createdOn" | "ownerId">;

const DAY = 86_400_000;
const MINUTE = 60_000;
const MIN_PASSWORD_LENGTH = 8;

const TEXTS = {
  DISPLAY_NAME: "displayName",
  FIRST_NAME: "firstName",
  MIDDLE_NAME: "middleName",
  LAST_NAME: "lastName",
  EMAIL: "email",
  COMMENT: "comment",
} as const;

const KEYS = { RSA_PUBLIC_KEY: "rsaPublicKey", RSA_PUBLIC_KEY_2: "rsaPublicKey2" } as const;

const NOT_FOR_LEGACY_SERVICES = ["FIRST_NAME", "MIDDLE_NAME", "LAST_NAME", "MINS_TO_BYPASS_MFA"];

/** What only people have: a service user that is given one of these is refused. */
const FORBIDDEN: Partial<Record<NonNullable<UserDoc["type"]>, readonly string[]>> = {
  SERVICE: [...NOT_FOR_LEGACY_SERVICES, "PASSWORD", "MUST_CHANGE_PASSWORD"],
  LEGACY_SERVICE: NOT_FOR_LEGACY_SERVICES,
};

function publicKey(text: string): string {
  const bare = text.replace(/-----[^-]+-----|\s/g, "");
  if (!readPublicKey(bare)) {
    throw new SnowflakeError(
      "390240",
      "22023",
      "New public key rejected by current policy. Reason: 'Invalid public key'",
    );
  }
  return bare;
}

/**
 * Snowflake's own floor for passwords when no password policy is set: 8 characters at least, but for the first one, which an
 * administrator gives and has changed.
 */
async function password(text: string, isFirst: boolean): Promise<string> {
  if (text.length < MIN_PASSWORD_LENGTH && !isFirst) {
    throw new SnowflakeError(
      "003002",
      "28P01",
      `Password is too short. New password must be at least ${MIN_PASSWORD_LENGTH} characters long.`,
    );
  }
  return hashPassword(text);
}

/**
 * What the properties say, changes only.
 * @param user whom they are for; absent for one that is being made
 */
export async function readUser(
  context: ExecutionContext,
  properties: Properties,
  user?: UserDoc,
): Promise<Partial<Settings>> {
  const type = user?.type;
  const changes: Partial<Settings> = {};
  const wanted = properties.word("TYPE", ["PERSON", "SERVICE", "LEGACY_SERVICE", "NULL"]);
  if (wanted !== undefined) changes.type = wanted === "NULL" ? undefined : wanted;
  else if (properties.has("TYPE")) changes.type = undefined;
  const effective = properties.has("TYPE") ? changes.type : type;
  for (const name of (effective && FORBIDDEN[effective]) ?? []) {
    if (properties.has(name)) {
      throw new SnowflakeError(
        "001008",
        "22023",
        `SQL execution error:\nCannot set ${name} on users with TYPE=${effective}.`,
      );
    }
  }
  for (const [property, field] of Object.entries(TEXTS) as [keyof typeof TEXTS, (typeof TEXTS)[keyof typeof TEXTS]][]) {
    if (properties.has(property)) changes[field] = properties.text(property);
  }
  for (const [property, field] of Object.entries(KEYS) as [keyof typeof KEYS, (typeof KEYS)[keyof typeof KEYS]][]) {
    if (!properties.has(property)) continue;
    const text = properties.text(property);
    changes[field] = text ? publicKey(text) : undefined;
  }
  const login = properties.text("LOGIN_NAME");
  if (login !== undefined) changes.loginName = login.toUpperCase();
  const secret = properties.text("PASSWORD");
  if (secret !== undefined) {
    changes.passwordHash = await password(secret, user === undefined);
    changes.passwordSetOn = toMillis(context.now);
  }
  const mustChange = properties.boolean("MUST_CHANGE_PASSWORD");
  if (mustChange !== undefined) changes.mustChangePassword = mustChange;
  const disabled = properties.boolean("DISABLED");
  if (disabled !== undefined) changes.disabled = disabled;
  const now = toMillis(context.now);
  if (properties.has("DAYS_TO_EXPIRY")) {
    const days = properties.integer("DAYS_TO_EXPIRY");
    changes.expiresAt = days === undefined ? undefined : now + days * DAY;
  }
  if (properties.has("MINS_TO_UNLOCK")) {
    const minutes = properties.integer("MINS_TO_UNLOCK", 0);
    changes.lockedUntil = minutes ? now + minutes * MINUTE : undefined;
  }
  if (properties.has("DEFAULT_WAREHOUSE")) changes.defaultWarehouse = properties.name("DEFAULT_WAREHOUSE")?.at(-1);
  if (properties.has("DEFAULT_ROLE")) changes.defaultRole = properties.name("DEFAULT_ROLE")?.at(-1);
  if (properties.has("DEFAULT_NAMESPACE")) {
    const parts = properties.name("DEFAULT_NAMESPACE");
    changes.defaultNamespace = parts && printName(...parts.flatMap((p) => p.split(".")));
  }
  if (properties.has("DEFAULT_SECONDARY_ROLES")) {
    changes.defaultSecondaryRoles = (properties.list("DEFAULT_SECONDARY_ROLES") ?? []).map((r) => r.toUpperCase());
  }
  if (properties.has("NETWORK_POLICY")) {
    const policy = properties.name("NETWORK_POLICY")?.at(-1);
    changes.networkPolicyId = policy === undefined ? undefined : policyInForce(context, policy);
  }
  if (properties.has("MINS_TO_BYPASS_MFA")) {
    const minutes = properties.integer("MINS_TO_BYPASS_MFA") ?? 0;
    changes.mfaBypassedUntil = minutes > 0 ? now + minutes * MINUTE : undefined;
  }
  properties.take("DISABLE_MFA");
  return changes;
}

/** Names of UNSET → properties of the document. */
export const USER_UNSET: Record<string, Partial<Settings>> = {
  PASSWORD: { passwordHash: undefined },
  DISPLAY_NAME: { displayName: undefined },
  FIRST_NAME: { firstName: undefined },
  MIDDLE_NAME: { middleName: undefined },
  LAST_NAME: { lastName: undefined },
  EMAIL: { email: undefined },
  COMMENT: { comment: undefined },
  MUST_CHANGE_PASSWORD: { mustChangePassword: undefined },
  DISABLED: { disabled: undefined },
  DAYS_TO_EXPIRY: { expiresAt: undefined },
  MINS_TO_UNLOCK: { lockedUntil: undefined },
  MINS_TO_BYPASS_MFA: { mfaBypassedUntil: undefined },
  DISABLE_MFA: {},
  DEFAULT_WAREHOUSE: { defaultWarehouse: undefined },
  DEFAULT_ROLE: { defaultRole: undefined },
  DEFAULT_NAMESPACE: { defaultNamespace: undefined },
  DEFAULT_SECONDARY_ROLES: { defaultSecondaryRoles: undefined },
  RSA_PUBLIC_KEY: { rsaPublicKey: undefined },
  RSA_PUBLIC_KEY_2: { rsaPublicKey2: undefined },
  NETWORK_POLICY: { networkPolicyId: undefined },
  TYPE: { type: undefined },
};

/** What every user may change of themselves without owning the user. */
export const OWN_USER_PROPERTIES: ReadonlySet<string> = new Set([
  "DEFAULT_WAREHOUSE",
  "DEFAULT_NAMESPACE",
  "DEFAULT_ROLE",
  "DEFAULT_SECONDARY_ROLES",
]);

export function checkLoginName(context: ExecutionContext, loginName: string, userId?: number): void {
  const taken = context.catalogue.all("USER").some((user) => user.loginName === loginName && user.id !== userId);
  if (taken) throw compilationError("002002", "42710", `User with login name '${loginName}' already exists.`);
}

export async function createUser(context: ExecutionContext, statement: CreateObject): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      const name = nameParts(context, statement.name).at(-1) as string;
      const existing = context.catalogue.find("USER", 0, name);
      return createObject(context, unit, statement, {
        kind: "USER",
        name,
        container: accountOf(context.catalogue),
        privilege: "CREATE USER",
        title: "User",
        existing,
        async draft() {
          const properties = new Properties(context, statement.properties);
          const { set } = readParameters("USER", properties);
          const settings = await readUser(context, properties);
          properties.finish("USER");
          const loginName = settings.loginName ?? name.toUpperCase();
          checkLoginName(context, loginName, existing?.id);
          return {
            ...settings,
            loginName,
            displayName: settings.displayName ?? name,
            parameters: mergeParameters(undefined, { set }),
            tags: tagValues(context, statement.tags),
          };
        },
      });
    },
    { ddl: true },
  );
}
