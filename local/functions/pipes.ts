import { parseObjectName } from "../../dialect/index";
import { doesNotExistOrNotAuthorized } from "../errors";
import { resolvePlace } from "../names/resolve";
import { has } from "../privileges/index";
import { pipeState } from "../stages/pipeState";
import { constantText } from "../translate/bound";
import { quote } from "../translate/sql";
import { varchar } from "../types/dataType";
import { type FunctionTable, scalar } from "./call";

export const pipeFunctions: FunctionTable = {
  /** For its owner, and for who may monitor it. No file ever waits, for there is no queue. */
  SYSTEM$PIPE_STATUS: scalar(
    1,
    1,
    (call) => {
      const { context } = call.binder;
      const text = constantText(call.arg(0));
      if (text === undefined)
        throw call.error("001015", "22023", `${call.name} expects the name of a pipe as a constant`);
      const name = parseObjectName(text);
      if (name?.kind !== "ObjectName") throw doesNotExistOrNotAuthorized("Pipe", text);
      const place = resolvePlace(context, name, call.name);
      const pipe = context.catalogue.find("PIPE", place.schema.id, place.name);
      if (!pipe || !(has(context, "OWNERSHIP", pipe) || has(context, "MONITOR", pipe))) {
        throw doesNotExistOrNotAuthorized("Pipe", text);
      }
      const status = { executionState: pipeState(context.catalogue, pipe), pendingFileCount: 0 };
      return call.result(quote(JSON.stringify(status)), varchar(), false);
    },
    { volatile: true },
  ),
};
