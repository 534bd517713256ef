import { unsupportedFeature } from "../errors";
import { toCanonical } from "../udf/json/canonical";
import type { JsonNode } from "../udf/json/node";
import { CONTENT, parseXml } from "../udf/xml/parse";
import { isElement } from "../udf/xml/print";
import type { StagedRecord } from "./csv";
import { type FileFormat, flag } from "./format";

/** The elements directly within another one. */
function elementsIn(root: JsonNode | undefined): JsonNode[] {
  if (!isElement(root as JsonNode)) return [];
  const content = (root as { entries: Map<string, JsonNode> }).entries.get(CONTENT) ?? null;
  return (Array.isArray(content) ? content : [content]).filter((item) => isElement(item));
}

/**
 * The outermost element of a file, or with STRIP_OUTER_ELEMENT each of those within it.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/create-file-format, TYPE = XML
 */
export async function* xmlRecords(pieces: AsyncIterable<string>, format: FileFormat): AsyncGenerator<StagedRecord> {
  if (flag(format, "PRESERVE_SPACE")) throw unsupportedFeature("PRESERVE_SPACE = TRUE");
  let text = "";
  for await (const piece of pieces) text += piece;
  let root: JsonNode | undefined;
  try {
    root = parseXml(text, flag(format, "DISABLE_AUTO_CONVERT"));
  } catch (error) {
    const { message } = error as Error;
    const position = Number(/pos (\d+)$/.exec(message)?.[1] ?? 0);
    const lines = text.slice(0, position).split("\n");
    const place = { line: lines.length, character: (lines.at(-1) as string).length };
    const byteOffset = Buffer.byteLength(text.slice(0, position));
    yield {
      values: [null],
      row: 1,
      line: 1,
      error: { code: "100100", message: `Error parsing XML: ${message}`, ...place, byteOffset },
    };
    return;
  }
  const found = flag(format, "STRIP_OUTER_ELEMENT") ? elementsIn(root) : root === undefined ? [] : [root];
  for (const [i, element] of found.entries()) yield { values: [toCanonical(element)], row: i + 1, line: 1 };
}
