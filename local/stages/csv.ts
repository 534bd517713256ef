import { type FileFormat, flag, optionList, optionText } from "./format";

/** One record of a file. Lines and records count from 1. */
export interface StagedRecord {
  /** Fields of CSV; the one document of JSON, in stored form. */
  values: (string | null)[];
  row: number;
  line: number;
  /** CSV: where each field begins, in characters from the beginning of the record. */
  starts?: number[];
  /** CSV that is read with places: the record as written with its delimiter, and the bytes of the file before it. */
  source?: { text: string; byteOffset: number };
  /** Why the record cannot be read. */
  error?: RecordError;
}

export interface RecordError {
  code: string;
  message: string;
  line: number;
  character: number;
  byteOffset: number;
  /** Index of the column, from 0. */
  column?: number;
}

/** How fields are told apart. Source: https://docs.snowflake.com/en/sql-reference/sql/create-file-format */
interface CsvRules {
  field: string | undefined;
  /** Undefined: `\n`, `\r\n` and `\r` alike. */
  record: string | undefined;
  wholeFile: boolean;
  enclosure: string | undefined;
  escape: string | undefined;
  escapeUnenclosed: string | undefined;
  trim: boolean;
  nullTexts: ReadonlySet<string>;
  emptyIsNull: boolean;
  skipBlank: boolean;
}

function rulesOf(format: FileFormat): CsvRules {
  const recordOption = optionText(format, "RECORD_DELIMITER");
  const escapeAll = optionText(format, "ESCAPE");
  return {
    field: optionText(format, "FIELD_DELIMITER"),
    record: recordOption === "\n" || recordOption === undefined ? undefined : recordOption,
    wholeFile: recordOption === undefined,
    enclosure: optionText(format, "FIELD_OPTIONALLY_ENCLOSED_BY"),
    escape: escapeAll,
    escapeUnenclosed: escapeAll ?? optionText(format, "ESCAPE_UNENCLOSED_FIELD"),
    trim: flag(format, "TRIM_SPACE"),
    nullTexts: new Set(optionList(format, "NULL_IF")),
    emptyIsNull: flag(format, "EMPTY_FIELD_AS_NULL"),
    skipBlank: flag(format, "SKIP_BLANK_LINES"),
  };
}

/**
 * Records of a CSV text that arrives in pieces. The first SKIP_HEADER lines are left out, and with PARSE_HEADER one more.
 * @param withSource whether records are told as they are written
 */
export async function* csvRecords(
  pieces: AsyncIterable<string>,
  format: FileFormat,
  withSource = false,
): AsyncGenerator<StagedRecord> {
  const reader = new CsvReader(rulesOf(format), withSource);
  let toSkip = Number(format.options.SKIP_HEADER ?? 0) + (flag(format, "PARSE_HEADER") ? 1 : 0);
  let row = 0;
  const take = function* (final: boolean): Generator<StagedRecord> {
    while (toSkip > 0 && reader.skipLine(final)) toSkip--;
    if (toSkip > 0) return;
    for (let record = reader.next(final); record; record = reader.next(final)) {
      if (record.isBlank && reader.rules.skipBlank) continue;
      const { isBlank: _, ...told } = record;
      yield { ...told, row: ++row };
    }
  };
  for await (const piece of pieces) {
    reader.append(piece);
    yield* take(false);
  }
  yield* take(true);
}

/** Names in the header line of a file (PARSE_HEADER). */
export async function csvHeader(pieces: AsyncIterable<string>, format: FileFormat): Promise<string[]> {
  const skipped = { ...format, options: { ...format.options, PARSE_HEADER: false } };
  for await (const record of csvRecords(pieces, skipped)) return record.values.map((name) => name ?? "");
  return [];
}

interface CsvRecord extends Omit<StagedRecord, "row"> {
  isBlank: boolean;
}

/** The buffer ended inside a record and more text is to come. */
const MORE = Symbol("more");

class CsvReader {
  private text = "";
  private at = 0;
  private line = 1;
  /** `bytes` of the file stand before the character `counted` of the buffer. */
  private bytes = 0;
  private counted = 0;

  constructor(
    readonly rules: CsvRules,
    private readonly withSource: boolean,
  ) {}

  append(piece: string): void {
    this.bytesTo(this.at);
    this.text = this.text.slice(this.at) + piece;
    this.at = 0;
    this.counted = 0;
  }

  /** Bytes of the file before a place in the buffer. */
  private bytesTo(at: number): number {
    if (at >= this.counted) this.bytes += Buffer.byteLength(this.text.slice(this.counted, at));
    else this.bytes -= Buffer.byteLength(this.text.slice(at, this.counted));
    this.counted = at;
    return this.bytes;
  }

  /** False when the line is not complete yet, or there is none. */
  skipLine(final: boolean): boolean {
    const start = this.at;
    while (this.at < this.text.length) {
      const length = this.recordEnd(this.at, final);
      if (length === MORE) break;
      if (length > 0) {
        this.at += length;
        this.line++;
        return true;
      }
      this.at++;
    }
    if (final && this.at > start) return true;
    this.at = start;
    return false;
  }

  /** The next record; undefined when the buffer does not hold it whole. */
  next(final: boolean): CsvRecord | undefined {
    if (this.at >= this.text.length) return undefined;
    const start = { at: this.at, line: this.line };
    const record = this.read(final);
    if (record !== MORE) return record;
    this.at = start.at;
    this.line = start.line;
    return undefined;
  }

  /** Length of the record delimiter at a place; 0 when there is none. */
  private recordEnd(at: number, final: boolean): number | typeof MORE {
    const { record, wholeFile } = this.rules;
    if (wholeFile) return 0;
    if (record !== undefined) {
      if (this.text.startsWith(record, at)) return record.length;
      return !final && at + record.length > this.text.length && record.startsWith(this.text.slice(at)) ? MORE : 0;
    }
    const c = this.text[at];
    if (c === "\n") return 1;
    if (c !== "\r") return 0;
    if (at + 1 >= this.text.length && !final) return MORE;
    return this.text[at + 1] === "\n" ? 2 : 1;
  }

  private read(final: boolean): CsvRecord | typeof MORE {
    const { line, at: begin } = this;
    const values: (string | null)[] = [];
    const starts: number[] = [];
    let error: RecordError | undefined;
    for (;;) {
      starts.push(this.at - begin);
      const field = this.field(final, values.length, begin, line);
      if (field === MORE) return MORE;
      values.push(field.value);
      error ??= field.error;
      if (field.endsRecord) break;
    }
    const isBlank = values.length === 1 && this.text.slice(begin, this.at).trim() === "";
    const source = this.withSource
      ? { source: { text: this.text.slice(begin, this.at), byteOffset: this.bytesTo(begin) } }
      : {};
    return { values, starts, line, isBlank, ...source, ...(error ? { error } : {}) };
  }

  private field(
    final: boolean,
    column: number,
    begin: number,
    line: number,
  ): { value: string | null; endsRecord: boolean; error?: RecordError } | typeof MORE {
    const { rules } = this;
    if (rules.trim) while (this.text[this.at] === " ") this.at++;
    const isEnclosed = rules.enclosure !== undefined && this.text.startsWith(rules.enclosure, this.at);
    const content = isEnclosed ? this.enclosed(final) : undefined;
    if (content === MORE) return MORE;
    let error: RecordError | undefined;
    let text = content ?? "";
    if (content !== undefined && rules.trim) while (this.text[this.at] === " ") this.at++;
    const rest = this.unenclosed(final);
    if (rest === MORE) return MORE;
    if (content !== undefined && rest.text !== "") {
      error = this.failure(
        "100065",
        `Found character '${rest.text[0]}' instead of field delimiter '${rules.field ?? ""}'`,
        begin,
        line,
        column,
      );
    }
    if (content === undefined) text = rules.trim ? rest.text.trimEnd() : rest.text;
    const isNull =
      rules.nullTexts.has(isEnclosed ? text : rest.raw) || (!isEnclosed && text === "" && rules.emptyIsNull);
    return { value: isNull ? null : text, endsRecord: rest.endsRecord, ...(error ? { error } : {}) };
  }

  /** Behind the opening enclosure to behind the closing one. */
  private enclosed(final: boolean): string | typeof MORE {
    const { enclosure = '"', escape: escapeWith } = this.rules;
    let out = "";
    this.at++;
    for (;;) {
      const c = this.text[this.at];
      if (c === undefined) return final ? out : MORE;
      if (escapeWith !== undefined && c === escapeWith && escapeWith !== enclosure) {
        const next = this.text[this.at + 1];
        if (next === undefined && !final) return MORE;
        out += escapedCharacter(next ?? "");
        this.at += 2;
      } else if (c === enclosure) {
        if (this.text[this.at + 1] === undefined && !final) return MORE;
        this.at++;
        if (this.text[this.at] !== enclosure) return out;
        out += enclosure;
        this.at++;
      } else {
        if (c === "\n") this.line++;
        out += c;
        this.at++;
      }
    }
  }

  /** Up to and over the next delimiter. `raw` is the text with its escapes as written. */
  private unenclosed(final: boolean): { text: string; raw: string; endsRecord: boolean } | typeof MORE {
    const { field, escapeUnenclosed } = this.rules;
    const start = this.at;
    let out = "";
    for (;;) {
      const c = this.text[this.at];
      if (c === undefined) {
        if (!final) return MORE;
        return { text: out, raw: this.text.slice(start), endsRecord: true };
      }
      if (escapeUnenclosed !== undefined && c === escapeUnenclosed) {
        const next = this.text[this.at + 1];
        if (next === undefined && !final) return MORE;
        out += next === "N" ? `${c}N` : escapedCharacter(next ?? "");
        this.at += 2;
        continue;
      }
      if (field !== undefined && c === field[0]) {
        if (this.text.startsWith(field, this.at)) {
          const raw = this.text.slice(start, this.at);
          this.at += field.length;
          return { text: out, raw, endsRecord: false };
        }
        if (!final && this.at + field.length > this.text.length) return MORE;
      }
      const end = this.recordEnd(this.at, final);
      if (end === MORE) return MORE;
      if (end > 0) {
        const raw = this.text.slice(start, this.at);
        this.at += end;
        this.line++;
        return { text: out, raw, endsRecord: true };
      }
      out += c;
      this.at++;
    }
  }

  private failure(code: string, message: string, begin: number, line: number, column: number): RecordError {
    return {
      code,
      message,
      line,
      character: this.at - begin,
      byteOffset: this.bytesTo(this.at),
      column,
    };
  }
}

const NAMED: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", "0": "\0" };
const escapedCharacter = (c: string): string => NAMED[c] ?? c;
