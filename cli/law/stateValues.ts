/** The key by which Pulumi marks a value that is no plain JSON; what stands under it says which kind it is. */
const MARK = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** What stands in an export for a value that the engine did not know, by its type. */
const UNKNOWN: ReadonlySet<unknown> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** A secret whose value is not in the file. */
const CLOSED = Symbol("closed");

/** A value that the engine did not know. */
const OPEN = Symbol("open");

/** Whether a value was kept as a secret, also one that the export shows. */
export const isSecret = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  ((value as Record<string, unknown>)[MARK] === SECRET || (value as Record<string, unknown>)["secret"] === true);

export const isClosed = (value: unknown): boolean => value === CLOSED;

/** A value that cannot be judged: it is not in the file, or nobody knew it yet. */
export const isNotThere = (value: unknown): boolean => value === CLOSED || value === OPEN;

/**
 * A value of an exported stack as the program gave it: secrets that the export shows (`--show-secrets`) and outputs taken out
 * of their wrapping, and what is not there as a value of which `isNotThere` is true. Marked files, archives and references
 * keep what they hold.
 */
export function stateValue(value: unknown): unknown {
  if (UNKNOWN.has(value)) return OPEN;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(stateValue);
  const { [MARK]: kind, ...rest } = value as Record<string, unknown>;
  if (kind === SECRET) return typeof rest["plaintext"] === "string" ? stateValue(shown(rest["plaintext"])) : CLOSED;
  if (kind === OUTPUT) return "value" in rest ? stateValue(rest["value"]) : OPEN;
  return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, stateValue(inner)]));
}

/** The value of a secret, which is kept as JSON. */
function shown(plaintext: string): unknown {
  try {
    return JSON.parse(plaintext);
  } catch {
    return CLOSED;
  }
}
