import { BlockList } from "node:net";
import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { NetworkPolicyDoc, UserDoc } from "../catalogue/model";
import { addressNotAllowed } from "../errors";
import { addressesOf } from "../settings/networkRule";

const rangesOf = (list: readonly string[]): BlockList => {
  const ranges = new BlockList();
  for (const entry of list) {
    const [address, bits] = entry.split("/") as [string, string?];
    ranges.addSubnet(address, bits === undefined ? 32 : Number(bits), "ipv4");
  }
  return ranges;
};

const addressesIn = (catalogue: CatalogueSnapshot, rules: readonly number[]): readonly string[] =>
  rules.flatMap((id) => {
    const rule = catalogue.get("NETWORK_RULE", id);
    return rule ? addressesOf(rule) : [];
  });

/**
 * Blocked addresses are refused even where they are allowed; who only blocks allows all others. Rules about private endpoints
 * say nothing about who comes another way. Source: https://docs.snowflake.com/en/user-guide/network-policies
 */
export function admits(catalogue: CatalogueSnapshot, policy: NetworkPolicyDoc, address: string): boolean {
  const allowed = [...policy.allowedIpList, ...addressesIn(catalogue, policy.allowedNetworkRuleList)];
  const blocked = [...policy.blockedIpList, ...addressesIn(catalogue, policy.blockedNetworkRuleList)];
  const own = address.replace(/^::ffff:/, "");
  if (rangesOf(blocked).check(own)) return false;
  return allowed.length === 0 || rangesOf(allowed).check(own);
}

/** A policy without any list admits nobody, so it cannot be put in force. */
export const isEmptyPolicy = (policy: NetworkPolicyDoc): boolean =>
  policy.allowedIpList.length === 0 &&
  policy.blockedIpList.length === 0 &&
  policy.allowedNetworkRuleList.length === 0 &&
  policy.blockedNetworkRuleList.length === 0;

/** The policy that holds for a user: the user's own, or the account's. */
export function policyFor(catalogue: CatalogueSnapshot, user: UserDoc): NetworkPolicyDoc | undefined {
  const id = user.networkPolicyId ?? catalogue.all("ACCOUNT")[0]?.networkPolicyId;
  return id === undefined ? undefined : catalogue.get("NETWORK_POLICY", id);
}

/** Throws 390422 when the network policy does not let the user in from this address. */
export function checkAddress(catalogue: CatalogueSnapshot, user: UserDoc, address: string): void {
  const policy = policyFor(catalogue, user);
  if (policy && !admits(catalogue, policy, address)) throw addressNotAllowed(address);
}
