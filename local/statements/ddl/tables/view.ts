import type { CreateView } from "../../../../dialect/index";
import { maskedColumns, rowAccessOfCreate } from "../../../bodyPolicies/attach";
import type { ViewDoc } from "../../../catalogue/model";
import { unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { createInSchema } from "../schemaObjects/place";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { sourceText, sourceTextToEnd } from "../support/text";
import { createMaterializedView } from "./materializedView";
import { viewColumns } from "./viewColumns";

/** The view as the statement describes it; its query must compile for whoever creates it. */
function readView(
  context: ExecutionContext,
  statement: CreateView,
): Omit<ViewDoc, "id" | "name" | "kind" | "createdOn" | "ownerId" | "parentId"> {
  const properties = new Properties(context, statement.properties);
  const comment = properties.text("COMMENT");
  const changeTracking = properties.boolean("CHANGE_TRACKING");
  properties.take("COPY GRANTS");
  properties.take("COPY TAGS");
  properties.finish("VIEW");
  const name = nameParts(context, statement.name).at(-1) ?? "";
  const columns = maskedColumns(context, name, viewColumns(context, statement), statement.columns);
  return {
    columns,
    ...rowAccessOfCreate(context, statement.policies, { name, columns }),
    text: sourceTextToEnd(context, statement),
    query: sourceText(context, statement.query),
    comment,
    ...(statement.columns.length > 0 ? { explicitColumns: true } : {}),
    ...(statement.secure ? { secure: true } : {}),
    ...(statement.temporary ? { temporary: true } : {}),
    ...(statement.recursive ? { recursive: true } : {}),
    ...(changeTracking ? { changeTracking: true } : {}),
  };
}

/** CREATE [OR REPLACE | OR ALTER] [SECURE] VIEW. */
export function createView(context: ExecutionContext, statement: CreateView): Promise<StatementResult> {
  if (statement.materialized) return createMaterializedView(context, statement);
  return createInSchema<"VIEW">(context, statement, "VIEW", () => ({
    temporary: statement.temporary,
    copyGrants: statement.properties.some((p) => p.name === "COPY GRANTS"),
    copyTags: statement.properties.some((p) => p.name === "COPY TAGS"),
    draft: () => ({ ...readView(context, statement), tags: tagValues(context, statement.tags) }),
    async alter(unit, doc) {
      if (doc.rowAccessPolicy || doc.columns.some((column) => column.maskingPolicy))
        throw unsupportedFeature("CREATE OR ALTER VIEW of a view with policies");
      unit.catalogue.update<ViewDoc>(doc, {
        secure: undefined,
        recursive: undefined,
        changeTracking: undefined,
        explicitColumns: undefined,
        ...readView(context, statement),
      });
    },
  }));
}
