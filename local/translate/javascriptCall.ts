import type { FunctionDoc } from "../catalogue/model";
import { unsupportedFeature } from "../errors";
import { type DataType, FLOAT, VARIANT, varchar } from "../types/dataType";
import type { Binder } from "./binder";
import { type Bound, bound } from "./bound";
import { asText, cast } from "./conversion/cast";
import { quote } from "./sql";

/** How a value of a type goes into JavaScript and comes out of it. */
function kindOf({ kind }: DataType, fn: FunctionDoc): string {
  switch (kind) {
    case "NUMBER":
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
    default:
      throw unsupportedFeature(`${kind} in the JavaScript function ${fn.name}`);
  }
}

function argumentText(binder: Binder, value: Bound): string {
  switch (value.type.kind) {
    case "NUMBER":
      return `(${cast(value, FLOAT, binder.settings).sql})::VARCHAR`;
    case "VARIANT":
    case "OBJECT":
    case "ARRAY":
      return `sf_to_json(${value.sql}, 'UTC')`;
    case "DATE":
    case "TIMESTAMP_NTZ":
    case "TIMESTAMP_LTZ":
      return `epoch_ms(${value.sql})::VARCHAR`;
    case "TIMESTAMP_TZ":
      return `epoch_ms((${value.sql}).utc)::VARCHAR`;
    default:
      return asText(value, binder.settings);
  }
}

/** `args` have the declared types already, in the order of the signature. */
export function javascriptCall(binder: Binder, fn: FunctionDoc, args: Bound[], returns: DataType): Bound {
  const answer = kindOf(returns, fn);
  if (answer === "d") throw unsupportedFeature(`${returns.kind} as the answer of the JavaScript function ${fn.name}`);
  const kinds = answer + fn.arguments.map(({ type }) => kindOf(type, fn)).join("");
  const names = fn.arguments.map(({ name }) => name);
  const odd = names.find((name) => !/^[A-Za-z_$][\w$]*$/.test(name));
  if (odd !== undefined) throw unsupportedFeature(`argument "${odd}" of the JavaScript function ${fn.name}`);
  const texts = `[${args.map((value) => argumentText(binder, value)).join(", ")}]::VARCHAR[]`;
  const call = `sf_javascript(${[fn.name, fn.body, names.join(", "), kinds].map(quote).join(", ")}, ${texts})`;
  const isMissing = args.map(({ sql }) => `(${sql}) IS NULL`).join(" OR ");
  const sql = fn.nullInput === "STRICT" && isMissing ? `CASE WHEN NOT (${isMissing}) THEN ${call} END` : call;
  const value = answer === "j" ? bound(`sf_parse_json(${sql}, FALSE, FALSE)`, VARIANT) : bound(sql, varchar());
  return cast(value, returns, binder.settings);
}
