import type { CreateObject } from "../../../../dialect/index";
import { isEmptyPolicy } from "../../../auth/networkPolicy";
import type { NetworkPolicyDoc, ObjectDoc } from "../../../catalogue/model";
import { compilationError, invalidValue, SnowflakeError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { resolveSchemaObject } from "../../../names/resolve";
import { accountOf } from "../../../privileges/index";
import { isRange, modeOf } from "../../../settings/networkRule";
import { createObject } from "../support/create";
import { Properties } from "../support/properties";
import { accountObject } from "../support/target";

const ADDRESSES = { ALLOWED_IP_LIST: "allowedIpList", BLOCKED_IP_LIST: "blockedIpList" } as const;
const RULES = {
  ALLOWED_NETWORK_RULE_LIST: "allowedNetworkRuleList",
  BLOCKED_NETWORK_RULE_LIST: "blockedNetworkRuleList",
} as const;
type RuleList = keyof typeof RULES;

/** `ADD ALLOWED_NETWORK_RULE_LIST = 'r'` puts a rule to those there are, REMOVE takes it away; SET replaces the list. */
export type ListChange = "SET" | "ADD" | "REMOVE";

export function readNetworkPolicy(
  context: ExecutionContext,
  properties: Properties,
  current?: NetworkPolicyDoc,
  change: ListChange = "SET",
): Partial<NetworkPolicyDoc> {
  const changes: Partial<NetworkPolicyDoc> = {};
  for (const [property, field] of Object.entries(RULES) as [RuleList, (typeof RULES)[RuleList]][]) {
    const ids = ruleIds(context, properties, property);
    if (ids === undefined) continue;
    const kept = current?.[field] ?? [];
    if (change === "SET") changes[field] = ids;
    else if (change === "ADD") changes[field] = [...new Set([...kept, ...ids])];
    else changes[field] = kept.filter((id) => !ids.includes(id));
  }
  if (change !== "SET") return changes;
  for (const property of Object.keys(ADDRESSES) as (keyof typeof ADDRESSES)[]) {
    const list = properties.list(property);
    for (const entry of list ?? []) if (!isRange(entry)) throw invalidValue(entry, property);
    if (list !== undefined) changes[ADDRESSES[property]] = list;
  }
  if (properties.has("COMMENT")) changes.comment = properties.text("COMMENT");
  return changes;
}

/** Only rules about who comes in can stand in a network policy. */
function ruleIds(context: ExecutionContext, properties: Properties, property: RuleList): number[] | undefined {
  return properties.objectNames(property)?.map((name) => {
    const rule = resolveSchemaObject(context, "NETWORK_RULE", name, "NETWORK POLICY");
    if (modeOf(rule) === "EGRESS") {
      throw compilationError(
        "001008",
        "22023",
        `Network rule ${rule.name} of mode EGRESS cannot be used in a network policy.`,
      );
    }
    return rule.id;
  });
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
          const read = readNetworkPolicy(context, properties);
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
