/** What may stand in a pattern that is read here: no group that is repeated, nothing that looks ahead or back. */
const READ = /^(?:[^\\()*+?{}|]|\\[sdwSDW\\.*+?()[\]{}|^$/-]|[*+?](?![*+?]))*$/;

/** Patterns repeat in many ways at once on long texts: nobody hides a statement so. */
const MOST_REPETITIONS = 4;
const LONGEST = 2_000;

/**
 * `REGEXP_REPLACE(text, pattern [, replacement [, position [, occurrence [, parameters]]]])` of simple patterns.
 * https://docs.snowflake.com/en/sql-reference/functions/regexp_replace
 */
export function replacedByPattern(args: readonly string[]): string | undefined {
  const [text, pattern, replacement = "", position = "1", occurrence = "0", parameters = "c", ...others] = args;
  if (text === undefined || !pattern || others.length > 0 || position !== "1" || !/^(c|i|e)*$/.test(parameters))
    return undefined;
  const repetitions = pattern.match(/[*+?]/g)?.length ?? 0;
  if (!READ.test(pattern) || repetitions > MOST_REPETITIONS || text.length > LONGEST || /\\/.test(replacement))
    return undefined;
  if (!/^\d{1,3}$/.test(occurrence)) return undefined;
  try {
    const expression = new RegExp(pattern, parameters.includes("i") ? "gui" : "gu");
    let found = 0;
    const which = Number(occurrence);
    return text.replaceAll(expression, (match) => (which === 0 || ++found === which ? replacement : match));
  } catch {
    return undefined;
  }
}
