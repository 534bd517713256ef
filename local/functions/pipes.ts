import { parseObjectName } from "../../dialect/index";
import type { PipeDoc } from "../catalogue/model";
import { doesNotExistOrNotAuthorized, pipePassedOn } from "../errors";
import { resolvePlace } from "../names/resolve";
import { has, hasGlobal } from "../privileges/index";
import { pipeState } from "../stages/pipeState";
import { constantText } from "../translate/bound";
import { quote } from "../translate/sql";
import { varchar } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";

/** The pipe that a constant argument names. Errors: 002003 where the caller has none of the privileges on it. */
function pipeNamed(call: Call, privileges: readonly string[]): PipeDoc {
  const { context } = call.binder;
  const text = constantText(call.arg(0));
  if (text === undefined) throw call.error("001015", "22023", `${call.name} expects the name of a pipe as a constant`);
  const name = parseObjectName(text);
  if (name?.kind !== "ObjectName") throw doesNotExistOrNotAuthorized("Pipe", text);
  const place = resolvePlace(context, name, call.name);
  const pipe = context.catalogue.find("PIPE", place.schema.id, place.name);
  if (!pipe || !privileges.some((privilege) => mayUse(call, privilege, pipe)))
    throw doesNotExistOrNotAuthorized("Pipe", text);
  return pipe;
}

const mayUse = ({ binder: { context } }: Call, privilege: string, pipe: PipeDoc): boolean =>
  privilege === "MANAGE GRANTS" ? hasGlobal(context, privilege) : has(context, privilege, pipe);

export const pipeFunctions: FunctionTable = {
  /** Resumes a pipe whose owner changed. Source: https://docs.snowflake.com/en/sql-reference/functions/system_pipe_force_resume */
  SYSTEM$PIPE_FORCE_RESUME: scalar(
    1,
    2,
    (call) => {
      const pipe = pipeNamed(call, ["OWNERSHIP", "OPERATE"]);
      const { context, shared } = call.binder;
      const override = call.has(1) ? (constantText(call.arg(1)) ?? "") : "OWNERSHIP_TRANSFER_CHECK_OVERRIDE";
      if (pipe.passedOn && !/\bOWNERSHIP_TRANSFER_CHECK_OVERRIDE\b/i.test(override)) throw pipePassedOn(pipe.name);
      shared.prerequisites.push(() =>
        context.write(async (unit) => {
          const parameters = { ...pipe.parameters, PIPE_EXECUTION_PAUSED: false };
          unit.catalogue.update<PipeDoc>(pipe, { parameters, passedOn: undefined } as Partial<PipeDoc>);
        }),
      );
      return call.result(quote("true"), varchar(), false);
    },
    { volatile: true },
  ),

  /** For its owner, and for who may monitor it or manages grants. No file ever waits, for there is no queue. */
  SYSTEM$PIPE_STATUS: scalar(
    1,
    1,
    (call) => {
      const pipe = pipeNamed(call, ["OWNERSHIP", "MONITOR", "MANAGE GRANTS"]);
      const status = { executionState: pipeState(call.binder.context.catalogue, pipe), pendingFileCount: 0 };
      return call.result(quote(JSON.stringify(status)), varchar(), false);
    },
    { volatile: true },
  ),
};
