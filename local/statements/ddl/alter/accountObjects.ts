import type { AlterAction, Property } from "../../../../dialect/index";
import { verifyPassword } from "../../../auth/password";
import { passwordPolicyOf } from "../../../auth/policies";
import type { NetworkPolicyDoc, ObjectDoc, ResourceMonitorDoc, UserDoc, WarehouseDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import { SnowflakeError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { PARAMETERS } from "../../../parameters/definitions";
import { hasGlobal, owns, requireAny } from "../../../privileges/index";
import { checkPassword, passwordRule, usedBefore } from "../../../settings/passwordRules";
import type { WriteUnit } from "../../../store/writeUnit";
import { alterAccessToken } from "../account/accessToken";
import { attachPolicy, policySaid } from "../account/attachedPolicy";
import { NETWORK_POLICY_UNSET, readNetworkPolicy } from "../account/networkPolicy";
import { readMonitor, triggersOf } from "../account/resourceMonitor";
import { checkLoginName, OWN_USER_PROPERTIES, readUser, USER_UNSET } from "../account/user";
import { checkClusters, readWarehouse, WAREHOUSE_UNSET } from "../account/warehouse";
import { Properties } from "../support/properties";
import { isTagAction } from "../support/tags";
import { commonChanges, unsetCommon } from "./common";
import type { AlterOutcome } from "./index";

/** What a new password leaves behind. Errors: 003002 where the password policy does not take it. */
async function newPassword(
  context: ExecutionContext,
  user: UserDoc,
  password: string | undefined,
): Promise<Partial<UserDoc>> {
  if (password === undefined) return {};
  const policy = passwordPolicyOf(context.catalogue, user);
  const former = [user.passwordHash, ...(user.formerPasswords ?? [])].filter((hash) => hash !== undefined);
  if (!policy) return { formerPasswords: former.slice(0, MOST_FORMER) };
  checkPassword(policy, password);
  for (const hash of former.slice(0, passwordRule(policy, "HISTORY"))) {
    if (await verifyPassword(password, hash)) throw usedBefore();
  }
  return { formerPasswords: former.slice(0, MOST_FORMER) };
}

/** The longest history that a password policy can ask for. */
const MOST_FORMER = 24;

const invalidState = (name: string, state: "suspended" | "resumed") =>
  new SnowflakeError(
    state === "resumed" ? "090063" : "090064",
    "22000",
    `Invalid state. Warehouse '${name}' cannot be ${state}.`,
  );

export async function alterWarehouse(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: WarehouseDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  const updatedOn = toMillis(context.now);
  switch (action.kind) {
    case "SetProperties": {
      const properties = new Properties(context, action.properties);
      const changes = { ...readWarehouse(context, properties), ...commonChanges(doc, properties), updatedOn };
      properties.finish(doc.kind);
      const changed = unit.catalogue.update<WarehouseDoc>(doc, changes as Partial<WarehouseDoc>);
      checkClusters(changed);
      return { doc: changed };
    }
    case "UnsetProperties": {
      if (action.names.includes("RESOURCE_MONITOR")) readWarehouse(context, unsetMonitor(context));
      return {
        doc: unit.catalogue.update<ObjectDoc>(doc, {
          ...unsetCommon(doc, action.names, WAREHOUSE_UNSET),
          updatedOn,
        } as Partial<ObjectDoc>),
      };
    }
    case "Action":
      switch (action.action) {
        case "SUSPEND":
          if (doc.state === "SUSPENDED") throw invalidState(doc.name, "suspended");
          return { doc: unit.catalogue.update<WarehouseDoc>(doc, { state: "SUSPENDED", updatedOn }) };
        case "RESUME":
          if (doc.state === "STARTED") throw invalidState(doc.name, "resumed");
          return {
            doc: unit.catalogue.update<WarehouseDoc>(doc, { state: "STARTED", resumedOn: updatedOn, updatedOn }),
          };
        case "RESUME IF SUSPENDED":
          if (doc.state === "STARTED") return { doc };
          return {
            doc: unit.catalogue.update<WarehouseDoc>(doc, { state: "STARTED", resumedOn: updatedOn, updatedOn }),
          };
        default:
          return undefined;
      }
    default:
      return undefined;
  }
}

/** Taking a monitor away needs the right to attach one. */
const unsetMonitor = (context: ExecutionContext): Properties =>
  new Properties(context, [
    {
      kind: "Property",
      name: "RESOURCE_MONITOR",
      span: { start: 0, end: 0 },
      value: { kind: "NullLiteral", span: { start: 0, end: 0 } },
    },
  ]);

export async function alterResourceMonitor(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: ResourceMonitorDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  if (action.kind === "SetTriggers") {
    return { doc: unit.catalogue.update<ResourceMonitorDoc>(doc, { triggers: triggersOf(action.triggers) }) };
  }
  if (action.kind !== "SetProperties") return undefined;
  const properties = new Properties(context, action.properties);
  const changes = { ...readMonitor(context, properties), ...commonChanges(doc, properties) };
  properties.finish(doc.kind);
  return { doc: unit.catalogue.update<ResourceMonitorDoc>(doc, changes as Partial<ResourceMonitorDoc>) };
}

export async function alterNetworkPolicy(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: NetworkPolicyDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  if (action.kind === "UnsetProperties") {
    return { doc: unit.catalogue.update<ObjectDoc>(doc, unsetCommon(doc, action.names, NETWORK_POLICY_UNSET)) };
  }
  const change = action.kind === "SetProperties" ? "SET" : action.kind === "Action" ? action.action : undefined;
  if (change !== "SET" && change !== "ADD" && change !== "REMOVE") return undefined;
  const properties = new Properties(context, (action as { properties: Property[] }).properties);
  const changes = readNetworkPolicy(context, properties, doc, change);
  properties.finish(doc.kind);
  return { doc: unit.catalogue.update<NetworkPolicyDoc>(doc, changes) };
}

export async function alterUser(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: UserDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  if (action.kind === "AccessTokenAction") return alterAccessToken(context, unit, doc, action);
  const said = policySaid(action);
  if (said) return { doc: attachPolicy(context, unit, doc, said) };
  const own = (names: readonly string[]): boolean =>
    doc.id === context.rights.userId &&
    names.every((n) => OWN_USER_PROPERTIES.has(n) || PARAMETERS.get(n)?.levels.includes("SESSION"));
  const named =
    action.kind === "SetProperties"
      ? action.properties.map((p) => p.name)
      : action.kind === "UnsetProperties"
        ? action.names
        : undefined;
  const isTagging = isTagAction(action) && hasGlobal(context, "APPLY TAG");
  if (!isTagging && !(named && own(named)) && !owns(context, doc)) requireAny(context, ["OWNERSHIP"], doc);
  switch (action.kind) {
    case "SetProperties": {
      const properties = new Properties(context, action.properties);
      const settings = await readUser(context, properties, doc);
      const former = await newPassword(context, doc, properties.text("PASSWORD"));
      const changes = { ...settings, ...former, ...commonChanges(doc, properties) };
      // They stay so when the user is enabled again.
      if (settings.disabled && doc.accessTokens)
        changes.accessTokens = doc.accessTokens.map((token) => ({ ...token, disabled: true }));
      properties.finish(doc.kind);
      if (settings.loginName) checkLoginName(context, settings.loginName, doc.id);
      return { doc: unit.catalogue.update<UserDoc>(doc, changes as Partial<UserDoc>) };
    }
    case "UnsetProperties": {
      const changes = unsetCommon(doc, action.names, {
        ...USER_UNSET,
        LOGIN_NAME: { loginName: doc.name.toUpperCase() },
      });
      return { doc: unit.catalogue.update<ObjectDoc>(doc, changes) };
    }
    default:
      return undefined;
  }
}
