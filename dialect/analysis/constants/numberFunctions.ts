/**
 * Functions of text that answer with a whole number. Undefined where Snowflake would refuse the call.
 * https://docs.snowflake.com/en/sql-reference/functions-string
 */
export const NUMBER_FUNCTIONS: ReadonlyMap<string, (args: readonly string[]) => number | undefined> = new Map(
  Object.entries<(args: readonly string[]) => number | undefined>({
    LENGTH: length,
    LEN: length,
    UNICODE: ([text, ...others]) => (others.length > 0 || text === undefined ? undefined : (text.codePointAt(0) ?? 0)),
    CHARINDEX: position,
    POSITION: position,
  }),
);

function length([text, ...others]: readonly string[]): number | undefined {
  return text === undefined || others.length > 0 ? undefined : [...text].length;
}

/** From 1; 0 where the text is not found. */
function position([needle, text, start = "1"]: readonly string[]): number | undefined {
  if (!needle || text === undefined || !/^[1-9]\d*$/.test(start)) return undefined;
  const characters = [...text];
  const from = characters.slice(0, Number(start) - 1).join("").length;
  const at = text.indexOf(needle, from);
  return at < 0 ? 0 : [...text.slice(0, at)].length + 1;
}
