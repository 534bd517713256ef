import { isIPv4 } from "node:net";
import type { NetworkRuleDoc } from "../catalogue/model";
import { list, type Setting, word } from "./definition";

/** Source: https://docs.snowflake.com/en/sql-reference/sql/create-network-rule */
export const NETWORK_RULE: readonly Setting[] = [
  word(
    "TYPE",
    ["IPV4", "AWSVPCEID", "AZURELINKID", "GCPPSCID", "HOST_PORT", "PRIVATE_HOST_PORT", "IPV6", "COMPUTE_POOL"],
    {
      required: true,
      fixed: true,
    },
  ),
  word("MODE", ["INGRESS", "INTERNAL_STAGE", "EGRESS", "SNOWFLAKE_MANAGED_STORAGE_VOLUME"], {
    fixed: true,
    default: "INGRESS",
  }),
  list("VALUE_LIST"),
];

/** An IPv4 address, or a range such as `192.168.1.0/24`. */
export const isRange = (text: string): boolean => {
  const [address, bits, ...rest] = text.split("/");
  return (
    rest.length === 0 && isIPv4(address ?? "") && (bits === undefined || (/^\d{1,2}$/.test(bits) && Number(bits) <= 32))
  );
};

export const valuesOf = ({ settings }: NetworkRuleDoc): readonly string[] =>
  (settings["VALUE_LIST"] as string[] | undefined) ?? [];

export const modeOf = ({ settings }: NetworkRuleDoc): string => String(settings["MODE"] ?? "INGRESS");

/** The addresses that a rule is about when it decides who may log in: private endpoints do not lead here. */
export const addressesOf = (rule: NetworkRuleDoc): readonly string[] =>
  rule.settings["TYPE"] === "IPV4" && modeOf(rule) === "INGRESS" ? valuesOf(rule) : [];
