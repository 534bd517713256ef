import type { Span } from "../ast/index";
import {
  type BrokenRule,
  brokenRule,
  type DialectError,
  incompatibleOptions,
  invalidParameter,
  invalidProperty,
  invalidSyntax,
  invalidValue,
  unexpectedToken,
  unsupportedDataType,
  unsupportedFeature,
} from "../errors";
import type { Source } from "../lexer/source";
import type { Token } from "../lexer/token";

/** Collects what was looked for at one offset: filled by a second run over a text that turned out wrong. */
export interface Expectations {
  offset: number;
  words: Set<string>;
  /** The longest sequence of keywords that began at the offset and did not go on as it should. */
  broken?: { matched: number; token: Token; words: Set<string> };
}

/** How deep parentheses, blocks and subqueries may nest before the text is refused: the stack of any thread holds that much. */
export const MAX_DEPTH = 400;

/**
 * Walks over the tokens of one text. `is`, `accept` and `expect` take keywords in upper case and symbols alike; unreserved
 * keywords stay usable as identifiers, since a keyword is only what the grammar asks for at that place.
 */
export class TokenWalker {
  private index = 0;
  protected depth = 0;
  token: Token;

  constructor(
    readonly source: Source,
    private readonly tokens: Token[],
    protected readonly expectations?: Expectations,
  ) {
    this.token = tokens[0] as Token;
  }

  // --- looking ---------------------------------------------------------------------------------------------------------

  /** True when the current token is this keyword or symbol. */
  is(keyword: string): boolean {
    if (this.token.keyword === keyword) return true;
    if (this.expectations !== undefined) this.note(keyword);
    return false;
  }

  /** True when the coming tokens are these keywords and symbols, in this order. */
  isSequence(...keywords: string[]): boolean {
    for (let i = 0; i < keywords.length; i++) {
      if (this.tokens[this.index + i]?.keyword !== keywords[i]) {
        if (this.expectations !== undefined) this.noteSequence(keywords, i);
        return false;
      }
    }
    return true;
  }

  isAnyOf(keywords: ReadonlySet<string> | readonly string[]): boolean {
    const { keyword } = this.token;
    if (keyword !== "" && (keywords instanceof Set ? keywords.has(keyword) : (keywords as string[]).includes(keyword)))
      return true;
    if (this.expectations !== undefined) for (const word of keywords) this.note(word);
    return false;
  }

  /** The token `ahead` places further on; the last one at the end. */
  peek(ahead = 1): Token {
    return this.tokens[this.index + ahead] ?? (this.tokens[this.tokens.length - 1] as Token);
  }

  get atEnd(): boolean {
    return this.token.kind === "End";
  }

  /** True at `;` or the end of the text. */
  get atStatementEnd(): boolean {
    return this.token.kind === "End" || this.token.keyword === ";";
  }

  // --- moving ----------------------------------------------------------------------------------------------------------

  next(): Token {
    const { token } = this;
    if (token.kind !== "End") this.token = this.tokens[++this.index] as Token;
    return token;
  }

  /** A place to come back to with `reset`, for the few constructs that need to look far ahead. */
  mark(): number {
    return this.index;
  }

  reset(mark: number): void {
    this.index = mark;
    this.token = this.tokens[mark] as Token;
  }

  /** Begins afresh at a token, as after an error: nothing is open any more. */
  restart(mark: number): void {
    this.depth = 0;
    this.reset(mark);
  }

  /** Steps over the keyword or symbol if it is there. */
  accept(keyword: string): boolean {
    if (!this.is(keyword)) return false;
    this.next();
    return true;
  }

  /** Steps over all of these tokens, or over none. */
  acceptSequence(...keywords: string[]): boolean {
    if (!this.isSequence(...keywords)) return false;
    this.index += keywords.length;
    this.token = this.tokens[this.index] as Token;
    return true;
  }

  /** The keyword that was there among those given, stepped over. */
  acceptAnyOf<K extends string>(...keywords: K[]): K | undefined {
    if (!this.isAnyOf(keywords)) return undefined;
    return this.next().keyword as K;
  }

  expect(keyword: string): Token {
    if (!this.is(keyword)) throw this.unexpected();
    return this.next();
  }

  expectSequence(...keywords: string[]): void {
    for (const keyword of keywords) this.expect(keyword);
  }

  expectAnyOf<K extends string>(...keywords: K[]): K {
    const found = this.acceptAnyOf(...keywords);
    if (found === undefined) throw this.unexpected();
    return found;
  }

  // --- places ----------------------------------------------------------------------------------------------------------

  /** Offset in the outermost text of the current token: keep it and call `span(start)` when the node is complete. */
  get start(): number {
    return this.root(this.token.start);
  }

  /** From `start` to the end of the last token stepped over. */
  span(start: number): Span {
    const last = this.tokens[this.index - 1];
    return { start, end: last === undefined ? start : this.root(last.end) };
  }

  spanOf(token: Token): Span {
    return { start: this.root(token.start), end: this.root(token.end) };
  }

  /** What was written between two offsets of the outermost text. */
  textOf(span: Span): string {
    return this.source.root.slice(span.start, span.end);
  }

  protected root(offset: number): number {
    const { positions } = this.source;
    return positions === undefined ? offset : (positions[offset] ?? 0);
  }

  // --- errors ----------------------------------------------------------------------------------------------------------

  /** The error to throw for the current token (or another one); `expected` says in words what no keyword says. */
  unexpected(expected: string[] = [], token = this.token): DialectError {
    const { expectations } = this;
    const atPlace = expectations !== undefined && expectations.offset === this.spanOf(token).start;
    if (atPlace && expectations.broken !== undefined)
      return this.errorAt(expectations.broken.token, [...expectations.broken.words]);
    return this.errorAt(token, [...expected, ...(atPlace ? expectations.words : [])]);
  }

  /** The error where a data type should stand and something stands that names none: `name` as it was written, with its parameters. */
  unsupportedDataType(name: string, span: Span): DialectError {
    return unsupportedDataType(this.source.root, span, name);
  }

  /** The error at one word, counted from 0, of several that were read together, or at what stands behind the last of them. */
  unexpectedWord(span: Span, word: number, expected: string[]): DialectError {
    const text = this.source.root.slice(span.start);
    const words = [...text.matchAll(/[\w$.]+|[^\s\w]/g)];
    const { index, 0: found } = words[word] as RegExpExecArray;
    const start = span.start + index;
    return unexpectedToken(this.source.root, { start, end: start + found.length }, found, expected);
  }

  private errorAt(token: Token, expected: string[]): DialectError {
    const found = token.kind === "End" ? "<EOF>" : this.source.text.slice(token.start, token.end);
    return unexpectedToken(this.source.root, this.spanOf(token), found, [...new Set(expected)]);
  }

  /** Like `unexpected`, followed by a sentence that says why. */
  invalid(reason: string, token = this.token): DialectError {
    const found = token.kind === "End" ? "<EOF>" : this.source.text.slice(token.start, token.end);
    return invalidSyntax(this.source.root, this.spanOf(token), found, reason);
  }

  /** A property that this kind of object does not have. */
  invalidProperty(name: string, objectType: string, span: Span, expected: string[]): DialectError {
    return invalidProperty(this.source.root, span, name, objectType, expected);
  }

  /** An option that COPY or a file format does not have. */
  invalidParameter(name: string, span: Span, expected: string[]): DialectError {
    return invalidParameter(this.source.root, span, name, expected);
  }

  /** A value of another kind than the property takes; `kinds` are words or the names of kinds. */
  invalidValue(
    property: string,
    span: Span,
    kinds: readonly string[],
    found = this.textOf(span).replace(/^'([\s\S]*)'$/, "$1"),
  ): DialectError {
    return invalidValue(this.source.root, span, found, property, kinds.map(describeKind));
  }

  brokenRule(rule: BrokenRule, span: Span): DialectError {
    return brokenRule(this.source.root, span, rule);
  }

  unsupported(feature: string, span: Span): DialectError {
    return unsupportedFeature(this.source.root, span, feature);
  }

  /** Two options that exclude one another; `span` is the second one written. */
  incompatible(first: string, second: string, span: Span): DialectError {
    return incompatibleOptions(this.source.root, span, [first, second]);
  }

  /** A sequence that began at the wrong token and broke off later puts the mistake at the word where it broke off. */
  private noteSequence(keywords: string[], matched: number): void {
    const { expectations } = this;
    if (expectations === undefined || expectations.offset !== this.start) return;
    if (matched === 0) expectations.words.add(keywords[0] as string);
    else if (matched >= (expectations.broken?.matched ?? 0)) {
      const words = matched === expectations.broken?.matched ? expectations.broken.words : new Set<string>();
      words.add(keywords[matched] as string);
      expectations.broken = { matched, token: this.peek(matched), words };
    }
  }

  private note(keyword: string): void {
    if (this.expectations !== undefined && this.expectations.offset === this.start)
      this.expectations.words.add(keyword);
  }

  /** Runs `parse` one level deeper; a text that nests too deep is an error, never a stack overflow. */
  nested<T>(parse: () => T): T {
    this.enter();
    const result = parse();
    this.leave();
    return result;
  }

  enter(): void {
    if (++this.depth > MAX_DEPTH) throw this.invalid(`The text is nested deeper than ${MAX_DEPTH} levels.`);
  }

  leave(): void {
    this.depth--;
  }
}

const KINDS: Record<string, string> = {
  int: "an integer",
  nat: "an integer that is not negative",
  num: "a number",
  flag: "TRUE or FALSE",
  bool: "TRUE or FALSE",
  text: "a string",
  str: "a string",
  name: "a name",
  list: "a list in parentheses",
  items: "a list without parentheses",
  map: "properties in parentheses",
};

const describeKind = (kind: string): string => KINDS[kind] ?? kind;
