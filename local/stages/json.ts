import { SnowflakeError } from "../errors";
import { toCanonical } from "../udf/json/canonical";
import { type JsonNode, ObjectNode } from "../udf/json/node";
import { parseJson } from "../udf/json/parse";
import type { StagedRecord } from "./csv";
import { type FileFormat, flag } from "./format";

/** Documents of a JSON text that arrives in pieces: one after the other, parted by blanks or commas. */
export async function* jsonRecords(pieces: AsyncIterable<string>, format: FileFormat): AsyncGenerator<StagedRecord> {
  const stripArray = flag(format, "STRIP_OUTER_ARRAY");
  const stripNulls = flag(format, "STRIP_NULL_VALUES");
  const allowDuplicates = flag(format, "ALLOW_DUPLICATE");
  const scanner = new DocumentScanner(stripArray);
  let row = 0;
  const take = function* (final: boolean): Generator<StagedRecord> {
    for (let found = scanner.next(final); found; found = scanner.next(final)) {
      const place = { row: ++row, line: found.line };
      try {
        const node = parseJson(found.text, allowDuplicates);
        const kept = node === undefined || !stripNulls ? node : withoutNulls(node);
        yield { values: [kept === undefined ? null : toCanonical(kept)], ...place };
      } catch (error) {
        if (!(error instanceof SnowflakeError)) throw error;
        const { code, message } = error;
        const position = Number(/pos (\d+)$/.exec(message)?.[1] ?? 1);
        const before = found.text.slice(0, position);
        const line = found.line + before.split("\n").length - 1;
        const character = position - (before.lastIndexOf("\n") + 1);
        yield {
          values: [null],
          ...place,
          error: { code, message, line, character, byteOffset: scanner.bytesBefore(found.at) + position },
        };
      }
    }
  };
  for await (const piece of pieces) {
    scanner.append(piece);
    yield* take(false);
  }
  yield* take(true);
}

/** STRIP_NULL_VALUES: members and elements that are JSON null go. */
function withoutNulls(node: JsonNode): JsonNode {
  if (Array.isArray(node)) return node.filter((item) => item !== null).map(withoutNulls);
  if (!(node instanceof ObjectNode)) return node;
  const entries = [...node.entries].filter(([, value]) => value !== null);
  return new ObjectNode(new Map(entries.map(([key, value]) => [key, withoutNulls(value)])));
}

interface Found {
  text: string;
  line: number;
  /** Where it begins in the buffer. */
  at: number;
}

/** Finds where documents begin and end, without reading them. */
class DocumentScanner {
  private text = "";
  private at = 0;
  private line = 1;
  private bytes = 0;
  private insideArray = false;
  /** Where scanning of an unfinished document goes on. */
  private resume: { at: number; depth: number; quote: string } | undefined;

  constructor(private readonly stripArray: boolean) {}

  append(piece: string): void {
    this.bytes += Buffer.byteLength(this.text.slice(0, this.at));
    this.text = this.text.slice(this.at) + piece;
    if (this.resume) this.resume.at -= this.at;
    this.at = 0;
  }

  next(final: boolean): Found | undefined {
    if (!this.resume) this.skipBetween();
    if (this.at >= this.text.length) return undefined;
    const end = this.end(final);
    if (end === undefined) return undefined;
    const text = this.text.slice(this.at, end);
    const found = { text, line: this.line, at: this.at };
    this.line += text.split("\n").length - 1;
    this.at = end;
    return found;
  }

  /** Bytes before a place in the buffer: only for errors, since it takes as long as the buffer is. */
  bytesBefore(at: number): number {
    return this.bytes + Buffer.byteLength(this.text.slice(0, at));
  }

  private skipBetween(): void {
    for (; this.at < this.text.length; this.at++) {
      const c = this.text[this.at] as string;
      if (c === "\n") this.line++;
      else if (this.stripArray && c === "[" && !this.insideArray) this.insideArray = true;
      else if (this.stripArray && c === "]" && this.insideArray) this.insideArray = false;
      else if (c !== "," && !/\s/.test(c)) return;
    }
  }

  /** Behind the document that begins here; undefined when it is not whole yet. */
  private end(final: boolean): number | undefined {
    let { at, depth, quote } = this.resume ?? { at: this.at, depth: 0, quote: "" };
    this.resume = undefined;
    for (; at < this.text.length; at++) {
      const c = this.text[at] as string;
      if (quote) {
        if (c === "\\") at++;
        else if (c === quote) {
          quote = "";
          if (depth === 0) return at + 1;
        }
        continue;
      }
      if (c === '"' || c === "'") quote = c;
      else if (c === "{" || c === "[") depth++;
      else if (c === "}" || c === "]") {
        if (depth === 0) return at === this.at ? at + 1 : at;
        if (--depth === 0) return at + 1;
      } else if (depth === 0 && (c === "," || /\s/.test(c))) return at;
    }
    if (final) return this.text.length;
    this.resume = { at, depth, quote };
    return undefined;
  }
}
