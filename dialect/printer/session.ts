import type {
  AlterSession,
  BeginTransaction,
  Commit,
  Rollback,
  SetVariable,
  UnsetVariable,
  Use,
  UseSecondaryRoles,
} from "../ast/index";
import { commas, type Document, parenthesizedList, sql, words } from "./document";

export const sessionPrinters = {
  Use: (node: Use): Document => words("USE", node.type, node.name),
  UseSecondaryRoles: (node: UseSecondaryRoles): Document =>
    sql`USE SECONDARY ROLES ${typeof node.roles === "string" ? node.roles : commas(node.roles)}`,
  SetVariable: (node: SetVariable): Document =>
    node.names.length === 1
      ? sql`SET ${node.names[0]} = ${node.values[0]}`
      : sql`SET ${parenthesizedList(node.names)} = ${node.values.length === 1 ? node.values[0] : parenthesizedList(node.values)}`,
  UnsetVariable: (node: UnsetVariable): Document =>
    sql`UNSET ${node.names.length === 1 ? node.names[0] : parenthesizedList(node.names)}`,
  AlterSession: (node: AlterSession): Document =>
    node.set ? words("ALTER SESSION SET", ...node.set) : sql`ALTER SESSION UNSET ${commas(node.unset ?? [])}`,
  BeginTransaction: (node: BeginTransaction): Document =>
    node.name ? sql`BEGIN TRANSACTION NAME ${node.name}` : "BEGIN TRANSACTION",
  Commit: (_: Commit): Document => "COMMIT",
  Rollback: (_: Rollback): Document => "ROLLBACK",
};
