import type { ColumnChange, PolicyAction, PolicyClause } from "../../dialect/index";
import type { ColumnDoc, RelationDoc } from "../catalogue/model";
import { compilationError, SnowflakeError, unsupportedFeature } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { resolveSchemaObject } from "../names/resolve";
import { maskingOf, missingAtItsPlace, requireApply, rowAccessOf } from "./attach";

/** `MODIFY COLUMN … SET MASKING POLICY p [USING (…)] [FORCE]` and UNSET MASKING POLICY. */
export function alterMasking(
  context: ExecutionContext,
  relation: RelationDoc,
  column: ColumnDoc,
  change: ColumnChange,
): Pick<ColumnDoc, "maskingPolicy"> {
  const { maskingPolicy } = column;
  const old = maskingPolicy && context.catalogue.get("MASKING_POLICY", maskingPolicy.policyId);
  if (change.type === "SET POLICY") {
    const attached = maskingOf(context, change.policy, relation, column, missingAtItsPlace(context));
    if (maskingPolicy && maskingPolicy.policyId !== attached.policyId && !change.policy.force)
      throw attachedToAnother();
    return { maskingPolicy: attached };
  }
  if (change.type !== "UNSET POLICY" || change.policyType !== "MASKING") throw unsupportedFeature("policy of a column");
  if (old) requireApply(context, old);
  return { maskingPolicy: undefined };
}

const attachedToAnother = () =>
  new SnowflakeError(
    "003529",
    "42601",
    "Specified column already attached to another masking policy. A column cannot be attached to multiple masking policies. Please drop the current association in order to attach a new masking policy.",
  );

/** `ADD | DROP ROW ACCESS POLICY p`, `DROP ALL ROW ACCESS POLICIES`, `DROP … , ADD …` as two of them. */
export function alterRowAccess(
  context: ExecutionContext,
  relation: RelationDoc,
  { verb, policyType, policy }: PolicyAction,
): Pick<RelationDoc, "rowAccessPolicy"> {
  if (policyType !== "ROW ACCESS") throw unsupportedFeature(`${policyType} POLICY`);
  if (verb === "ADD" && policy)
    return { rowAccessPolicy: rowAccessOf(context, policy, relation, missingAtItsPlace(context)) };
  if (verb !== "DROP") throw unsupportedFeature(`${verb} ROW ACCESS POLICY`);
  const { catalogue } = context;
  const attached = relation.rowAccessPolicy && catalogue.get("ROW_ACCESS_POLICY", relation.rowAccessPolicy.policyId);
  if (policy) refuseOther(context, policy, relation);
  if (attached) requireApply(context, attached);
  return { rowAccessPolicy: undefined };
}

function refuseOther(context: ExecutionContext, clause: PolicyClause, relation: RelationDoc): void {
  const named = resolveSchemaObject(context, "ROW_ACCESS_POLICY", clause.policy, "DROP ROW ACCESS POLICY");
  if (relation.rowAccessPolicy?.policyId === named.id) return;
  throw compilationError("003551", "23001", `Policy ${named.name} is not attached to TABLE ${relation.name}.`);
}

/** A policy of the rows, or of another column, cannot lose what it reads. */
export function refuseReadByPolicy({ rowAccessPolicy, columns }: RelationDoc, column: ColumnDoc): void {
  const others = columns.filter((c) => c.id !== column.id).map((c) => c.maskingPolicy);
  if ([rowAccessPolicy, ...others].some((attached) => attached?.columns.includes(column.id)))
    throw unsupportedFeature(`DROP COLUMN ${column.name}, which a policy reads`);
}
