import type {
  Expression,
  Identifier,
  Name,
  ObjectName,
  Query,
  QueryBody,
  Span,
  Statement,
  StringLiteral,
} from "../ast/index";
import { type DialectError, invalidSyntax, unexpectedToken } from "../errors";
import { tokenize } from "../lexer/lexer";
import { type Source, sourceInsideString } from "../lexer/source";
import type { Token } from "../lexer/token";
import { RESERVED } from "./keywords";

/** The entry points that families of the grammar need from one another; handing them in keeps the files free of import cycles. */
export interface Grammar {
  expression(cursor: Cursor): Expression;
  /** An expression without predicates, AND and OR. */
  operand(cursor: Cursor): Expression;
  query(cursor: Cursor, left?: QueryBody): Query;
  statement(cursor: Cursor): Statement;
}

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
export class Cursor {
  private index = 0;
  private depth = 0;
  private placeholders = 0;
  token: Token;
  /** Inside a Snowflake Scripting block: SELECT may have INTO, and names may be variables. */
  inScript = false;
  /** Inside CONNECT BY: PRIOR is an operator. */
  inConnectBy = false;

  constructor(
    readonly source: Source,
    private readonly grammar: Grammar,
    private readonly tokens: Token[],
    private readonly expectations?: Expectations,
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
    this.placeholders = 0;
    this.inScript = false;
    this.inConnectBy = false;
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

  private root(offset: number): number {
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

  private errorAt(token: Token, expected: string[]): DialectError {
    const found = token.kind === "End" ? "<EOF>" : this.source.text.slice(token.start, token.end);
    return unexpectedToken(this.source.root, this.spanOf(token), found, [...new Set(expected)]);
  }

  /** Like `unexpected`, followed by a sentence that says why. */
  invalid(reason: string, token = this.token): DialectError {
    const found = token.kind === "End" ? "<EOF>" : this.source.text.slice(token.start, token.end);
    return invalidSyntax(this.source.root, this.spanOf(token), found, reason);
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

  // --- what every family needs -------------------------------------------------------------------------------------------

  expression(): Expression {
    return this.grammar.expression(this);
  }

  operand(): Expression {
    return this.grammar.operand(this);
  }

  query(): Query {
    return this.grammar.query(this);
  }

  /** A query whose first operand has been read already. */
  queryAfter(left: QueryBody): Query {
    return this.grammar.query(this, left);
  }

  statement(): Statement {
    return this.grammar.statement(this);
  }

  /** True when a word or quoted identifier stands here that may be an identifier. */
  isIdentifier(): boolean {
    const { kind } = this.token;
    return kind === "QuotedIdentifier" || (kind === "Word" && !RESERVED.has(this.token.keyword));
  }

  /** One identifier; `forbidden` are further words that may not stand there unquoted. */
  identifier(forbidden?: ReadonlySet<string>): Identifier {
    if (!this.isIdentifier() || forbidden?.has(this.token.keyword)) throw this.unexpected(["an identifier"]);
    return this.identifierOf(this.next());
  }

  /** An identifier where even reserved words may stand: behind a dot, in a path. */
  anyIdentifier(): Identifier {
    const { kind } = this.token;
    if (kind !== "Word" && kind !== "QuotedIdentifier") throw this.unexpected(["an identifier"]);
    return this.identifierOf(this.next());
  }

  /** A part of a name behind its dot; `t. FROM` is a name that was cut off. */
  namePart(): Identifier {
    const { keyword } = this.token;
    if (keyword === "FROM" || keyword === "WHERE") throw this.unexpected(["an identifier"]);
    return this.anyIdentifier();
  }

  identifierOf(token: Token): Identifier {
    const quoted = token.kind === "QuotedIdentifier";
    if (quoted && token.value === "") throw this.unexpected(["an identifier"], token);
    return {
      kind: "Identifier",
      text: token.value,
      value: quoted ? token.value : token.keyword,
      quoted,
      span: this.spanOf(token),
    };
  }

  /** `a.b.c`, `a..c`, or `IDENTIFIER(…)`; of at `most` so many parts. */
  name(forbidden?: ReadonlySet<string>, most = 3): Name {
    if (this.token.keyword === "IDENTIFIER" && this.peek().keyword === "(") return this.identifierFunction();
    return this.objectName(forbidden, most);
  }

  objectName(forbidden?: ReadonlySet<string>, most = 3): ObjectName {
    const { start } = this;
    const parts = [this.identifier(forbidden)];
    while (this.token.keyword === ".") {
      if (parts.length === most) throw this.unexpected();
      const dot = this.next();
      if (this.token.keyword === "." && parts.length === 1) {
        const at = this.root(dot.end);
        parts.push({ kind: "Identifier", text: "", value: "", quoted: false, span: { start: at, end: at } });
      } else parts.push(this.namePart());
    }
    return { kind: "ObjectName", parts, span: this.span(start) };
  }

  private identifierFunction(): Name {
    const { start } = this;
    this.next();
    this.expect("(");
    const argument = this.expression();
    this.expect(")");
    const rest: Identifier[] = [];
    while (this.accept(".")) rest.push(this.anyIdentifier());
    return { kind: "IdentifierFunction", argument, rest, span: this.span(start) };
  }

  isString(): boolean {
    return this.token.kind === "String";
  }

  string(): StringLiteral {
    if (this.token.kind !== "String") throw this.unexpected(["a string"]);
    return this.stringOf(this.next());
  }

  stringOf(token: Token): StringLiteral {
    const quoting = this.source.text.charCodeAt(token.start) === 36 ? "dollar" : "single";
    return { kind: "StringLiteral", value: token.value, quoting, span: this.spanOf(token) };
  }

  /** An unsigned integer. */
  integer(): number {
    if (this.token.kind !== "Number" || !/^[0-9]+$/.test(this.token.value)) throw this.unexpected(["an integer"]);
    return Number(this.next().value);
  }

  /** The next `?` counts on from the last one. */
  nextPlaceholder(): number {
    return this.placeholders++;
  }

  /** One or more, parted by commas. */
  list<T>(parse: () => T): T[] {
    const items = [parse()];
    while (this.accept(",")) items.push(parse());
    return items;
  }

  /** `(…)` around what `parse` reads. */
  parenthesized<T>(parse: () => T): T {
    this.expect("(");
    this.enter();
    const result = parse();
    this.leave();
    this.expect(")");
    return result;
  }

  /** `(a, b, …)`; with `empty` also `()`. */
  parenthesizedList<T>(parse: () => T, empty = false): T[] {
    return this.parenthesized(() => (empty && this.is(")") ? [] : this.list(parse)));
  }

  /** A cursor over the inside of a string token, whose nodes keep their positions in the outermost text. */
  inside(token: Token): Cursor {
    const source = sourceInsideString(this.source, token.start, token.end);
    const { tokens, error } = tokenize(source);
    if (error) throw error;
    const cursor = new Cursor(source, this.grammar, tokens, this.expectations);
    cursor.depth = this.depth + 1;
    if (cursor.depth > MAX_DEPTH) throw this.invalid(`The text is nested deeper than ${MAX_DEPTH} levels.`, token);
    return cursor;
  }
}
