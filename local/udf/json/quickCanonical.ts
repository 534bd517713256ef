import { toCanonical } from "./canonical";
import { compareKeys } from "./node";
import { numberFromText } from "./parse";

/** Thrown where PARSE_JSON's full reader must look: the text is no strict JSON, or has a key twice. */
const UNUSUAL = new Error("needs the full reader");

/** Characters inside texts that are stored in another spelling. */
const RESPELLED = /[\u0000-\u001f\\\ue000]/;

/** What was found at one place of the document the last time: objects of a list mostly have the same keys. */
interface Place {
  /** `"key":` in the order of the text. */
  keys: string[];
  /** In stored order: numbers of keys. */
  order: number[];
  /** The order of the text is the stored one. */
  isOrdered: boolean;
  /** Places of the values. */
  values: Place[];
}

const newPlace = (): Place => ({ keys: [], order: [], isOrdered: true, values: [] });

/**
 * The stored form of strict JSON in one pass over the text, several times faster than by way of nodes; undefined when the full
 * reader must decide. Pieces that need no change are taken over as they stand.
 */
export function quickCanonical(text: string): string | undefined {
  try {
    return new Scanner(text).document();
  } catch (error) {
    if (error === UNUSUAL || error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

class Scanner {
  private at = 0;
  /** How often the stored form has departed from the text so far. What has not is one piece of the text. */
  private departures = 0;
  /** Without one of them in the whole text, every string ends at its next quote. */
  private readonly hasRespelled: boolean;

  constructor(private readonly text: string) {
    this.hasRespelled = RESPELLED.test(text);
  }

  document(): string {
    this.skip();
    const value = this.value(newPlace());
    this.skip();
    if (this.at < this.text.length) throw UNUSUAL;
    return value;
  }

  /** Past blanks; the character there. */
  private skip(): number {
    let c = this.text.charCodeAt(this.at);
    if (c > 0x20) return c;
    while (c === 0x20 || (c >= 0x09 && c <= 0x0d && c !== 0x0b && c !== 0x0c)) c = this.text.charCodeAt(++this.at);
    this.departures++;
    return c;
  }

  /** The stored spelling of a piece of the text that is written otherwise. */
  private respelled(stored: string): string {
    this.departures++;
    return stored;
  }

  private value(place: Place): string {
    const c = this.text.charCodeAt(this.at);
    switch (c) {
      case 0x22:
        return this.string(true);
      case 0x7b:
        return this.object(place);
      case 0x5b:
        return this.array(place);
      case 0x74:
        return this.word("true");
      case 0x66:
        return this.word("false");
      case 0x6e:
        return this.word("null");
      default:
        return this.number(c);
    }
  }

  private word(word: string): string {
    if (!this.text.startsWith(word, this.at)) throw UNUSUAL;
    this.at += word.length;
    this.end();
    return word;
  }

  /** What follows a number or word may not go on with it. */
  private end(): void {
    const c = this.text.charCodeAt(this.at);
    if (c === 0x2c || c === 0x5d || c === 0x7d || c <= 0x20 || this.at >= this.text.length) return;
    throw UNUSUAL;
  }

  /** Past the digits from here on; how many there are. */
  private digits(): number {
    const start = this.at;
    let c = this.text.charCodeAt(start);
    while (c >= 0x30 && c <= 0x39) c = this.text.charCodeAt(++this.at);
    return this.at - start;
  }

  private number(first: number): string {
    const { text, at: start } = this;
    if (first === 0x2d) this.at++;
    const leading = text.charCodeAt(this.at);
    const count = this.digits();
    let isWhole = true;
    if (text.charCodeAt(this.at) === 0x2e) {
      isWhole = false;
      this.at++;
      if (this.digits() === 0) throw UNUSUAL;
    }
    if ((text.charCodeAt(this.at) | 0x20) === 0x65) {
      isWhole = false;
      const sign = text.charCodeAt(++this.at);
      if (sign === 0x2b || sign === 0x2d) this.at++;
      if (this.digits() === 0) throw UNUSUAL;
    }
    if (count === 0) throw UNUSUAL;
    this.end();
    const written = text.slice(start, this.at);
    const isStoredSo = isWhole && count <= 18 && (leading !== 0x30 || written === "0");
    return isStoredSo ? written : this.respelled(toCanonical(numberFromText(written)));
  }

  /** With its quotes. A value that begins with the mark gets a tag, a key does not. */
  private string(isValue: boolean): string {
    const { text } = this;
    const start = this.at;
    let end = text.indexOf('"', start + 1);
    if (this.hasRespelled) while (end >= 0 && isEscaped(text, start, end)) end = text.indexOf('"', end + 1);
    if (end < 0) throw UNUSUAL;
    this.at = end + 1;
    const written = text.slice(start, end + 1);
    if (!this.hasRespelled || !RESPELLED.test(written)) return written;
    const plain = written.includes("\\") ? (JSON.parse(written) as string) : written.slice(1, -1);
    return this.respelled(isValue ? toCanonical(plain) : JSON.stringify(plain));
  }

  private array(place: Place): string {
    const { at: start, departures } = this;
    this.at++;
    let c = this.skip();
    if (c === 0x5d) {
      this.at++;
      return "[]";
    }
    const values: string[] = [];
    for (;;) {
      values.push(this.value(place));
      c = this.skip();
      this.at++;
      if (c === 0x5d) break;
      if (c !== 0x2c) throw UNUSUAL;
      this.skip();
    }
    return departures === this.departures ? this.text.slice(start, this.at) : `[${values.join(",")}]`;
  }

  private object(place: Place): string {
    const { text, at: start, departures } = this;
    this.at++;
    let c = this.skip();
    if (c === 0x7d) {
      this.at++;
      return "{}";
    }
    const values: string[] = [];
    let keys = place.keys;
    for (let i = 0; ; i++) {
      const known = keys === place.keys ? keys[i] : undefined;
      if (known !== undefined && text.startsWith(known, this.at)) this.at += known.length;
      else {
        if (c !== 0x22) throw UNUSUAL;
        if (keys === place.keys) keys = keys.slice(0, i);
        const key = this.string(false);
        if (this.skip() !== 0x3a) throw UNUSUAL;
        this.at++;
        keys.push(`${key}:`);
      }
      this.skip();
      place.values[i] ??= newPlace();
      values.push(this.value(place.values[i] as Place));
      c = this.skip();
      this.at++;
      if (c === 0x7d) break;
      if (c !== 0x2c) throw UNUSUAL;
      c = this.skip();
    }
    if (keys !== place.keys || keys.length !== values.length) {
      place.keys = keys.slice(0, values.length);
      place.order = orderOf(place.keys);
      place.isOrdered = place.order.every((at, i) => at === i);
    }
    if (departures === this.departures && place.isOrdered) return text.slice(start, this.at);
    this.departures++;
    // Joined, not added up: a text of thousands of pieces would be copied by each collection of the young generation.
    return `{${place.order.map((i) => `${place.keys[i]}${values[i]}`).join(",")}}`;
  }
}

/** Whether the quote at `end` is part of the string: an odd number of backslashes stands before it. */
function isEscaped(text: string, start: number, end: number): boolean {
  let count = 0;
  for (let i = end - 1; i > start && text.charCodeAt(i) === 0x5c; i--) count++;
  return count % 2 === 1;
}

/** The places of keys (`"key":`) in stored order. */
function orderOf(keys: readonly string[]): number[] {
  const plain = keys.map((key) => (key.includes("\\") ? (JSON.parse(key.slice(0, -1)) as string) : key.slice(1, -2)));
  const order = keys.map((_, i) => i).sort((a, b) => compareKeys(plain[a] as string, plain[b] as string));
  if (order.some((at, i) => i > 0 && plain[at] === plain[order[i - 1] as number])) throw UNUSUAL;
  return order;
}
