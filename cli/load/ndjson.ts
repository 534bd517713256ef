import { CR_ALONE, readLines, type TextLine } from "./lines";

const EXPECTED = "expected one event per line";
const COLUMN_NAMES = /^(["\w.]+[,;|\t])*"?(action|occurred_at|actor_id)"?([,;|\t]["\w. ]*)*$/;

/**
 * Reads one JSON event per line. A line that is none costs only itself; where all of them would be none, the file is refused at once.
 * @throws Error saying what it is instead
 */
export async function* readNdjson(bytes: AsyncIterable<Buffer>): AsyncGenerator<TextLine> {
  const lines = readLines(bytes);
  const first = (await lines.next()).value;
  if (first === undefined) return;
  if (/^\[\s*(\{|$)/.test(first.text)) throw new Error(`is one JSON array; ${EXPECTED} (convert it with: jq -c '.[]')`);
  if (COLUMN_NAMES.test(first.text))
    throw new Error("begins with column names; expected one JSON event per line (if it is CSV say --format csv)");
  // Behind an object, and in no string: JSON has no such place.
  if (/\}\r\s*\{/.test(first.text)) throw new Error(CR_ALONE);
  if (holdsSeveral(first.text))
    throw new Error(`has several events on one line; ${EXPECTED} (convert it with: jq -c .)`);
  if (first.text === "{") {
    const second = (await lines.next()).value;
    // A line that was cut is followed by an event.
    if (second?.text.startsWith('"'))
      throw new Error(`has JSON over several lines; ${EXPECTED} (convert it with: jq -c .)`);
    yield first;
    if (second !== undefined) yield second;
  } else {
    yield first;
  }
  yield* lines;
}

/** Whether an object is followed by another one, as Amazon Data Firehose writes them. */
function holdsSeveral(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    const [, at] = /after JSON at position (\d+)/.exec((error as Error).message) ?? [];
    return at !== undefined && text[Number(at)] === "{";
  }
}
