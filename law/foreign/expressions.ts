import { Cursor, DEEPEST } from "./cursor";
import type { Names } from "./names";
import { FUNCTIONS, type Given, METHODS, printed } from "./texts";
import type { Language, Token } from "./tokens";
import { changed, either, joined, NOTHING, textValue, type Value } from "./values";

/** A call that a body makes, with what is known of the object it is made on and of its arguments. */
export interface ForeignCall extends Given {
  name: string;
  on: Value;
  at: number;
}

/** A text that a body uses for something, and where. */
export interface UsedText {
  text: string;
  at: number;
}

const TRUE = textValue("TRUE");

const NO_ARGS: Given = { args: [], named: new Map() };

/** Calls that tell a reader something and run nothing. */
const TELLS =
  /^(print(ln)?|printf|log|logger|debug|info|warn(ing)?|error|exception|critical|\w*(Error|Exception)|write_stream|set_comment)$/;

/** What makes of two values one that is no text. */
const COMPARES = /^(===?|!==?|[<>]=?|&&|[-*/]|and|in|is|not|instanceof)$/;

/** Reads the expressions of a body: what they are worth, the texts that they put together, the calls that they make. */
export abstract class Expressions extends Cursor {
  readonly texts: UsedText[] = [];
  readonly calls: ForeignCall[] = [];
  /** Braces that were found to hold statements. */
  private readonly blocks = new Set<number>();
  private telling = 0;

  constructor(
    tokens: readonly Token[],
    protected readonly language: Language,
    protected readonly names: Names,
  ) {
    super(tokens);
  }

  /** Reads what stands at the place, be it an expression or not, and goes behind it. */
  protected abstract step(end: number): void;

  /** The value of code that is put into a text. */
  protected abstract putIn(code: string): Value;

  /** A whole expression; undefined where none begins. Its texts are what the body uses. */
  protected expression(end: number): Value | undefined {
    if (this.depth > DEEPEST) return undefined;
    this.depth++;
    const value = this.calculated(end);
    this.depth--;
    return value;
  }

  protected calculated(end: number): Value | undefined {
    const begin = this.tokens[this.at];
    let value = this.operand(end);
    if (value === undefined || begin === undefined) return undefined;
    for (;;) {
      const mark = this.mark(end);
      if (mark === "+") value = joined(value, this.next(end));
      else if (mark === "%") {
        const by = this.next(end);
        value = printed(value, [by]);
      } else if (mark === "||" || mark === "??" || this.name(0, end) === "or") value = either(value, this.next(end));
      else if (this.name(0, end) === "if" && this.language === "PYTHON") value = this.otherwise(value, end, "else");
      else if (mark === "?") {
        this.at++;
        value = this.otherwise(this.expression(end) ?? NOTHING, end, ":");
      } else if (COMPARES.test(mark || (this.name(0, end) ?? ""))) {
        this.next(end);
        value = NOTHING;
      } else break;
    }
    if (this.telling === 0) for (const text of value.texts) this.texts.push({ text, at: begin.at });
    return value;
  }

  protected next(end: number): Value {
    this.at++;
    return this.operand(end) ?? NOTHING;
  }

  /** The other value of `a if c else b`, of `c ? a : b`. */
  protected otherwise(value: Value, end: number, word: string): Value {
    if (word === "else") {
      this.at++;
      this.expression(end);
    }
    if (this.name(0, end) !== word && this.mark(end) !== word) return value;
    this.at++;
    return either(value, this.expression(end) ?? NOTHING);
  }

  protected operand(end: number): Value | undefined {
    if (this.at >= end) return undefined;
    while (/^(new|await|not|return|yield)$/.test(this.name() ?? "") && this.at + 1 < end) this.at++;
    const token = this.tokens[this.at];
    if (token === undefined) return undefined;
    const { value, name } = this.primary(token, end);
    return value === undefined ? undefined : this.behind(value, name, end);
  }

  protected primary(token: Token, end: number): { value?: Value; name?: string } {
    switch (token.type) {
      case "text": {
        let value = this.written(token);
        this.at++;
        // In Python texts that stand side by side are one.
        for (let next = this.tokens[this.at]; next?.type === "text" && this.language === "PYTHON" && this.at < end; ) {
          value = joined(value, this.written(next));
          next = this.tokens[++this.at];
        }
        return { value };
      }
      case "number":
        this.at++;
        return { value: textValue(token.text) };
      case "name":
        this.at++;
        return { value: /^[Tt]rue$/.test(token.name) ? TRUE : this.names.value(token.name), name: token.name };
      case "mark": {
        const close = this.closing.get(this.at);
        if (close === undefined || close >= end) return {};
        if (token.mark === "(" || token.mark === "[") {
          const { args, named } = this.given(close);
          const single = token.mark === "(" && args.length === 1 && named.size === 0;
          return { value: single ? args[0] : { texts: [], items: args } };
        }
        return token.mark === "{" ? { value: this.map(close) } : {};
      }
      default:
        return {};
    }
  }

  protected written({ pieces }: Extract<Token, { type: "text" }>): Value {
    return joined(
      textValue(""),
      ...pieces.map((piece) => (typeof piece === "string" ? textValue(piece) : this.putIn(piece.code))),
    );
  }

  /** `{key: value}`; undefined for a block of statements, which is read as such. */
  protected map(close: number): Value | undefined {
    const begin = this.at;
    if (this.blocks.has(begin)) return undefined;
    const entries = new Map<string, Value>();
    this.at++;
    while (this.at < close) {
      const key = this.tokens[this.at];
      const isKey = (key?.type === "name" || key?.type === "text") && this.markAt(this.at + 1) === ":";
      if (!isKey) {
        this.at = begin;
        this.blocks.add(begin);
        return undefined;
      }
      const name = key.type === "name" ? key.name : (this.written(key).texts[0] ?? "");
      this.at += 2;
      const value = this.expression(close) ?? NOTHING;
      entries.set(name, value);
      while (this.at < close && this.mark() !== ",") this.step(close);
      this.at++;
    }
    this.at = close + 1;
    return { texts: [], entries };
  }

  /** What stands behind a value: attributes, calls, places in a list. */
  protected behind(start: Value, first: string | undefined, end: number): Value {
    let value = start;
    let name = first;
    let on = NOTHING;
    let grows = false;
    while (this.at < end) {
      const token = this.tokens[this.at] as Token;
      const mark = this.mark();
      // A chain may go on in the next line.
      if (token.type === "line" && this.markAt(this.at + 1) === "." && this.at + 1 < end) this.at++;
      else if (mark === "." && this.tokens[this.at + 1]?.type === "name") {
        const attribute = (this.tokens[this.at + 1] as { name: string }).name;
        on = value;
        name = attribute;
        const change = this.language === "SCALA" && known(value) && Object.hasOwn(METHODS, attribute);
        const called = this.markAt(this.at + 2) === "(";
        value = change && !called ? this.result(attribute, value, NO_ARGS) : this.names.attribute(value, attribute);
        this.at += 2;
      } else if (mark === "(" && name !== undefined) {
        const close = this.closing.get(this.at);
        if (close === undefined || close > end) break;
        if (on.items && /^(forEach|foreach|map|flatMap|filter)$/.test(name)) this.each(on.items);
        const given = this.arguments(name, close);
        this.calls.push({ name, on, at: token.at, ...given });
        this.names.hand(name, given);
        grows ||= /^(append|push|add)$/.test(name) && (on.texts.length > 0 || on.items !== undefined);
        value = this.result(name, on, given);
        on = NOTHING;
        name = "";
      } else if (mark === "[") {
        const close = this.closing.get(this.at);
        if (close === undefined || close > end) break;
        value = this.element(value, name, close);
        name = "";
      } else if (mark === "{" && this.markAt(this.at - 1) === "]" && this.language === "JAVA") {
        const close = this.closing.get(this.at);
        if (close === undefined || close > end) break;
        value = { texts: [], items: this.given(close).args };
      } else break;
    }
    if (grows && first !== undefined) this.names.replace(first, value);
    return value;
  }

  /** `list.forEach(x => …)`, `list.map((x) => …)`, `list.forEach(x -> …)`: at the bracket. */
  protected each(items: readonly Value[]): void {
    const ahead = this.markAt(this.at + 1) === "(" ? 2 : 1;
    const target = this.name(ahead);
    const arrow = this.markAt(this.at + ahead + 1) === ")" ? ahead + 2 : ahead + 1;
    if (target !== undefined && /^[=-]>$/.test(this.markAt(this.at + arrow))) this.names.give(target, either(...items));
  }

  protected arguments(name: string, close: number): Given {
    const tells = TELLS.test(name);
    if (tells) this.telling++;
    const given = this.given(close);
    if (tells) this.telling--;
    return given;
  }

  protected result(name: string, on: Value, given: Given): Value {
    if (name === "table") return { texts: [], table: given.args[0] ?? given.named.get("name") ?? NOTHING };
    if (name === "format" && this.language === "SCALA") return printed(on, given.args);
    const method = Object.hasOwn(METHODS, name) && known(on) ? METHODS[name] : undefined;
    if (method) return method(on, given);
    const call = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (call) return call(given);
    // What is done to a table or to the place of an object leads to another one of it.
    if (on.table) return { texts: [], table: on.table };
    return given.named.size === 0 ? NOTHING : { texts: [], entries: given.named };
  }

  /** `[::-1]`, `["key"]`, `[0]`. */
  protected element(value: Value, name: string | undefined, close: number): Value {
    const inside = this.tokens.slice(this.at + 1, close);
    const written = inside.map((token) =>
      token.type === "mark" ? token.mark : token.type === "number" ? token.text : "",
    );
    const { args } = this.given(close);
    if (written.join("") === "::-1") return changed(value, (text) => [...text].reverse().join(""));
    const [key] = args;
    if (value.place) return this.names.placed(value.place, name ?? "", key ?? NOTHING);
    const text = key?.texts[0] ?? "";
    return value.entries?.get(text) ?? value.items?.[Number(text)] ?? (value.items ? either(...value.items) : NOTHING);
  }

  /** What stands in brackets up to where they close, read to its end. */
  protected given(close: number): Given {
    const args: Value[] = [];
    const named = new Map<string, Value>();
    this.at++;
    while (this.at < close) {
      const key = this.tokens[this.at];
      if (this.mark() === "**" || (this.mark() === "*" && this.tokens[this.at + 1]?.type === "name")) {
        this.at++;
        const all = this.expression(close) ?? NOTHING;
        for (const [name, value] of all.entries ?? []) named.set(name, value);
        args.push(...(all.items ?? []));
      } else if (key?.type === "name" && this.markAt(this.at + 1) === ":=") {
        this.at += 2;
        args.push(this.expression(close) ?? NOTHING);
        this.names.give(key.name, args.at(-1) as Value);
      } else if (key?.type === "name" && this.markAt(this.at + 1) === "=") {
        this.at += 2;
        const value = this.expression(close) ?? NOTHING;
        named.set(key.name, value);
      } else {
        const begin = this.at;
        const value = this.expression(close);
        if (value !== undefined) args.push(value);
        if (this.at === begin) this.step(close);
      }
      // Whatever else stands before the next comma is read for what it does.
      while (this.at < close && this.mark() !== ",") this.step(close);
      this.at++;
    }
    this.at = close + 1;
    return { args, named };
  }
}

const known = ({ texts, items, entries }: Value): boolean =>
  texts.length > 0 || items !== undefined || entries !== undefined;
