import type { AlterAction } from "../../../../dialect/index";
import { alterRowAccess } from "../../../bodyPolicies/alter";
import type { MaterializedViewDoc, ObjectDoc } from "../../../catalogue/model";
import { compilationError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { WriteUnit } from "../../../store/writeUnit";
import { invalidityOf } from "../../../translate/query/materialized";
import { Properties } from "../support/properties";
import { sourceText } from "../support/text";
import { commonChanges, unsetCommon } from "./common";
import type { AlterOutcome } from "./index";
import { alterColumnNotes } from "./relations";

/** Source: https://docs.snowflake.com/en/sql-reference/sql/alter-materialized-view */
export async function alterMaterializedView(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: MaterializedViewDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  const put = (changes: Partial<MaterializedViewDoc>): AlterOutcome => ({
    doc: unit.catalogue.update<MaterializedViewDoc>(doc, changes),
  });
  switch (action.kind) {
    case "SetProperties": {
      const properties = new Properties(context, action.properties);
      const secure = properties.has("SECURE") ? { secure: true } : {};
      const changes = { ...secure, ...commonChanges(doc, properties) };
      properties.finish(doc.kind);
      return put(changes as Partial<MaterializedViewDoc>);
    }
    case "UnsetProperties": {
      const changes = unsetCommon(doc, action.names, { SECURE: { secure: undefined } });
      return put(changes as Partial<MaterializedViewDoc>);
    }
    case "ClusterBy":
      return put({ clusterBy: action.expressions.map((key) => sourceText(context, key)) });
    case "DropClusteringKey":
      return put({ clusterBy: undefined });
    case "AlterColumn": {
      const changed = alterColumnNotes(context, unit, doc, action);
      return changed && { doc: changed as ObjectDoc };
    }
    case "PolicyAction":
      return put(alterRowAccess(context, doc, action));
    case "Action":
      return byWord(context, doc, action.action, put);
    default:
      return undefined;
  }
}

function byWord(
  context: ExecutionContext,
  doc: MaterializedViewDoc,
  word: string,
  put: (changes: Partial<MaterializedViewDoc>) => AlterOutcome,
): AlterOutcome | undefined {
  switch (word) {
    case "SET SECURE":
      return put({ secure: true });
    case "UNSET SECURE":
      return put({ secure: undefined });
    case "SUSPEND":
      return put({ suspended: true });
    case "RESUME": {
      // One whose table has changed must be made again.
      const invalid = invalidityOf(context, { ...doc, suspended: undefined });
      if (invalid)
        throw compilationError(
          "002037",
          "42601",
          `Materialized View ${doc.name} is invalid.\nInvalidation reason: ${invalid.reason}`,
        );
      return put({ suspended: undefined });
    }
    case "SUSPEND RECLUSTER":
    case "RESUME RECLUSTER":
      if (!doc.clusterBy) throw compilationError("000900", "42601", `Table '${doc.name}' has no clustering key.`);
      return { doc };
    default:
      return undefined;
  }
}
