import { DEEPEST } from "./cursor";
import { Expressions } from "./expressions";
import { tokensOf } from "./tokens";
import { NOTHING, textValue, type Value } from "./values";

const LONGEST_TYPE = 12;

/** Words that no assignment begins with; what stands behind their colon may be one. */
const CONTROLS =
  /^(if|elif|else|while|try|except|finally|with|class|case|match|switch|do|return|import|from|raise|throw)$/;

/**
 * Reads a body once, from its beginning to its end: what names are given, which texts it puts together, what it calls. It does
 * not run the body: of branches and loops all is read, and a name may be any of the values that it is given anywhere.
 */
export class Reader extends Expressions {
  read(): this {
    this.walk(this.tokens.length);
    return this;
  }

  /** The value of all the tokens, as of what is put into a text. */
  value(): Value {
    return this.expression(this.tokens.length) ?? NOTHING;
  }

  protected putIn(code: string): Value {
    return new Reader(tokensOf(code, this.language), this.language, this.names).value();
  }

  private walk(end: number): void {
    while (this.at < end) this.step(end);
  }

  protected step(end: number): void {
    const begin = this.at;
    if (this.isTold()) return;
    if (this.defines(end) || this.repeats(end) || this.assigns(end)) return;
    if (this.expression(end) !== undefined && this.at > begin) return;
    this.at = begin;
    if (!this.opens || this.depth > DEEPEST) {
      this.at++;
      return;
    }
    const close = Math.min(this.closing.get(this.at) ?? end, end);
    this.at++;
    this.depth++;
    this.walk(close);
    this.depth--;
    this.at = Math.max(this.at, close + 1);
  }

  /** A text of its own on a line tells the reader something. */
  private isTold(): boolean {
    const [before, token, after] = [this.tokens[this.at - 1], this.tokens[this.at], this.tokens[this.at + 1]];
    const alone =
      this.language === "PYTHON" &&
      token?.type === "text" &&
      (before === undefined || before.type === "line") &&
      (after === undefined || after.type === "line");
    if (alone) this.at++;
    return alone;
  }

  /** `def f(a, b)`, `function f(a, b)`, `int f(A a, B b) {`: what calls hand over is given to the parameters. */
  private defines(end: number): boolean {
    const word = this.name();
    const opened = this.at + 2;
    const close = this.closing.get(opened);
    const name = this.name(1);
    if (word === undefined || name === undefined || close === undefined || close > end) return false;
    const declared = /^(def|function)$/.test(word) || (this.language === "JAVA" && this.isDeclared(word, close));
    if (!declared) return false;
    this.parameters(name, opened, close);
    return true;
  }

  private isDeclared(word: string, close: number): boolean {
    const after = this.tokens[close + 1];
    const begins = this.markAt(close + 1) === "{" || (after?.type === "name" && after.name === "throws");
    return begins && !/^(new|return|else|throw)$/.test(word);
  }

  /** Of `a, b = "x"`, `A a, B b`, `a: A = "x"` what is handed over is given to each, or what it is otherwise. */
  private parameters(name: string, opened: number, close: number): void {
    const typed = this.language === "JAVA";
    const parameters: string[] = [];
    for (this.at = opened + 1; this.at < close; this.at++) {
      const begins = typed
        ? /^[,)]$/.test(this.markAt(this.at + 1))
        : /^(?:[(,*]|\*\*)$/.test(this.markAt(this.at - 1)) || this.at === opened + 1;
      const parameter = begins ? this.name() : undefined;
      if (parameter === undefined) continue;
      parameters.push(parameter);
      while (this.at + 1 < close && !/^[,=]$/.test(this.markAt(this.at + 1)))
        this.at = this.closing.get(++this.at) ?? this.at;
      if (this.markAt(this.at + 1) !== "=") continue;
      this.at += 2;
      this.names.give(parameter, this.expression(close) ?? NOTHING);
      this.at--;
    }
    this.names.define(name, parameters);
    this.at = close;
  }

  /** `f = (a, b) => …`, `f = a => …`, `f = lambda a, b: …` */
  private isFunction(name: string, at: number): boolean {
    const token = this.tokens[at];
    const close = this.closing.get(at);
    if (close !== undefined && this.markAt(close + 1) === "=>") this.parameters(name, at, close);
    else if (token?.type === "name" && this.markAt(at + 1) === "=>") this.parameters(name, at - 1, at + 1);
    else if (token?.type === "name" && token.name === "lambda") {
      const colon = this.tokens.findIndex((one, index) => index > at && one.type === "mark" && one.mark === ":");
      if (colon === -1) return false;
      this.parameters(name, at, colon);
    } else return false;
    return true;
  }

  /** `for x in …`, `for (const x of …)`, `for (String x : …)`, `for (x <- …)`. */
  private repeats(end: number): boolean {
    if (this.name() !== "for") return false;
    const begin = this.at;
    const targets: string[] = [];
    for (this.at++; this.at < Math.min(end, begin + 12); this.at++) {
      const name = this.name();
      if (name !== undefined && !/^(in|of|const|let|var|final|String|await)$/.test(name)) targets.push(name);
      const isIn = name === "in" || name === "of" || (targets.length > 0 && /^(:|<-)$/.test(this.mark()));
      if (!isIn) continue;
      this.at++;
      const list = this.expression(end) ?? NOTHING;
      const items = list.items ?? [...(list.entries?.keys() ?? [])].map((key) => textValue(key));
      for (const item of items) {
        const parts = targets.length > 1 && item.items ? item.items : targets.map(() => item);
        targets.forEach((target, index) => {
          this.names.give(target, parts[index] ?? NOTHING);
        });
      }
      return true;
    }
    this.at = begin + 1;
    return true;
  }

  /** `x = …`, `const x: T = …`, `self.x = …`, `a, b = …`, `x += …`. */
  private assigns(end: number): boolean {
    const begin = this.at;
    const targets: string[] = [];
    let at = begin;
    if (CONTROLS.test(this.name() ?? "")) return false;
    for (;;) {
      let token = this.tokens[at];
      // A type stands before the name, or a word that declares it.
      while (token?.type === "name" && this.tokens[at + 1]?.type === "name") token = this.tokens[++at];
      if (token?.type !== "name") return false;
      while (this.markAt(at + 1) === "." && this.tokens[at + 2]?.type === "name") at += 2;
      targets.push((this.tokens[at] as { name: string }).name);
      at++;
      if (this.markAt(at) !== ",") break;
      at++;
    }
    // Behind a colon stands a type.
    if (this.markAt(at) === ":")
      do at++;
      while (at < begin + LONGEST_TYPE && (this.tokens[at]?.type === "name" || /^[.[\],|]$/.test(this.markAt(at))));
    const mark = this.markAt(at);
    if (mark !== "=" && mark !== "+=" && mark !== ":=") return false;
    if (targets.length === 1 && this.isFunction(targets[0] ?? "", at + 1)) return true;
    this.at = at + 1;
    const value = this.list(end);
    if (mark === "+=") this.names.add(targets[0] ?? "", value);
    else if (targets.length === 1) this.names.give(targets[0] ?? "", value);
    else
      targets.forEach((target, index) => {
        this.names.give(target, value.items?.[index] ?? NOTHING);
      });
    return true;
  }

  /** Expressions with commas between are a tuple. */
  private list(end: number): Value {
    const begin = this.at;
    const values = [this.expression(end) ?? NOTHING];
    if (this.at === begin) return NOTHING;
    while (this.language === "PYTHON" && this.mark() === "," && this.at < end) {
      this.at++;
      values.push(this.expression(end) ?? NOTHING);
    }
    return values.length === 1 ? (values[0] as Value) : { texts: [], items: values };
  }
}
