import { DialectError, parseObjectName } from "../../dialect/index";
import { invalidValue } from "../errors";
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

/** The parts of a name given as text: `db.schema.t` or `"Db"."Schema"."T"`; undefined when it is none. */
function namedParts(text: string): string[] | undefined {
  try {
    const read = parseObjectName(text);
    return read?.kind === "ObjectName" ? read.parts.map(({ value }) => value) : undefined;
  } catch (error) {
    if (error instanceof DialectError) return undefined;
    throw error;
  }
}

/** As `namedParts`, of a column: one part more than any object has. */
function columnParts(text: string): string[] | undefined {
  const [, table, column] = /^([\s\S]*)\.("(?:[^"]|"")*"|[^."]*)$/.exec(text) ?? [];
  const own = column === undefined ? undefined : namedParts(column);
  const holder = table === undefined ? undefined : namedParts(table);
  return own && holder ? [...holder, ...own] : undefined;
}

/** The parts of the name of an object of this domain, `TABLE`, `COLUMN` … */
export const partsOfDomain = (domain: string, text: string): string[] | undefined =>
  domain === "COLUMN" ? columnParts(text) : namedParts(text);

/** An argument that is a name. */
export function nameArgument(args: Arguments, name: string): string[] | undefined {
  const text = textArgument(args, name);
  return text === undefined ? undefined : namedParts(text);
}
