import type { Statement } from "../../dialect/index";

/** `CREATE EXTERNAL TABLE`, `ALTER SESSION`, `EXPLAIN`: how a statement is called in messages. */
export function statementName(statement: Statement): string {
  if (statement.kind === "Unmodelled") return [statement.verb, statement.objectType].filter(Boolean).join(" ");
  if (statement.kind === "CreatePolicy") return `CREATE ${statement.policyType} POLICY`;
  const words = statement.kind.replace(/([a-z])([A-Z])/g, "$1 $2").toUpperCase();
  return "objectType" in statement && typeof statement.objectType === "string"
    ? `${words} ${statement.objectType}`
    : words;
}
