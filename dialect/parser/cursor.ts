import type {
  Expression,
  Identifier,
  IdentifierFunction,
  Name,
  ObjectName,
  Query,
  QueryBody,
  Select,
  Statement,
  StringLiteral,
} from "../ast/index";
import { tokenize } from "../lexer/lexer";
import { type Source, sourceInsideString, wholeSource } from "../lexer/source";
import type { Token } from "../lexer/token";
import { RESERVED } from "./keywords";
import { type Expectations, MAX_DEPTH, TokenWalker } from "./tokenWalker";

/** The entry points that families of the grammar need from one another; handing them in keeps the files free of import cycles. */
export interface Grammar {
  expression(cursor: Cursor): Expression;
  /** An expression without predicates, AND and OR. */
  operand(cursor: Cursor): Expression;
  comparand(cursor: Cursor): Expression;
  query(cursor: Cursor, left?: QueryBody): Query;
  statement(cursor: Cursor): Statement;
}

/** What every family of the grammar reads with: the tokens, and what is made of one or a few of them wherever it stands. */
export class Cursor extends TokenWalker {
  private placeholders = 0;
  /** Inside a Snowflake Scripting block: SELECT may have INTO, and names may be variables. */
  inScript = false;
  /** The SELECTs of the statement with INTO, to be judged when it has been read. */
  readonly intos: Select[] = [];
  /** In the body of a task, which is compiled when it runs. */
  inTask = false;
  /** Inside CONNECT BY: PRIOR is an operator. */
  inConnectBy = false;
  /** Inside a metric of a semantic view: PARTITION BY may leave dimensions out. */
  inMetric = false;
  /** In REFRESH USING of a dynamic table: CHANGES has no bounds. */
  inRefresh = false;

  constructor(
    source: Source,
    private readonly grammar: Grammar,
    tokens: Token[],
    expectations?: Expectations,
  ) {
    super(source, tokens, expectations);
  }

  override restart(mark: number): void {
    this.placeholders = 0;
    this.inScript = false;
    this.inConnectBy = false;
    this.inMetric = false;
    this.inRefresh = false;
    this.inTask = false;
    this.intos.length = 0;
    super.restart(mark);
  }

  // --- the grammar --------------------------------------------------------------------------------------------------------

  expression(): Expression {
    return this.grammar.expression(this);
  }

  operand(): Expression {
    return this.grammar.operand(this);
  }

  comparand(): Expression {
    return this.grammar.comparand(this);
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
    if (this.isReference()) return this.reference();
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

  /** True at `REFERENCE('name')`, `REFERENCE(:name)`. https://docs.snowflake.com/en/developer-guide/native-apps/requesting-refs */
  isReference(): boolean {
    return this.referenceLength > 0;
  }

  /** How many tokens `REFERENCE(…)` has that stands here; 0 where none does. */
  get referenceLength(): number {
    if (this.token.keyword !== "REFERENCE" || this.peek().keyword !== "(") return 0;
    const { kind, keyword } = this.peek(2);
    const isBound = keyword === ":" && this.peek(3).kind === "Word";
    if (!isBound && kind !== "String" && kind !== "Variable" && keyword !== "?") return 0;
    const length = isBound ? 5 : 4;
    return this.peek(length - 1).keyword === ")" ? length : 0;
  }

  private reference(): IdentifierFunction {
    const { start } = this;
    const parts = [this.identifierOf(this.next())];
    const nameSpan = this.span(start);
    this.next();
    const argument = this.isString() ? this.string() : this.operand();
    this.expect(")");
    const span = this.span(start);
    const name = { kind: "ObjectName", parts, span: nameSpan } as const;
    const call = { kind: "FunctionCall", name, parenthesized: true, distinct: false, args: [argument], span } as const;
    return { kind: "IdentifierFunction", argument: { ...call, args: [argument] }, rest: [], bare: true, span };
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

  /** Reads another text by itself; undefined where it cannot be cut into tokens. */
  over(text: string): Cursor | undefined {
    const source = wholeSource(text);
    const { tokens, error } = tokenize(source);
    return error ? undefined : new Cursor(source, this.grammar, tokens);
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
