import { isIPv4 } from "node:net";
import type { CreateObject } from "../../../../dialect/index";
import type { NetworkPolicyDoc } from "../../../catalogue/model";
import { invalidValue } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { accountOf } from "../../../privileges/index";
import { createObject } from "../support/create";
import { Properties } from "../support/properties";

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

export async function createNetworkPolicy(
  context: ExecutionContext,
  statement: CreateObject,
): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      const name = nameParts(context, statement.name).at(-1) as string;
      return createObject(context, unit, statement, {
        kind: "NETWORK_POLICY",
        name,
        container: accountOf(context.catalogue),
        privilege: "CREATE NETWORK POLICY",
        title: "Network policy",
        existing: context.catalogue.find("NETWORK_POLICY", 0, name),
        draft() {
          const properties = new Properties(context, statement.properties);
          const read = readNetworkPolicy(properties);
          properties.finish();
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
