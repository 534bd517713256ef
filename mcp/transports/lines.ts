import { Writable } from "node:stream";
import { isObject } from "../plan/findings";
import { demandParams, parseBytes, readMessage, UnreadableMessage } from "./readMessage";

/** Bytes of a line; the same as of a body over HTTP. */
export const LONGEST_LINE = 2_000_000;

const NEWLINE = 0x0a;
const BLANK = /^[\s\uFEFF]*$/;

/**
 * What a client writes, line by line: messages go on as they were meant, a batch one by one. A line that is no message is answered,
 * so that nobody waits for what never comes, and the next one is read.
 */
export class Lines extends Writable {
  private parts: Buffer[] = [];
  private length = 0;

  /**
   * @param pass is given every message; may refuse it by an UnreadableMessage
   * @param refuse is given the answer to a line that is no message
   */
  constructor(
    private readonly pass: (message: unknown) => void,
    private readonly refuse: (answer: object) => void,
  ) {
    super();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to !== -1; to = chunk.indexOf(NEWLINE, from)) {
      this.keep(chunk.subarray(from, to));
      this.line();
      from = to + 1;
    }
    this.keep(chunk.subarray(from));
    done();
  }

  /** Behind the last line feed stands a message too, when input ended there. */
  override _final(done: () => void): void {
    if (this.length > 0) this.line();
    done();
  }

  /** Of a line that is too long only the length is kept. */
  private keep(part: Buffer): void {
    this.length += part.length;
    if (this.length > LONGEST_LINE) this.parts = [];
    else if (part.length > 0) this.parts.push(part);
  }

  private line(): void {
    const { parts, length } = this;
    this.parts = [];
    this.length = 0;
    this.tried(() => {
      if (length > LONGEST_LINE)
        throw new UnreadableMessage(
          -32_600,
          `Invalid Request: the message has ${length} bytes, more than ${LONGEST_LINE}. Send less.`,
        );
      const bytes = Buffer.concat(parts);
      if (length < 100 && BLANK.test(bytes.toString())) return;
      const value = parseBytes(bytes);
      if (!Array.isArray(value)) return this.read(value);
      if (value.length === 0) throw new UnreadableMessage(-32_600, "Invalid Request: the batch is empty.");
      for (const message of value) this.tried(() => this.read(message));
    });
  }

  private read(value: unknown): void {
    // To what claims to be an answer there is none, were it as wrong as it may.
    const isAnswer = isObject(value) && !("method" in value) && ("result" in value || "error" in value);
    const message = isAnswer ? value : readMessage(value);
    if (!isAnswer) demandParams(message);
    this.pass(message);
  }

  private tried(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof UnreadableMessage)) throw error;
      const { code, message, id } = error;
      this.refuse({ jsonrpc: "2.0", id, error: { code, message } });
    }
  }
}
