import { fromCanonical } from "../udf/json/canonical";
import { type JsonNode, NumberNode, ObjectNode, TaggedNode } from "../udf/json/node";
import type { StagedFile } from "./files";
import { type FileFormat, flag } from "./format";
import { type InferredColumn, wider } from "./inferSchema";
import { headerOf, recordsOf } from "./records";

/** Columns of CSV and JSON files, guessed from their values; all of them may be NULL. */
export async function guessedColumns(
  file: StagedFile,
  format: FileFormat,
  maxRecords: number,
): Promise<InferredColumn[]> {
  const types = new Map<string, string>();
  const note = (name: string, type: string) => types.set(name, wider(types.get(name) ?? "", type, format));
  const header = format.type === "CSV" && flag(format, "PARSE_HEADER") ? await headerOf(file, format) : undefined;
  header?.forEach((name) => {
    note(name, "");
  });
  let records = 0;
  for await (const record of recordsOf(file, format)) {
    if (record.error) continue;
    if (format.type === "JSON") {
      const node = record.values[0] ? fromCanonical(record.values[0]) : null;
      if (node instanceof ObjectNode) for (const [name, member] of node.entries) note(name, jsonType(member));
    } else for (const [i, value] of record.values.entries()) note(header?.[i] ?? `c${i + 1}`, textType(value));
    if (++records >= maxRecords) break;
  }
  return [...types].map(([name, type]) => ({ name, type: type === "" ? "TEXT" : type, nullable: true }));
}

function numberType(text: string): string {
  const [whole = "", fraction = ""] = text.replace(/^[-+]/, "").split(".");
  const digits = whole.replace(/^0+(?=\d)/, "").length;
  return digits + fraction.length > 38 ? "REAL" : `NUMBER(${digits + fraction.length}, ${fraction.length})`;
}

/** Texts in the forms that AUTO knows without doubt. */
function textType(text: string | null): string {
  if (text === null) return "";
  if (/^[-+]?\d+(\.\d*)?$/.test(text)) return numberType(text);
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return "REAL";
  if (/^(true|false)$/i.test(text)) return "BOOLEAN";
  return temporalType(text) ?? "TEXT";
}

function temporalType(text: string): string | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return "DATE";
  if (/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,9})?)?( ?(Z|[+-]\d\d:?\d\d))?$/.test(text)) return "TIMESTAMP_NTZ";
  if (/^\d\d:\d\d:\d\d(\.\d{1,9})?$/.test(text)) return "TIME";
  return undefined;
}

function jsonType(node: JsonNode): string {
  if (node === null) return "";
  if (typeof node === "boolean") return "BOOLEAN";
  if (typeof node === "string") return temporalType(node) ?? "TEXT";
  if (node instanceof NumberNode) return numberType(node.text);
  if (node instanceof TaggedNode) return "REAL";
  if (Array.isArray(node)) return "ARRAY";
  return node instanceof ObjectNode ? "OBJECT" : "";
}
