import type { DataType } from "../../types/dataType";
import type { SchemaObjectDoc } from "../model";

interface BodyPolicyDoc extends SchemaObjectDoc {
  arguments: { name: string; type: DataType }[];
  returns: DataType;
  /** The expression as written. */
  body: string;
}

/** Kept and described; attaching one to a column or table is refused, as it would not be applied. */
export interface MaskingPolicyDoc extends BodyPolicyDoc {
  kind: "MASKING_POLICY";
  exemptOtherPolicies?: boolean;
}

export interface RowAccessPolicyDoc extends BodyPolicyDoc {
  kind: "ROW_ACCESS_POLICY";
}
