import type { SchemaObjectDoc } from "../model";

/** A COPY statement with a name. There is no cloud that tells it of new files, and no REST endpoint that takes them. */
export interface PipeDoc extends SchemaObjectDoc {
  kind: "PIPE";
  /** COPY INTO as written. */
  definition: string;
  pattern?: string;
  tableId: number;
  /** Absent for the stage of the table. */
  stageId?: number;
  /** Since its owner changed, it takes SYSTEM$PIPE_FORCE_RESUME to go on. */
  passedOn?: boolean;
}
