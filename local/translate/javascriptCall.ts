import type { FunctionDoc } from "../catalogue/model";
import { unsupportedFeature } from "../errors";
import { type HandlerKind, kindOf } from "../javascript/kinds";
import { type DataType, FLOAT, sqlName, timestampLtz, VARIANT, varchar } from "../types/dataType";
import type { Binder } from "./binder";
import { type Bound, bound } from "./bound";
import { asText, cast } from "./conversion/cast";
import { quote } from "./sql";

export function knownKind(type: DataType, fn: FunctionDoc): HandlerKind {
  const kind = kindOf(type);
  if (!kind) throw unsupportedFeature(`${sqlName(type)} in the JavaScript function ${fn.name}`);
  return kind;
}

export function argumentText(binder: Binder, value: Bound, kind: HandlerKind): string {
  switch (kind) {
    case "n":
      return `(${cast(value, FLOAT, binder.settings).sql})::VARCHAR`;
    case "j":
      return `sf_to_json(${value.sql}, 'UTC')`;
    case "d":
      return `epoch_ms(${cast(value, timestampLtz(3), binder.settings).sql})::VARCHAR`;
    case "x":
      return `hex(${value.sql})`;
    default:
      return asText(value, binder.settings);
  }
}

/** `args` have the declared types already, in the order of the signature. */
export function javascriptCall(binder: Binder, fn: FunctionDoc, args: Bound[], returns: DataType): Bound {
  const answer = knownKind(returns, fn);
  const kinds = args.map(({ type }) => knownKind(type, fn));
  const parameters = fn.arguments.map(({ name }, i) => ({ name, kind: kinds[i] }));
  const texts = `[${args.map((value, i) => argumentText(binder, value, kinds[i] as HandlerKind)).join(", ")}]::VARCHAR[]`;
  const given = [fn.name, fn.body, JSON.stringify({ parameters, answer }), zoneOf(binder, fn, kinds)]
    .map(quote)
    .join(", ");
  const call = `sf_javascript(${given}, ${texts})`;
  const isMissing = args.map(({ sql }) => `(${sql}) IS NULL`).join(" OR ");
  const sql = fn.nullInput === "STRICT" && isMissing ? `CASE WHEN NOT (${isMissing}) THEN ${call} END` : call;
  return cast(answered(binder, sql, answer), returns, binder.settings);
}

/** The session's zone where a handler can tell; else "", so that it need not be set. */
export function zoneOf(binder: Binder, { body }: FunctionDoc, kinds: readonly HandlerKind[]): string {
  return kinds.includes("d") || /\b(?:Date|Intl)\b/.test(body) ? binder.settings.timezone : "";
}

/** What a handler writes: an instant as ISO 8601 in UTC, bytes in hexadecimal digits. */
export function answered(binder: Binder, sql: string, kind: HandlerKind): Bound {
  if (kind === "j") return bound(`sf_parse_json(${sql}, FALSE, FALSE)`, VARIANT);
  const text = bound(sql, varchar());
  return kind === "d" ? cast(text, timestampLtz(), binder.settings) : text;
}
