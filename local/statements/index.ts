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
import { statementName } from "./statementName";
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
