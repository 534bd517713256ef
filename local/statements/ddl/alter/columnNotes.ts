import type { ColumnChange } from "../../../../dialect/index";
import { alterMasking } from "../../../bodyPolicies/alter";
import type { ColumnDoc, RelationDoc } from "../../../catalogue/model";
import { unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { MULTI_VALUE_TAG, tagValues, withoutTags } from "../support/tags";

/** Comment, tags and masking policy of one column, for every kind of relation. @returns undefined for a change of the column itself */
export function columnNotes(
  context: ExecutionContext,
  relation: RelationDoc,
  column: ColumnDoc,
  change: ColumnChange,
): Pick<ColumnDoc, "comment" | "tags" | "maskingPolicy"> | undefined {
  switch (change.type) {
    case "COMMENT":
      return { comment: change.comment || undefined };
    case "UNSET COMMENT":
      return { comment: undefined };
    case "SET TAG":
      return { tags: { ...column.tags, ...tagValues(context, change.tags) } };
    case "UNSET TAG":
      return { tags: withoutTags(context, column.tags, change.names) };
    case "ADD VALUE":
    case "DROP VALUE":
      throw unsupportedFeature(MULTI_VALUE_TAG);
    case "SET POLICY":
    case "UNSET POLICY":
      return alterMasking(context, relation, column, change);
    case "SET PRIVACY DOMAIN":
    case "UNSET PRIVACY DOMAIN":
      throw unsupportedFeature("privacy domain");
    default:
      return undefined;
  }
}
