import type { AlterAction, Name } from "../../../../dialect/index";
import { bodyPolicyUses } from "../../../bodyPolicies/references";
import type { AccountDoc, ObjectDoc, PasswordPolicyDoc, UserDoc } from "../../../catalogue/model";
import { compilationError, SnowflakeError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { resolveSchemaObject } from "../../../names/resolve";
import { denied } from "../../../privileges/check";
import { has, hasGlobal } from "../../../privileges/index";
import { passwordRule } from "../../../settings/passwordRules";
import type { WriteUnit } from "../../../store/writeUnit";

type Attached = UserDoc | AccountDoc;

/** Policies that the account and its users can have: the words of ALTER → kind of the policy and where its id is kept. */
const ATTACHABLE = {
  "PASSWORD POLICY": { kind: "PASSWORD_POLICY", field: "passwordPolicyId" },
  "AUTHENTICATION POLICY": { kind: "AUTHENTICATION_POLICY", field: "authenticationPolicyId" },
} as const;
type Words = keyof typeof ATTACHABLE;

const isWords = (words: string): words is Words => words in ATTACHABLE;

interface Said {
  words: Words;
  /** Absent where the policy is taken away. */
  policy?: Name;
  force: boolean;
}

/** `SET PASSWORD POLICY p [FORCE]` and `UNSET PASSWORD POLICY`; undefined for every other action. */
export function policySaid(action: AlterAction): Said | undefined {
  if (action.kind !== "PolicyAction") return undefined;
  const { verb, policyType, policy, forAll } = action;
  const words = `${policyType} POLICY`;
  if (!isWords(words)) return undefined;
  if (forAll !== undefined) throw unsupportedFeature(`${verb} ${words} … FOR ALL ${forAll}`);
  return { words, ...(policy && { policy: policy.policy }), force: policy?.force === true };
}

/** Attaches a policy to the account or a user, or takes it away; from then on it is enforced, or no longer. */
export function attachPolicy<D extends Attached>(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: D,
  { words, policy, force }: Said,
): D {
  const { kind, field } = ATTACHABLE[words];
  requireRight(context, doc, `APPLY ${words}`);
  const name = doc.kind === "ACCOUNT" ? context.services.account.locator : doc.name;
  if (policy === undefined) {
    if (doc[field] === undefined) {
      throw new SnowflakeError("003553", "22023", `Any policy of kind ${kind} is not attached to ${doc.kind}`);
    }
    return unit.catalogue.update(doc, { [field]: undefined } as Partial<D>);
  }
  const found = resolveSchemaObject(context, kind, policy, `SET ${words}`);
  if (doc[field] !== undefined && !force) {
    throw compilationError(
      "003550",
      "23001",
      `Object ${name} already has a ${kind}. Only one ${kind} is allowed at a time.`,
    );
  }
  if (found.kind === "PASSWORD_POLICY") refuseAge(found);
  return unit.catalogue.update(doc, { [field]: found.id } as Partial<D>);
}

/** Who changed a password, and not only when, would have to be known. */
function refuseAge(policy: PasswordPolicyDoc): void {
  if (passwordRule(policy, "MIN_AGE_DAYS") > 0) throw unsupportedFeature("PASSWORD POLICY (PASSWORD_MIN_AGE_DAYS)");
}

function requireRight(context: ExecutionContext, doc: Attached, privilege: string): void {
  if (hasGlobal(context, privilege) || (doc.kind === "USER" && has(context, privilege, doc))) return;
  throw denied(context, doc, privilege);
}

/** What a policy is attached to. */
export function attachedTo(context: ExecutionContext, policyId: number): Attached[] {
  const { catalogue } = context;
  return [...catalogue.all("ACCOUNT"), ...catalogue.all("USER")].filter((doc) =>
    Object.values(ATTACHABLE).some(({ field }) => doc[field] === policyId),
  );
}

/** A policy that is attached can neither be dropped nor replaced, nor can the schema or database that holds it be dropped. */
export function refuseAttached(context: ExecutionContext, doc: ObjectDoc): void {
  const { catalogue } = context;
  const held =
    [...catalogue.all("PASSWORD_POLICY"), ...catalogue.all("AUTHENTICATION_POLICY")].find(
      (policy) => isHeld(context, policy, doc) && attachedTo(context, policy.id).length > 0,
    ) ??
    // A schema or database may go together with all that its policies protect.
    bodyPolicyUses(catalogue).find(
      ({ policy, relation }) => isHeld(context, policy, doc) && !isHeld(context, relation, doc),
    )?.policy;
  if (!held) return;
  throw compilationError(
    "003531",
    "23001",
    `Policy ${held.name} cannot be dropped/replaced as it is associated with one or more entities.`,
  );
}

/** A rule that a network policy names cannot be dropped, nor can what holds it. */
export function refuseRuleInUse(context: ExecutionContext, doc: ObjectDoc): void {
  const { catalogue } = context;
  for (const policy of catalogue.all("NETWORK_POLICY")) {
    const ids = [...policy.allowedNetworkRuleList, ...policy.blockedNetworkRuleList];
    const rule = ids
      .map((id) => catalogue.get("NETWORK_RULE", id))
      .find((found) => found && isHeld(context, found, doc));
    if (!rule) continue;
    throw compilationError(
      "001492",
      "42601",
      `Cannot perform Drop operation on network rule ${rule.name}. The network rule is attached to NETWORK_POLICY with name ${policy.name}. Unset the network rule from NETWORK_POLICY and try the Drop operation again.`,
    );
  }
}

/** Is it the object itself, or does the object hold it? */
function isHeld(context: ExecutionContext, inner: ObjectDoc, object: ObjectDoc): boolean {
  for (
    let at: ObjectDoc | undefined = inner;
    at;
    at = "parentId" in at ? context.catalogue.byId(at.parentId) : undefined
  ) {
    if (at.id === object.id) return true;
  }
  return false;
}
