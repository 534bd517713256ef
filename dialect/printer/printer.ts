import type { Kind, Node } from "../ast/index";
import type { Document } from "./document";
import { expressionPrinters } from "./expressions";
import { literalPrinters } from "./literals";
import { namePrinters } from "./names";
import { queryPrinters } from "./queries";
import { tableReferencePrinters } from "./tableReferences";

type Printers = { [K in Kind]?: (node: never) => Document };

const PRINTERS: Printers = {
  ...namePrinters,
  ...literalPrinters,
  ...expressionPrinters,
  ...queryPrinters,
  ...tableReferencePrinters,
};

/** The text of a node, on one line; read again it gives the same tree. Depth costs no stack. */
export function print(root: Node): string {
  const pieces: string[] = [];
  const pending: Document[] = [root];
  while (pending.length > 0) {
    const document = pending.pop();
    if (document === undefined || document === false) continue;
    if (typeof document === "string") pieces.push(document);
    else if (isList(document)) for (let i = document.length - 1; i >= 0; i--) pending.push(document[i]);
    else {
      const printer = PRINTERS[document.kind] as ((node: Node) => Document) | undefined;
      if (printer === undefined) throw new TypeError(`A ${document.kind} cannot be printed.`);
      pending.push(printer(document));
    }
  }
  return pieces.join("");
}

function isList(document: Exclude<Document, string | undefined | false>): document is readonly Document[] {
  return Array.isArray(document);
}
