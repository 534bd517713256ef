import type { Name, Statement } from "../dialect/index";

/** The tables whose rows a statement changes. */
export function writtenTables(statement: Statement): Name[] {
  switch (statement.kind) {
    case "Insert":
    case "Update":
    case "Delete":
    case "Merge":
    case "Truncate":
    case "CopyIntoTable":
      return [statement.table];
    case "MultiTableInsert":
      return [...statement.branches.flatMap((branch) => branch.into), ...(statement.otherwise ?? [])].map(
        ({ table }) => table,
      );
    default:
      return [];
  }
}
