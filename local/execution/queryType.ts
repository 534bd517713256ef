import type { Statement } from "../../dialect/index";

const BY_KIND: Partial<Record<Statement["kind"], string>> = {
  Query: "SELECT",
  Insert: "INSERT",
  MultiTableInsert: "MULTI_TABLE_INSERT",
  Update: "UPDATE",
  Delete: "DELETE",
  Merge: "MERGE",
  Truncate: "TRUNCATE_TABLE",
  CopyIntoTable: "COPY",
  CopyIntoLocation: "UNLOAD",
  Show: "SHOW",
  Describe: "DESCRIBE",
  Use: "USE",
  UseSecondaryRoles: "USE",
  SetVariable: "SET",
  UnsetVariable: "UNSET",
  AlterSession: "ALTER_SESSION",
  BeginTransaction: "BEGIN_TRANSACTION",
  Commit: "COMMIT",
  Rollback: "ROLLBACK",
  Call: "CALL",
  ExecuteImmediate: "EXECUTE_IMMEDIATE",
  ExecuteImmediateFrom: "EXECUTE_IMMEDIATE",
  GrantPrivileges: "GRANT",
  GrantOwnership: "GRANT",
  GrantRole: "GRANT",
  RevokePrivileges: "REVOKE",
  RevokeRole: "REVOKE",
  Put: "PUT_FILES",
  Get: "GET_FILES",
  List: "LIST_FILES",
  Remove: "REMOVE_FILES",
};

/** QUERY_TYPE of a statement: `SELECT`, `CREATE_TABLE`, `ALTER_WAREHOUSE` … */
export function queryTypeOf(statement: Statement): string {
  const known = BY_KIND[statement.kind];
  if (known) return known;
  const words = statement.kind.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();
  const type = "objectType" in statement && typeof statement.objectType === "string" ? statement.objectType : undefined;
  return (type && !words.includes("_") ? `${words}_${type}` : words)
    .replaceAll(" ", "_")
    .replace("CREATE_OBJECT", "CREATE");
}
