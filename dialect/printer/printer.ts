import type { Kind, Node, NodeOf } from "../ast/index";
import { alterPrinters } from "./alter";
import { columnPrinters } from "./columns";
import { commandPrinters } from "./commands";
import { createPrinters } from "./create";
import { dmlPrinters } from "./dml";
import type { Document } from "./document";
import { expressionPrinters } from "./expressions";
import { grantPrinters } from "./grants";
import { literalPrinters } from "./literals";
import { namePrinters } from "./names";
import { objectPrinters } from "./objects";
import { propertyPrinters } from "./properties";
import { queryPrinters } from "./queries";
import { routinePrinters } from "./routines";
import { scriptingPrinters } from "./scripting";
import { semanticViewPrinters } from "./semanticViews";
import { sessionPrinters } from "./session";
import { showPrinters } from "./show";
import { tableReferencePrinters } from "./tableReferences";
import { tablePrinters } from "./tables";

type Printers = { [K in Kind]: (node: NodeOf<K>) => Document };

const PRINTERS: Printers = {
  ...namePrinters,
  ...literalPrinters,
  ...expressionPrinters,
  ...queryPrinters,
  ...tableReferencePrinters,
  ...alterPrinters,
  ...columnPrinters,
  ...commandPrinters,
  ...createPrinters,
  ...dmlPrinters,
  ...grantPrinters,
  ...objectPrinters,
  ...propertyPrinters,
  ...routinePrinters,
  ...scriptingPrinters,
  ...semanticViewPrinters,
  ...sessionPrinters,
  ...showPrinters,
  ...tablePrinters,
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
