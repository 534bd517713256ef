import type { AlterAction } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptPolicyType, parsePolicy } from "../governance";

const VERBS = ["ADD", "DROP", "SET", "UNSET"] as const;

/** `ADD | DROP ROW ACCESS POLICY`, `SET | UNSET AGGREGATION POLICY`, `DROP ALL ROW ACCESS POLICIES` … */
export function acceptPolicyAction(cursor: Cursor): AlterAction | undefined {
  const { start } = cursor;
  if (cursor.acceptSequence("DROP", "ALL", "ROW", "ACCESS", "POLICIES"))
    return { kind: "PolicyAction", verb: "DROP", policyType: "ROW ACCESS", span: cursor.span(start) };
  const verb = VERBS.find((word) => word === cursor.token.keyword);
  if (verb === undefined) return undefined;
  const mark = cursor.mark();
  cursor.next();
  const policyStart = cursor.start;
  const policyType = acceptPolicyType(cursor);
  if (policyType === undefined) {
    cursor.reset(mark);
    return undefined;
  }
  // UNSET names nothing; DROP STORAGE LIFECYCLE POLICY neither.
  const isNamed = verb !== "UNSET" && cursor.isIdentifier();
  if (!isNamed && verb !== "UNSET" && policyType !== "STORAGE LIFECYCLE") throw cursor.unexpected(["an identifier"]);
  const policy = isNamed ? parsePolicy(cursor, policyType, policyStart) : undefined;
  return { kind: "PolicyAction", verb, policyType, ...(policy && { policy }), span: cursor.span(start) };
}
