import type { ProcedureDoc } from "../catalogue/model";
import { SnowflakeError, unsupportedFeature } from "../errors";
import type { ExecutionContext } from "../execution/context";
import type { Value } from "../execution/value";
import { parameter } from "../parameters/effective";
import { valueToWire, wireToValue } from "../results/value";
import { isFinal, ScriptError } from "../scripting/exceptions";
import { convert } from "../scripting/values";
import { type DataType, FLOAT, NULL, number, timestampLtz, VARIANT, varchar } from "../types/dataType";
import { runHandlerProcess } from "./childProcess";
import { errorOf, type Thrown, unreadableHandler } from "./errors";
import { type HandlerKind, kindOf } from "./kinds";
import { HandlerResults } from "./results";

type Handler = Pick<ProcedureDoc, "name" | "arguments" | "returns" | "body">;

interface Bind {
  kind: "n" | "s" | "d";
  text: string | null;
}

/**
 * Runs the body of a JavaScript procedure. What it asks the server for runs in `context`, one statement at a time.
 * Errors: 100131 it is no JavaScript; 100132 it threw; 100183 a statement failed and no `catch` took it.
 * Source: https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-javascript
 */
export async function runJavascript(
  context: ExecutionContext,
  { name, arguments: parameters, returns, body }: Handler,
  args: ReadonlyMap<string, Value>,
): Promise<Value> {
  if ("table" in returns) throw unsupportedFeature("RETURNS TABLE of a JavaScript procedure");
  const kinds = parameters.map(({ type }) => kindOf(type) ?? "n");
  const answer = kindOf(returns.type) ?? "n";
  const texts = await Promise.all(
    [...args.values()].map((value, i) => argumentText(context, value, kinds[i] as HandlerKind)),
  );
  const handler = {
    name,
    parameters: parameters.map((parameter, i) => ({ name: parameter.name, kind: kinds[i] })),
    body,
    answer,
  };
  const results = new HandlerResults(context);
  const zone = String(parameter(context, "TIMEZONE"));
  const outcome = await runHandlerProcess({ handler, rows: [texts] }, zone, context.signal, (question) => {
    switch (question.do) {
      case "execute":
        return execute(context, results, question["sqlText"] as string, question["binds"] as Bind[]);
      case "fetch":
        return results.fetch(question["handle"] as number);
      default:
        return results.print(question["handle"] as number, question["row"] as number, question["place"] as number);
    }
  });
  const { value = [], thrown, unreadable, stack } = outcome;
  if (unreadable !== undefined) throw unreadableHandler(name, String(unreadable), String(stack));
  if (thrown) throw errorOf(name, body, thrown as Thrown);
  return answered(answer, (value as (string | null)[])[0] ?? null);
}

async function argumentText(context: ExecutionContext, value: Value, kind: HandlerKind): Promise<string | null> {
  if (value.value === null) return null;
  const seen = kind === "d" ? await convert(context, value, timestampLtz(3)) : value;
  const wire = valueToWire(seen) as string;
  return kind === "d" ? String(Math.round(Number(wire) * 1000)) : wire;
}

/** What came back; the caller casts it to the declared type. */
function answered(kind: HandlerKind, text: string | null): Value {
  if (text === null) return { type: NULL, value: null };
  if (kind === "j") return wireToValue(VARIANT, text);
  return wireToValue(varchar(), text);
}

async function execute(context: ExecutionContext, results: HandlerResults, sqlText: string, binds: readonly Bind[]) {
  try {
    const values = await Promise.all(binds.map((bind) => boundValue(context, bind)));
    const result = await context.nested({ binds: { values } }).executeText(sqlText);
    return results.opened(result, context.session.queryIds.at(-1));
  } catch (error) {
    const refused = error instanceof ScriptError ? error.uncaught() : error;
    if (isFinal(refused) || !(refused instanceof SnowflakeError)) throw refused;
    return { error: inHandler(refused) };
  }
}

/** As the handler is told of it: `err.code`, `err.state` and `err.message`. */
function inHandler({ code, sqlState, message }: SnowflakeError): { code: number; state: string; message: string } {
  if (code === "000008")
    return {
      code: 6,
      state: "0A000",
      message:
        "Multiple SQL statements in a single API call are not supported; use one API call per statement instead.",
    };
  return { code: Number(code), state: sqlState, message };
}

function boundValue(context: ExecutionContext, { kind, text }: Bind): Promise<Value> {
  if (text === null) return Promise.resolve({ type: NULL, value: null });
  const given: Value = wireToValue(varchar(), text);
  const type: DataType | undefined = kind === "d" ? timestampLtz() : kind === "n" ? numberType(text) : undefined;
  return convert(context, given, type);
}

/** A whole number is one of SQL; every other number of JavaScript is a FLOAT. */
const numberType = (text: string): DataType => (/^-?\d{1,38}$/.test(text) ? number() : FLOAT);
