/** Characters an identifier may hold when it is to be reachable without quotes (Snowflake: "Identifier requirements"). */
const UNQUOTED = /^[A-Z_][A-Z0-9_$]{0,254}$/;

/**
 * Folds a name to upper case as Snowflake folds an unquoted identifier, and refuses what would need quotes.
 * The provider quotes every name it sends, so a lower-case name would become an object unquoted SQL cannot see.
 * @returns the folded name
 * @throws RangeError saying what was found and what is allowed
 */
export function foldIdentifier(name: string): string {
  const folded = name.toUpperCase();
  if (!UNQUOTED.test(folded)) {
    throw new RangeError(
      `${JSON.stringify(name)} is not a plain identifier; expected a letter or underscore, then letters, digits, _ or $, at most 255 in all`,
    );
  }
  return folded;
}

/** `"DB"."SCHEMA"."NAME"`: how the provider spells a fully qualified name. */
export function quoteName(...parts: string[]): string {
  return parts.map((part) => `"${part.replace(/"/g, '""')}"`).join(".");
}
