import type { AlterAction, ObjectType, PolicyClause } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseDataType } from "../dataTypes";
import { acceptPolicyType, parsePolicy } from "../governance";

const VERBS = ["ADD", "DROP", "SET", "UNSET"] as const;

/**
 * Policies that an account, its users and applications have, and that are about no rows.
 * https://docs.snowflake.com/en/sql-reference/sql/alter-account, …/alter-user, …/alter-application, …/alter-database
 */
const ATTACHED: Record<ObjectType, readonly string[]> = {
  ACCOUNT: [
    "AUTHENTICATION",
    "DATA MOVEMENT",
    "FEATURE",
    "MAINTENANCE",
    "MULTI PARTY APPROVAL",
    "PACKAGES",
    "PASSWORD",
    "SESSION",
  ],
  APPLICATION: ["FEATURE", "MAINTENANCE"],
  DATABASE: ["FEATURE"],
  USER: ["AUTHENTICATION", "PASSWORD", "SESSION"],
};

const FOR_ALL = ["PERSON USERS", "SERVICE USERS", "APPLICATIONS", "DATABASES", "PERSONAL DATABASES"];

/** `SET PASSWORD POLICY p [FOR ALL PERSON USERS] [FORCE]`, `UNSET PASSWORD POLICY [FOR ALL PERSON USERS]` */
function acceptAttachedPolicy(cursor: Cursor, objectType: ObjectType): AlterAction | undefined {
  const { start, token } = cursor;
  const verb = token.keyword === "SET" || token.keyword === "UNSET" ? token.keyword : undefined;
  const policyType = ATTACHED[objectType]?.find(
    (words) => verb && cursor.acceptSequence(verb, ...words.split(" "), "POLICY"),
  );
  if (verb === undefined || policyType === undefined) return undefined;
  const policy: PolicyClause | undefined =
    verb === "UNSET"
      ? undefined
      : { kind: "PolicyClause", policyType, policy: cursor.name(), columns: [], span: cursor.span(start) };
  const isForced = () => policy !== undefined && cursor.accept("FORCE");
  let force = isForced();
  let forAll: string | undefined;
  if (objectType === "ACCOUNT" && cursor.acceptSequence("FOR", "ALL")) {
    forAll = FOR_ALL.find((words) => cursor.acceptSequence(...words.split(" ")));
    if (forAll === undefined) throw cursor.unexpected(FOR_ALL);
    force ||= isForced();
  }
  if (policy !== undefined && force) policy.force = true;
  if (policy !== undefined) policy.span = cursor.span(start);
  return {
    kind: "PolicyAction",
    verb,
    policyType,
    ...(policy && { policy }),
    ...(forAll && { forAll }),
    span: cursor.span(start),
  };
}

/** Kinds of policies whose rule is an expression. */
const WITH_BODY = /^(AGGREGATION|JOIN|MASKING|PRIVACY|PROJECTION|ROW ACCESS|STORAGE LIFECYCLE) POLICY$/;

/** `SET BODY -> expression`. https://docs.snowflake.com/en/sql-reference/sql/alter-masking-policy and its kin */
function acceptBody(cursor: Cursor, objectType: ObjectType): AlterAction | undefined {
  const { start } = cursor;
  if (!WITH_BODY.test(objectType) || !cursor.acceptSequence("SET", "BODY")) return undefined;
  cursor.expect("->");
  const body = cursor.expression();
  return { kind: "SetBody", body, span: cursor.span(start) };
}

/** `ADD | DROP ROW ACCESS POLICY`, `SET | UNSET AGGREGATION POLICY`, `DROP ALL ROW ACCESS POLICIES` … */
export function acceptPolicyAction(cursor: Cursor, objectType: ObjectType): AlterAction[] | undefined {
  const { start } = cursor;
  const whole = acceptAttachedPolicy(cursor, objectType) ?? acceptBody(cursor, objectType);
  if (whole !== undefined) return [whole];
  for (const policyType of ["ROW ACCESS", "STORAGE LIFECYCLE"])
    if (cursor.acceptSequence("DROP", "ALL", ...policyType.split(" "), "POLICIES"))
      return [{ kind: "PolicyAction", verb: "DROP", policyType, span: cursor.span(start) }];
  const verb = VERBS.find((word) => word === cursor.token.keyword);
  if (verb === undefined) return undefined;
  const mark = cursor.mark();
  cursor.next();
  const policyType = acceptPolicyType(cursor);
  if (policyType === undefined) {
    cursor.reset(mark);
    return undefined;
  }
  if (objectType === "TAG" && verb === "SET" && policyType === "ROW ACCESS") return [parseTagRowAccess(cursor, start)];
  const actions = [parsePolicyAction(cursor, verb, policyType, start)];
  // `ALTER TAG t SET MASKING POLICY a, MASKING POLICY b`
  while (objectType === "TAG" && cursor.isSequence(",", "MASKING", "POLICY")) {
    const nextStart = cursor.start;
    cursor.next();
    acceptPolicyType(cursor);
    actions.push(parsePolicyAction(cursor, verb, policyType, nextStart));
  }
  return actions;
}

/** UNSET names nothing, but for the policies of a tag; DROP STORAGE LIFECYCLE POLICY neither. */
function parsePolicyAction(
  cursor: Cursor,
  verb: (typeof VERBS)[number],
  policyType: string,
  start: number,
): AlterAction {
  const mayBeNameless = verb === "UNSET" || (verb === "DROP" && policyType === "STORAGE LIFECYCLE");
  if (mayBeNameless && !cursor.isIdentifier())
    return { kind: "PolicyAction", verb, policyType, span: cursor.span(start) };
  const policy = parsePolicy(cursor, policyType, start, verb);
  return { kind: "PolicyAction", verb, policyType, policy, span: cursor.span(start) };
}

/**
 * `SET ROW ACCESS POLICY p [ON (a NUMBER, …), (b NUMBER, …)] [FORCE]`: under which names a tagged table may have the columns.
 * https://docs.snowflake.com/en/user-guide/tag-based-row-access-policies
 */
function parseTagRowAccess(cursor: Cursor, start: number): AlterAction {
  const policyType = "ROW ACCESS";
  const policy: PolicyClause = {
    kind: "PolicyClause",
    policyType,
    policy: cursor.name(),
    columns: [],
    span: cursor.span(start),
  };
  if (cursor.accept("ON"))
    policy.signatures = cursor.list(() =>
      cursor.parenthesizedList(() => ({ name: cursor.identifier(), type: parseDataType(cursor) })),
    );
  if (cursor.accept("FORCE")) policy.force = true;
  policy.span = cursor.span(start);
  return { kind: "PolicyAction", verb: "SET", policyType, policy, span: policy.span };
}
