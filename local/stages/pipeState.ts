import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { ObjectDoc, PipeDoc } from "../catalogue/model";
import { objectParameter } from "../parameters/effective";

/** The execution state of a pipe. Source: https://docs.snowflake.com/en/sql-reference/functions/system_pipe_status */
export function pipeState(
  catalogue: CatalogueSnapshot,
  pipe: PipeDoc,
): "RUNNING" | "PAUSED" | "STOPPED_MISSING_TABLE" | "STOPPED_STAGE_DROPPED" {
  const isGone = (doc: ObjectDoc | undefined): boolean => doc === undefined || doc.droppedOn !== undefined;
  if (isGone(catalogue.byId(pipe.tableId))) return "STOPPED_MISSING_TABLE";
  if (pipe.stageId !== undefined && isGone(catalogue.byId(pipe.stageId))) return "STOPPED_STAGE_DROPPED";
  return objectParameter(catalogue, pipe, "PIPE_EXECUTION_PAUSED").value === true ? "PAUSED" : "RUNNING";
}
