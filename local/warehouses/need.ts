import type { Statement } from "../../dialect/index";

/** Statements that change rows of tables or files of stages. */
export const DML_KINDS: ReadonlySet<Statement["kind"]> = new Set<Statement["kind"]>([
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
  DML_KINDS.has(statement.kind) || (statement.kind === "CreateTable" && statement.source?.type === "AS");
