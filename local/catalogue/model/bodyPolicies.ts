import type { DataType } from "../../types/dataType";
import type { SchemaObjectDoc } from "../model";

interface BodyPolicyDoc extends SchemaObjectDoc {
  arguments: { name: string; type: DataType }[];
  returns: DataType;
  /** The expression as written. */
  body: string;
}

/** Stands in the place of the columns that it is attached to. */
export interface MaskingPolicyDoc extends BodyPolicyDoc {
  kind: "MASKING_POLICY";
  exemptOtherPolicies?: boolean;
}

/** Decides which rows of the relations that it is attached to are there. */
export interface RowAccessPolicyDoc extends BodyPolicyDoc {
  kind: "ROW_ACCESS_POLICY";
}
