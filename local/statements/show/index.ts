import type { Show } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import type { StatementResult } from "../../execution/result";
import type { StatementHandlers } from "../handler";
import { showParameters } from "../session/showParameters";
import { showVariables } from "../session/showVariables";

export type ShowHandler = (context: ExecutionContext, statement: Show) => Promise<StatementResult>;

/** SHOW by what it shows, plural as written: `DYNAMIC TABLES`. */
const showHandlers: Record<string, ShowHandler> = {
  PARAMETERS: showParameters,
  VARIABLES: showVariables,
};

/** SHOW and DESCRIBE. */
export const showStatementHandlers: StatementHandlers = {
  Show: {
    async run(context, statement) {
      const handler = showHandlers[statement.objectType];
      if (!handler) throw unsupportedFeature(`SHOW ${statement.objectType}`);
      return handler(context, statement);
    },
  },
};
