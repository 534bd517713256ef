import type { PasswordPolicyDoc } from "../catalogue/model";
import { SnowflakeError } from "../errors";
import { PASSWORD_POLICY } from "./policies";

type Rule =
  | "MIN_LENGTH"
  | "MAX_LENGTH"
  | "MIN_UPPER_CASE_CHARS"
  | "MIN_LOWER_CASE_CHARS"
  | "MIN_NUMERIC_CHARS"
  | "MIN_SPECIAL_CHARS"
  | "MIN_AGE_DAYS"
  | "MAX_AGE_DAYS"
  | "MAX_RETRIES"
  | "LOCKOUT_TIME_MINS"
  | "HISTORY";

const INITIAL = new Map(PASSWORD_POLICY.map((setting) => [setting.name, setting.default]));

/** A number of the policy, set or by default. */
export const passwordRule = ({ settings }: Pick<PasswordPolicyDoc, "settings">, rule: Rule): number =>
  Number(settings[`PASSWORD_${rule}`] ?? INITIAL.get(`PASSWORD_${rule}`));

const rejected = (reason: string) =>
  new SnowflakeError("003002", "28P01", `New password rejected by current policy. Reason: '${reason}'`);

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const CLASSES: readonly { rule: Rule; pattern: RegExp; called: string }[] = [
  { rule: "MIN_UPPER_CASE_CHARS", pattern: /\p{Lu}/gu, called: "uppercase character(s)" },
  { rule: "MIN_LOWER_CASE_CHARS", pattern: /\p{Ll}/gu, called: "lowercase character(s)" },
  { rule: "MIN_NUMERIC_CHARS", pattern: /\p{Nd}/gu, called: "numeric character(s)" },
  { rule: "MIN_SPECIAL_CHARS", pattern: /[^\p{L}\p{Nd}]/gu, called: "special character(s)" },
];

/** Errors: 003002 for a password that the policy does not take. */
export function checkPassword(policy: PasswordPolicyDoc, password: string): void {
  const { length } = [...password];
  const shortest = passwordRule(policy, "MIN_LENGTH");
  const longest = passwordRule(policy, "MAX_LENGTH");
  if (length < shortest) throw rejected(`Password is too short. Must be at least ${shortest} characters.`);
  if (length > longest) throw rejected(`Password is too long. Must be at most ${longest} characters.`);
  for (const { rule, pattern, called } of CLASSES) {
    const least = passwordRule(policy, rule);
    if (countOf(password, pattern) < least) throw rejected(`Password must contain at least ${least} ${called}.`);
  }
}

/** Errors: 003002 for a password that was used before. */
export const usedBefore = () => rejected("Password was used recently.");
