import type { Identifier, IdentifierFunction, ObjectName, StageReference } from "../ast/index";
import { type Document, quote, sql } from "./document";

export const namePrinters = {
  Identifier: (node: Identifier): Document => (node.quoted ? `"${node.text.replaceAll('"', '""')}"` : node.text),
  ObjectName: (node: ObjectName): Document => dotted(node.parts),
  IdentifierFunction: (node: IdentifierFunction): Document =>
    node.bare ? node.argument : sql`IDENTIFIER(${node.argument})${node.rest.map((part): Document => [".", part])}`,
  StageReference: (node: StageReference): Document => (node.quoted ? quote(node.text) : node.text),
};

export function dotted(parts: readonly Identifier[]): Document {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [".", part]));
}
