import type { Statement } from "../../dialect/index";
import { unsupportedFeature } from "../errors";
import { accessHandlers } from "./access/index";
import { ddlHandlers } from "./ddl/index";
import { dmlHandlers } from "./dml/index";
import type { StatementHandler, StatementHandlers } from "./handler";
import { proceduralHandlers } from "./procedural/index";
import { queryHandlers } from "./query/index";
import { sessionHandlers } from "./session/index";
import { showStatementHandlers } from "./show/index";
import { stagingHandlers } from "./staging/index";
import { transactionHandlers } from "./transaction/index";

const handlers: StatementHandlers = {
  ...queryHandlers,
  ...dmlHandlers,
  ...stagingHandlers,
  ...ddlHandlers,
  ...accessHandlers,
  ...showStatementHandlers,
  ...sessionHandlers,
  ...transactionHandlers,
  ...proceduralHandlers,
};

/** The handler of a statement; what has none is refused by name. */
export function handlerOf(statement: Statement): StatementHandler {
  const handler = handlers[statement.kind] as StatementHandler | undefined;
  if (!handler) throw unsupportedFeature(statementName(statement));
  return handler;
}

/** `CREATE EXTERNAL TABLE`, `ALTER SESSION`, `EXPLAIN`: how a statement is called in messages. */
export function statementName(statement: Statement): string {
  if (statement.kind === "Unmodelled") return [statement.verb, statement.objectType].filter(Boolean).join(" ");
  if (statement.kind === "CreatePolicy") return `CREATE ${statement.policyType} POLICY`;
  const words = statement.kind.replace(/([a-z])([A-Z])/g, "$1 $2").toUpperCase();
  return "objectType" in statement && typeof statement.objectType === "string"
    ? `${words} ${statement.objectType}`
    : words;
}
