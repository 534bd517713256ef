import type { AlterAction, CopyIntoTable, CreatePipe } from "../../../../dialect/index";
import type { ObjectDoc, PipeDoc } from "../../../catalogue/model";
import { pipePassedOn, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { requirePrivilege } from "../../../privileges/index";
import { planCopy } from "../../../stages/copyPlan";
import type { WriteUnit } from "../../../store/writeUnit";
import { commonChanges, unsetCommon } from "../alter/common";
import type { AlterOutcome } from "../alter/index";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { sourceText } from "../support/text";
import { createInSchema } from "./place";

/** What a COPY statement may have and a pipe may not. */
const NOT_IN_PIPES = ["FILES", "SIZE_LIMIT", "PURGE", "FORCE", "RETURN_FAILED_ONLY", "VALIDATION_MODE"];

/** What depends on notifications of a cloud. */
const NOTIFICATIONS = ["ERROR_INTEGRATION", "AWS_SNS_TOPIC", "INTEGRATION"];

/**
 * CREATE PIPE … AS COPY INTO: the statement is checked as if it ran, with the rights of who creates the pipe.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/create-pipe
 */
export function createPipe(context: ExecutionContext, statement: CreatePipe): Promise<StatementResult> {
  const { copy } = statement;
  if (copy.kind !== "CopyIntoTable") throw unsupportedFeature("pipe that unloads");
  return createInSchema(context, statement, "PIPE", () => ({
    draft() {
      const properties = new Properties(context, statement.properties);
      if (properties.boolean("AUTO_INGEST")) throw unsupportedFeature("AUTO_INGEST of a pipe");
      refuse(properties, NOTIFICATIONS);
      const comment = properties.text("COMMENT") || undefined;
      properties.finish("PIPE");
      return { ...planned(context, copy), ...(comment === undefined ? {} : { comment }), tags: tagValues(context, []) };
    },
  }));
}

function refuse(properties: Properties, names: readonly string[]): void {
  const found = names.find((name) => properties.has(name));
  if (found) throw unsupportedFeature(`${found} of a pipe`);
}

function planned(context: ExecutionContext, copy: CopyIntoTable) {
  const properties = new Properties(context, [...copy.properties]);
  refuse(properties, NOT_IN_PIPES);
  if (properties.scalar("ON_ERROR") === "ABORT_STATEMENT")
    throw unsupportedFeature("ON_ERROR = ABORT_STATEMENT of a pipe");
  const { table, location, pattern } = planCopy(context, copy);
  requirePrivilege(context, "SELECT", table);
  if (!location.stage && !location.table) throw unsupportedFeature("pipe from the stage of a user");
  return {
    definition: sourceText(context, copy),
    tableId: table.id,
    ...(location.stage ? { stageId: location.stage.id } : {}),
    ...(pattern === undefined ? {} : { pattern }),
  };
}

/** SET and UNSET of PIPE_EXECUTION_PAUSED and the comment. */
export async function alterPipe(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: PipeDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  if (action.kind === "UnsetProperties") {
    if (doc.passedOn && action.names.includes("PIPE_EXECUTION_PAUSED")) throw pipePassedOn(doc.name);
    return { doc: unit.catalogue.update<ObjectDoc>(doc, unsetCommon(doc, action.names)) };
  }
  if (action.kind !== "SetProperties") return undefined;
  const properties = new Properties(context, action.properties);
  refuse(properties, NOTIFICATIONS);
  if (doc.passedOn && properties.boolean("PIPE_EXECUTION_PAUSED") === false) throw pipePassedOn(doc.name);
  const changes = commonChanges(doc, properties);
  properties.finish("PIPE");
  return { doc: unit.catalogue.update<ObjectDoc>(doc, changes) };
}
