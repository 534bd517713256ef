import type { CreateAlert } from "../../../../dialect/index";
import type { AlertDoc } from "../../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { accountOf, requirePrivilege } from "../../../privileges/index";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { sourceText } from "../support/text";
import { createInSchema } from "./place";
import { readScheduling } from "./scheduling";

/** Warehouse, schedule, comment: what SET takes too. Changes only. */
export function readAlert(context: ExecutionContext, properties: Properties): Partial<AlertDoc> {
  const changes: Partial<AlertDoc> = readScheduling(context, properties);
  if (properties.has("CONFIG")) throw unsupportedFeature("CONFIG of an alert");
  return changes;
}

export function createAlert(context: ExecutionContext, statement: CreateAlert): Promise<StatementResult> {
  if (statement.clone) throw unsupportedFeature("CREATE ALERT … CLONE");
  return createInSchema(context, statement, "ALERT", () => ({
    draft() {
      const properties = new Properties(context, statement.properties);
      const settings = readAlert(context, properties);
      properties.finish("ALERT");
      const { condition, action } = statement;
      if (!condition || !action)
        throw compilationError("001003", "42000", "syntax error: an alert needs IF (EXISTS (…)) THEN ….");
      if (settings.schedule === undefined) throw unsupportedFeature("alert on new data (ALERT without SCHEDULE)");
      if (settings.warehouseId === undefined)
        requirePrivilege(context, "EXECUTE MANAGED ALERT", accountOf(context.catalogue));
      return {
        ...settings,
        condition: sourceText(context, condition),
        action: sourceText(context, action),
        state: "suspended" as const,
        tags: tagValues(context, statement.tags),
      };
    },
  }));
}
