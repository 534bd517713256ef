import { parseObjectName } from "../../dialect/index";
import { invalidValue } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { valueToWire } from "../results/value";
import type { Arguments } from "./define";

/** An argument as text; undefined when left out or NULL. */
export function textArgument(args: Arguments, name: string): string | undefined {
  const value = args.get(name);
  return value === undefined ? undefined : (valueToWire(value) ?? undefined);
}

/** TRUE as a boolean or as text; false when left out. */
export const flagArgument = (args: Arguments, name: string): boolean =>
  ["1", "true"].includes(textArgument(args, name)?.toLowerCase() ?? "");

/** A whole number within bounds, or the default. */
export function numberArgument(
  args: Arguments,
  name: string,
  fallback: number,
  minimum: number,
  maximum: number,
): number {
  const text = textArgument(args, name);
  if (text === undefined) return fallback;
  const number = Number(text);
  if (!Number.isInteger(number) || number < minimum || number > maximum) throw invalidValue(text, name);
  return number;
}

const DAY = 86_400_000;

/** A timestamp, date or text that says one, in milliseconds. */
export function timeArgument(args: Arguments, name: string): number | undefined {
  const value = args.get(name);
  const wire = value === undefined ? null : valueToWire(value);
  if (value === undefined || wire === null) return undefined;
  switch (value.type.kind) {
    case "DATE":
      return Number(wire) * DAY;
    case "TIMESTAMP_NTZ":
    case "TIMESTAMP_LTZ":
    case "TIMESTAMP_TZ":
      return Math.trunc(Number(wire.split(" ")[0]) * 1000);
    default: {
      const written = /^\d{4}-\d{2}-\d{2}$/.test(wire) ? `${wire}T00:00:00Z` : wire.trim().replace(" ", "T");
      const millis = Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(written) ? written : `${written}Z`);
      if (Number.isNaN(millis)) throw invalidValue(wire, name);
      return millis;
    }
  }
}

/** The parts of a name given as text: `db.schema.t` or `"Db"."Schema"."T"`. */
export function nameArgument(_context: ExecutionContext, args: Arguments, name: string): string[] | undefined {
  const text = textArgument(args, name);
  const read = text === undefined ? undefined : parseObjectName(text);
  return read?.kind === "ObjectName" ? read.parts.map(({ value }) => value) : undefined;
}
