import { isIPv4 } from "node:net";
import type { CreateObject } from "../../../../dialect/index";
import { isEmptyPolicy } from "../../../auth/networkPolicy";
import type { NetworkPolicyDoc, ObjectDoc } from "../../../catalogue/model";
import { compilationError, doesNotExistOrNotAuthorized, invalidValue, SnowflakeError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { accountOf } from "../../../privileges/index";
import { createObject } from "../support/create";
import { Properties } from "../support/properties";
import { accountObject } from "../support/target";

const LISTS = {
  ALLOWED_IP_LIST: "allowedIpList",
  BLOCKED_IP_LIST: "blockedIpList",
  ALLOWED_NETWORK_RULE_LIST: "allowedNetworkRuleList",
  BLOCKED_NETWORK_RULE_LIST: "blockedNetworkRuleList",
} as const;

type Lists = Pick<NetworkPolicyDoc, (typeof LISTS)[keyof typeof LISTS]>;

const isRange = (text: string): boolean => {
  const [address, bits, ...rest] = text.split("/");
  return (
    rest.length === 0 && isIPv4(address ?? "") && (bits === undefined || (/^\d{1,2}$/.test(bits) && Number(bits) <= 32))
  );
};

export function readNetworkPolicy(properties: Properties): Partial<NetworkPolicyDoc> {
  const changes: Partial<NetworkPolicyDoc> = {};
  for (const [property, field] of Object.entries(LISTS) as [keyof typeof LISTS, keyof Lists][]) {
    const list = properties.list(property);
    if (list === undefined) continue;
    if (property.endsWith("IP_LIST")) {
      for (const entry of list) if (!isRange(entry)) throw invalidValue(entry, property);
    }
    // There are no network rules here.
    else if (list[0] !== undefined) throw doesNotExistOrNotAuthorized("Network rule", list[0]);
    changes[field] = list;
  }
  if (properties.has("COMMENT")) changes.comment = properties.text("COMMENT");
  return changes;
}

export const NETWORK_POLICY_UNSET: Record<string, Partial<NetworkPolicyDoc>> = {
  ALLOWED_IP_LIST: { allowedIpList: [] },
  BLOCKED_IP_LIST: { blockedIpList: [] },
  ALLOWED_NETWORK_RULE_LIST: { allowedNetworkRuleList: [] },
  BLOCKED_NETWORK_RULE_LIST: { blockedNetworkRuleList: [] },
  COMMENT: { comment: undefined },
};

/** The id of a policy that is put in force. Errors: 002003; 098519 for one that would let nobody in. */
export function policyInForce(context: ExecutionContext, name: string): number {
  const policy = accountObject(context, "NETWORK_POLICY", name);
  if (isEmptyPolicy(policy)) {
    throw new SnowflakeError("098519", "22023", `Empty network policy ${name} cannot be active.`);
  }
  return policy.id;
}

/** A policy in force can neither be dropped nor replaced. */
export function refuseInForce(context: ExecutionContext, policy: ObjectDoc, operation: "Drop" | "Replace"): void {
  const { catalogue } = context;
  const user = catalogue.all("USER").find((doc) => doc.networkPolicyId === policy.id);
  const onAccount = accountOf(catalogue).networkPolicyId === policy.id;
  if (!user && !onAccount) return;
  const [kind, name] = user ? ["USER", user.name] : ["ACCOUNT", context.services.account.locator];
  throw compilationError(
    "001492",
    "42601",
    `Cannot perform ${operation} operation on network policy ${policy.name}. The policy is attached to ${kind} with name ${name}. Unset the network policy from ${kind} and try the ${operation} operation again.`,
  );
}

export async function createNetworkPolicy(
  context: ExecutionContext,
  statement: CreateObject,
): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      const name = nameParts(context, statement.name).at(-1) as string;
      const existing = context.catalogue.find("NETWORK_POLICY", 0, name);
      if (existing && statement.orReplace) refuseInForce(context, existing, "Replace");
      return createObject(context, unit, statement, {
        kind: "NETWORK_POLICY",
        name,
        container: accountOf(context.catalogue),
        privilege: "CREATE NETWORK POLICY",
        title: "Network policy",
        existing,
        draft() {
          const properties = new Properties(context, statement.properties);
          const read = readNetworkPolicy(properties);
          properties.finish("NETWORK_POLICY");
          return {
            allowedIpList: [],
            blockedIpList: [],
            allowedNetworkRuleList: [],
            blockedNetworkRuleList: [],
            ...read,
          };
        },
      });
    },
    { ddl: true },
  );
}
