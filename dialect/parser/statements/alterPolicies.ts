import type { AlterAction, ObjectType, PolicyClause } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseDataType } from "../dataTypes";
import { acceptPolicyType, parsePolicy } from "../governance";

const VERBS = ["ADD", "DROP", "SET", "UNSET"] as const;

/** `ADD | DROP ROW ACCESS POLICY`, `SET | UNSET AGGREGATION POLICY`, `DROP ALL ROW ACCESS POLICIES` … */
export function acceptPolicyAction(cursor: Cursor, objectType: ObjectType): AlterAction[] | undefined {
  const { start } = cursor;
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
