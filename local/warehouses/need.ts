import type { Statement } from "../../dialect/index";

const ALWAYS = new Set<Statement["kind"]>([
  "Insert",
  "MultiTableInsert",
  "Update",
  "Delete",
  "Merge",
  "CopyIntoTable",
  "CopyIntoLocation",
]);

/** Statements that compute over stored data. A query needs a warehouse only when it reads some, which its handler knows. */
export const needsWarehouse = (statement: Statement): boolean =>
  ALWAYS.has(statement.kind) || (statement.kind === "CreateTable" && statement.source?.type === "AS");
