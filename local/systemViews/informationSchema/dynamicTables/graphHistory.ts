import type { DynamicTableDoc } from "../../../catalogue/model";
import { inputsOf } from "../../../dynamicTables/graph";
import { type GraphEntry, GraphLog } from "../../../dynamicTables/graphLog";
import type { ExecutionContext } from "../../../execution/context";
import { fullName } from "../../../names/resolve";
import { timeArgument } from "../../arguments";
import { moment, type SystemColumn, systemFunctionOf, text } from "../../define";
import { schedulingState } from "./dynamicTables";
import { array, dynamicTables, mayMonitor, monitored, object, placeColumns, qualifiedName, targetLag } from "./scope";

interface Description {
  entry: GraphEntry;
  isMonitored: boolean;
}

const of = ({ entry }: Description) => entry.doc;

function inputs({ entry }: Description, context: ExecutionContext): string {
  const doc = { ...context.catalogue.byId(entry.tableId), ...entry.doc } as DynamicTableDoc;
  return JSON.stringify(
    inputsOf(context, context.catalogue, doc).map((input) => ({
      kind: input.kind.replace("_", " "),
      name: fullName(context.catalogue, input),
    })),
  );
}

const [lag, lagType] = targetLag(of) as [SystemColumn<Description>, SystemColumn<Description>];

const COLUMNS: SystemColumn<Description>[] = [
  ...placeColumns(of),
  qualifiedName(of),
  ...[
    array<Description>("INPUTS", inputs),
    lagType,
    lag,
    text<Description>("QUERY_TEXT", ({ entry }) => entry.doc.query),
    moment<Description>("VALID_FROM", ({ entry }) => entry.validFrom),
    moment<Description>("VALID_TO", ({ entry }) => entry.validTo),
    object<Description>("SCHEDULING_STATE", ({ entry }) => schedulingState(entry.doc, "ACTIVE")),
    array<Description>("ALTER_TRIGGER", ({ entry }) => JSON.stringify(entry.trigger)),
  ].map(monitored),
];

/** Source: …/functions/dynamic_table_graph_history */
export const DYNAMIC_TABLE_GRAPH_HISTORY = systemFunctionOf(
  "DYNAMIC_TABLE_GRAPH_HISTORY",
  ["AS_OF?", "HISTORY_START?", "HISTORY_END?"],
  COLUMNS,
  async (context, args) => {
    const asOf = timeArgument(args, "AS_OF");
    const start = timeArgument(args, "HISTORY_START");
    const end = timeArgument(args, "HISTORY_END") ?? Number.POSITIVE_INFINITY;
    const visible = new Map(dynamicTables(context, new Map(), null).map((doc) => [doc.id, doc]));
    const until = ({ validTo }: GraphEntry) => validTo ?? Number.POSITIVE_INFINITY;
    const isWanted = (entry: GraphEntry): boolean => {
      if (asOf !== undefined) return entry.validFrom <= asOf && until(entry) > asOf;
      if (start !== undefined) return until(entry) >= start && entry.validFrom <= end;
      return entry.validTo === null;
    };
    return (await GraphLog.of(context.services).all()).flatMap((entry) => {
      const doc = visible.get(entry.tableId);
      return doc && isWanted(entry) ? [{ entry, isMonitored: mayMonitor(context, doc) }] : [];
    });
  },
);
