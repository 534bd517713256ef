import type { Query } from "../../../../dialect/index";
import type { DynamicTableDoc } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import type { WriteUnit } from "../../../store/writeUnit";

/** What the engine of dynamic tables does for DDL; loaded on first use, for that engine executes statements itself. */
interface DynamicTableEngine {
  planDynamicTable(
    context: ExecutionContext,
    name: string,
    query: Query,
    wanted: "AUTO" | "FULL" | "INCREMENTAL",
  ): { effective: "FULL" | "INCREMENTAL"; reason?: string };
  initializeDynamicTable(context: ExecutionContext, unit: WriteUnit, doc: DynamicTableDoc): Promise<void>;
  refreshDynamicTable(context: ExecutionContext, doc: DynamicTableDoc): Promise<StatementResult>;
}

interface StreamEngine {
  /** The position in the source's changes from which a new stream reads. */
  streamOffsetNow(context: ExecutionContext, unit: WriteUnit): string;
}

export const dynamicTableEngine = async (): Promise<DynamicTableEngine> => {
  return require("../../../dynamicTables/index") as DynamicTableEngine;
};

export const streamEngine = async (): Promise<StreamEngine> => {
  return require("../../../streams/index") as StreamEngine;
};
