/** `db = "claude_bi"` in Python, JavaScript, Java and Scala: a name that is given a plain text. */
const GIVEN =
  /(?:^|[\n;{(])[ \t]*(?:(?:const|let|var|val|final|static|private|String)\s+)*(\w+)\s*(?::\s*\w+)?\s*=\s*("""|'''|["'`])((?:(?!\2)[^\\\n{}])*)\2/g;

/** Bodies whose names have more values than this are odd enough; the first ones are tried. */
const MOST_VALUES = 4;

/**
 * A body of another language with the texts in place of the names that they are given to, where it puts texts together:
 * in `f"{db}.t"`, `` `${db}.t` ``, `s"$db.t"`, `db + ".t"`, `"%s.t" % db`, `"{}.t".format(db)`, `save_as_table(name)`. Once for
 * each value where a name has several. Nothing when no name is given a text.
 */
export function withNamesFilledIn(body: string): string[] {
  const given = new Map<string, string[]>();
  for (const [, name = "", , text = ""] of body.matchAll(GIVEN)) given.set(name, [...(given.get(name) ?? []), text]);
  const turns = Math.min(MOST_VALUES, Math.max(0, ...[...given.values()].map(({ length }) => length)));
  return Array.from({ length: turns }, (_, turn) =>
    [...given].reduce((filled, [name, values]) => fillIn(filled, name, values[turn] ?? values[0] ?? ""), body),
  );
}

/** A value is put in by a function: `$` in it is no sign of a replacement. */
function fillIn(body: string, name: string, text: string): string {
  const pattern = (source: string) => new RegExp(source, "g");
  const inPlace = (_: string, quote: string, before: string, after: string) => quote + before + text + after + quote;
  return (
    body
      // Inside a text.
      .replace(pattern(String.raw`\$?\{\s*${name}\s*\}|\$${name}\b`), () => text)
      // Between texts, behind one, before one.
      .replace(pattern(String.raw`(["'\x60])\s*\+\s*${name}\s*\+\s*[frs]?\1`), () => text)
      .replace(pattern(String.raw`(["'\x60])\s*\+\s*${name}\b(?!\s*[.([])`), (_, quote: string) => text + quote)
      .replace(pattern(String.raw`\b${name}\s*\+\s*[frs]?(["'\x60])`), (_, quote: string) => quote + text)
      // Put into a text that has a place for it.
      .replace(formatted(String.raw`\{0?\}`, String.raw`\s*\.\s*format\s*\(\s*${name}\b`), inPlace)
      .replace(formatted("%s", String.raw`\s*[%,]\s*\(?\s*${name}\b`), inPlace)
      // An argument, an element.
      .replace(pattern(String.raw`([(,[=]\s*)${name}(?=\s*[,)\]])`), (_, before: string) => `${before}"${text}"`)
  );
}

/** A text with a place to fill, and what fills it behind. */
const formatted = (place: string, behind: string): RegExp =>
  new RegExp(String.raw`(["'])((?:(?!\1)[^\\\n])*?)${place}((?:(?!\1)[^\\\n])*)\1${behind}`, "g");
