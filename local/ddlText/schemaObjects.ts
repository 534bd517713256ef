import type { AlertDoc, FileFormatDoc, SequenceDoc, StreamDoc, TagDoc, TaskDoc } from "../catalogue/model";
import { type DdlContext, nameIn, referenced } from "./namer";
import { quoteText } from "./quote";

const commentOf = (doc: { comment?: string }, before: string): string =>
  doc.comment ? `${before}${quoteText(doc.comment)}` : "";

export const sequenceText = (context: DdlContext, sequence: SequenceDoc): string =>
  `create or replace sequence ${nameIn(context, sequence)} start with ${sequence.start} increment by ${sequence.increment} ${sequence.ordered ? "order" : "noorder"}${commentOf(sequence, " COMMENT=")};`;

const optionText = (value: unknown): string => {
  if (Array.isArray(value)) return `(${value.map((item) => quoteText(String(item))).join(", ")})`;
  return typeof value === "string" ? quoteText(value) : String(value).toUpperCase();
};

/** The options that the statement gave, not those left at their defaults. */
export function fileFormatText(context: DdlContext, format: FileFormatDoc): string {
  const options = Object.entries(format.options).map(([name, value]) => `\t${name} = ${optionText(value)}\n`);
  return `CREATE OR REPLACE FILE FORMAT ${nameIn(context, format)}\n\tTYPE = ${format.type}\n${options.join("")}${commentOf(format, "\tCOMMENT = ")}${format.comment ? "\n" : ""};`;
}

export function streamText(context: DdlContext, stream: StreamDoc): string {
  const source = context.catalogue.byId(stream.sourceId);
  const kind = source?.kind.replaceAll("_", " ").toLowerCase() ?? "table";
  const mode = stream.mode === "DEFAULT" ? "" : `\n\t${stream.mode.toLowerCase()} = true`;
  return `create or replace stream ${nameIn(context, stream)} on ${kind} ${referenced(context, stream.sourceId)}${mode}${commentOf(stream, "\n\tCOMMENT=")};`;
}

export function taskText(context: DdlContext, task: TaskDoc): string {
  const lines = [
    ...(task.warehouseId === undefined ? [] : [`warehouse=${referenced(context, task.warehouseId)}`]),
    ...(task.schedule ? [`schedule=${quoteText(task.schedule)}`] : []),
    ...(task.config ? [`config=${quoteText(task.config)}`] : []),
    ...(task.allowOverlappingExecution ? ["allow_overlapping_execution=true"] : []),
    ...(task.comment ? [`COMMENT=${quoteText(task.comment)}`] : []),
    ...(task.finalizes === undefined ? [] : [`finalize=${referenced(context, task.finalizes)}`]),
    ...(task.predecessors.length > 0
      ? [`after ${task.predecessors.map((id) => referenced(context, id)).join(", ")}`]
      : []),
    ...(task.condition ? [`when ${task.condition}`] : []),
    `as ${task.definition}`,
  ];
  return `create or replace task ${nameIn(context, task)}\n${lines.map((line) => `\t${line}`).join("\n")};`;
}

export function alertText(context: DdlContext, alert: AlertDoc): string {
  const lines = [
    ...(alert.warehouseId === undefined ? [] : [`warehouse = ${referenced(context, alert.warehouseId)}`]),
    ...(alert.schedule ? [`schedule = ${quoteText(alert.schedule)}`] : []),
    ...(alert.comment ? [`COMMENT = ${quoteText(alert.comment)}`] : []),
    `if (exists(${alert.condition}))`,
    `then ${alert.action}`,
  ];
  return `create or replace alert ${nameIn(context, alert)}\n${lines.map((line) => `\t${line}`).join("\n")};`;
}

export function tagText(context: DdlContext, tag: TagDoc): string {
  const values = tag.allowedValues?.map(quoteText).join(", ");
  return `create or replace tag ${nameIn(context, tag)}${values ? ` allowed_values ${values}` : ""}${commentOf(tag, " COMMENT=")};`;
}
