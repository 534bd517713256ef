import type { FunctionDoc } from "../catalogue/model";
import { SnowflakeError } from "../errors";
import { type DataType, sqlName } from "../types/dataType";

/** How a value goes into a handler and comes out of it; see `handlerApi.cjs`. */
export type HandlerKind = "n" | "s" | "b" | "j" | "d" | "x";

/**
 * Undefined for what a handler can neither take nor give.
 * Source: https://docs.snowflake.com/en/developer-guide/udf-stored-procedure-data-type-mapping, "SQL-JavaScript Data Type Mappings"
 */
export function kindOf({ kind }: DataType): HandlerKind | undefined {
  switch (kind) {
    case "FLOAT":
      return "n";
    case "VARCHAR":
      return "s";
    case "BOOLEAN":
      return "b";
    case "VARIANT":
    case "OBJECT":
    case "ARRAY":
      return "j";
    case "DATE":
    case "TIMESTAMP_NTZ":
    case "TIMESTAMP_LTZ":
    case "TIMESTAMP_TZ":
      return "d";
    case "BINARY":
      return "x";
    default:
      return undefined;
  }
}

type Signature = Pick<FunctionDoc, "name" | "arguments" | "returns">;

/** Words that no declaration in JavaScript may have for a name. */
const RESERVED = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends false finally for function if " +
    "implements import in instanceof interface let new null package private protected public return static super switch this throw true " +
    "try typeof var void while with yield"
  ).split(" "),
);

const isDeclarable = (name: string): boolean =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !RESERVED.has(name);

/** What CREATE refuses of a routine in JavaScript, in the order in which an account finds it. */
export function checkHandlerSignature({ name, arguments: parameters, returns }: Signature): void {
  const types = [...parameters.map(({ type }) => type), ...("type" in returns ? [returns.type] : [])];
  const odd = types.find((type) => !kindOf(type));
  if (odd) throw refused(`Language JAVASCRIPT does not support type '${sqlName(odd)}' for argument or return type.`);
  if (!isDeclarable(name)) throw refused(`Invalid UDF function name: '${name}'`);
  const undeclarable = parameters.filter((parameter) => !isDeclarable(parameter.name));
  if (undeclarable.length > 0)
    throw refused(`Invalid argument name(s): '${undeclarable.map((parameter) => parameter.name).join(", ")}'`);
}

const refused = (message: string) => new SnowflakeError("002040", "42601", message);
