import type { FunctionCall } from "../ast/index";
import type { FunctionDefinition } from "./definition";

export interface ArityProblem {
  /** 000938 for too few arguments, 000939 for too many. */
  code: "000938" | "000939";
  sqlState: "22023";
  /** `not enough arguments for function [ABS()], expected 1, got 0` */
  message: string;
}

/** What is wrong with the number of arguments of a call, in Snowflake's words; `text` is the call as written. Stars and spreads stand for any number. */
export function checkArity(definition: FunctionDefinition, call: FunctionCall, text: string): ArityProblem | undefined {
  if (call.args.some(({ kind }) => kind === "Star" || kind === "SpreadElement")) return undefined;
  const got = call.args.length;
  const { minimumArguments: minimum, maximumArguments: maximum } = definition;
  if (got < minimum)
    return {
      code: "000938",
      sqlState: "22023",
      message: `not enough arguments for function [${text}], expected ${minimum}, got ${got}`,
    };
  if (got > maximum)
    return {
      code: "000939",
      sqlState: "22023",
      message: `too many arguments for function [${text}] expected ${maximum}, got ${got}`,
    };
  return undefined;
}
