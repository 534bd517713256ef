import type { CatalogueSnapshot } from "../catalogue/catalogue";
import {
  type AttachedPolicy,
  type ColumnDoc,
  type MaskingPolicyDoc,
  RELATION_KINDS,
  type RelationDoc,
  type RowAccessPolicyDoc,
} from "../catalogue/model";

export type BodyPolicyDoc = MaskingPolicyDoc | RowAccessPolicyDoc;

/** One place where a policy is in force. */
export interface BodyPolicyUse {
  policy: BodyPolicyDoc;
  relation: RelationDoc;
  /** The column that is masked; absent for a row access policy. */
  column?: ColumnDoc;
  attached: AttachedPolicy;
}

/** The policies of one relation: of its rows, then of its columns. */
export function policiesOf(catalogue: CatalogueSnapshot, relation: RelationDoc): BodyPolicyUse[] {
  const attached = relation.rowAccessPolicy;
  const policy = attached && catalogue.get("ROW_ACCESS_POLICY", attached.policyId);
  const ofRows = policy ? [{ policy, relation, attached }] : [];
  const ofColumns = relation.columns.flatMap((column) => {
    const masking = column.maskingPolicy && catalogue.get("MASKING_POLICY", column.maskingPolicy.policyId);
    return masking && column.maskingPolicy
      ? [{ policy: masking, relation, column, attached: column.maskingPolicy }]
      : [];
  });
  return [...ofRows, ...ofColumns];
}

/** Every place where a policy is in force, dropped relations left out. */
export const bodyPolicyUses = (catalogue: CatalogueSnapshot): BodyPolicyUse[] =>
  RELATION_KINDS.flatMap((kind) => catalogue.all(kind)).flatMap((relation) =>
    relation.droppedOn === undefined ? policiesOf(catalogue, relation) : [],
  );
