import { errorParsingJson } from "../../errors";
import {
  doubleText,
  type JsonNode,
  NumberNode,
  normaliseDecimal,
  ObjectNode,
  significantDigits,
  TaggedNode,
  Undefined,
} from "./node";

const BLANK = /[ \t\r\n]/;
const ESCAPES: Record<string, string> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  "/": "/",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

/** A JSON number as Snowflake stores it: exact up to 38 digits, otherwise and in scientific notation a double. */
export function numberFromText(text: string): NumberNode | TaggedNode {
  if (!/[eE]/.test(text)) {
    const plain = normaliseDecimal(text);
    const fraction = plain.includes(".") ? plain.length - plain.indexOf(".") - 1 : 0;
    if (significantDigits(plain) <= 38 && fraction <= 38) return new NumberNode(plain);
  }
  return new TaggedNode("D", doubleText(Number(text)));
}

/**
 * PARSE_JSON's reading of a text; undefined when there is nothing but blanks (SQL NULL).
 * Source: https://docs.snowflake.com/en/sql-reference/functions/parse_json
 */
export function parseJson(text: string, allowDuplicates = false): JsonNode | undefined {
  return new Parser(text, allowDuplicates).document();
}

class Parser {
  private at = 0;
  constructor(
    private readonly text: string,
    private readonly allowDuplicates: boolean,
  ) {}

  document(): JsonNode | undefined {
    this.skip();
    if (this.at >= this.text.length) return undefined;
    const node = this.value();
    this.skip();
    if (this.at < this.text.length) this.fail("more than one document in the input");
    return node instanceof Undefined ? undefined : node;
  }

  private fail(what: string, at = this.at): never {
    throw errorParsingJson(`${what}, pos ${at + 1}`);
  }

  private skip(): void {
    while (this.at < this.text.length && BLANK.test(this.text[this.at] as string)) this.at++;
  }

  private value(): JsonNode {
    const c = this.text[this.at];
    if (c === undefined) return this.fail("unexpected end of input");
    if (c === '"' || c === "'") return this.string(c);
    if (c === "{") return this.object();
    if (c === "[") return this.array();
    if (c === "-" || c === "+" || c === "." || (c >= "0" && c <= "9")) return this.number();
    return this.keyword();
  }

  private number(): JsonNode {
    const match = /[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:inf(?:inity)?|nan)\b/iy;
    match.lastIndex = this.at;
    const found = match.exec(this.text);
    if (!found) return this.fail(`misplaced ${this.text[this.at]}`);
    const start = this.at;
    this.at += found[0].length;
    const next = this.text[this.at];
    if (next !== undefined && /[A-Za-z0-9_.]/.test(next)) return this.fail("invalid character after number", start);
    if (/[in]/i.test(found[0].replace(/e/gi, ""))) return special(found[0]);
    return numberFromText(found[0].replace(/^\+/, ""));
  }

  private keyword(): JsonNode {
    const word = /[A-Za-z_$][\w$]*/y;
    word.lastIndex = this.at;
    const found = word.exec(this.text);
    if (!found) return this.fail(`misplaced ${this.text[this.at]}`);
    this.at += found[0].length;
    switch (found[0].toLowerCase()) {
      case "true":
        return true;
      case "false":
        return false;
      case "null":
        return null;
      case "undefined":
        return Undefined.value;
      case "nan":
      case "inf":
      case "infinity":
        return special(found[0]);
      default:
        return this.fail(`unknown keyword "${found[0]}"`, this.at - 1);
    }
  }

  private string(quote: string): string {
    this.at++;
    let plain = this.at;
    let out = "";
    for (;;) {
      const c = this.text[this.at];
      if (c === undefined) return this.fail("unfinished string");
      if (c === quote) {
        out += this.text.slice(plain, this.at++);
        return out;
      }
      if (c !== "\\") {
        this.at++;
        continue;
      }
      out += this.text.slice(plain, this.at);
      const e = this.text[this.at + 1];
      if (e === "u") {
        const hex = this.text.slice(this.at + 2, this.at + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.fail("invalid unicode escape");
        out += String.fromCharCode(Number.parseInt(hex, 16));
        this.at += 6;
      } else {
        const value = e === undefined ? undefined : ESCAPES[e];
        if (value === undefined) this.fail(`invalid escape sequence \\${e ?? ""}`);
        out += value;
        this.at += 2;
      }
      plain = this.at;
    }
  }

  /** Elements that are left out between commas are UNDEFINED: `[1,,2]`. */
  private array(): JsonNode[] {
    const items: JsonNode[] = [];
    this.at++;
    this.skip();
    if (this.text[this.at] === "]") {
      this.at++;
      return items;
    }
    for (;;) {
      this.skip();
      const c = this.text[this.at];
      if (c === undefined) return this.fail("incomplete array value");
      if (c === "," || c === "]") items.push(Undefined.value);
      else {
        items.push(this.value());
        this.skip();
      }
      const end = this.text[this.at];
      if (end === undefined) return this.fail("incomplete array value");
      if (end === "]") {
        this.at++;
        return items;
      }
      if (end !== ",") return this.fail(`missing comma`);
      this.at++;
    }
  }

  private object(): ObjectNode {
    const entries = new Map<string, JsonNode>();
    this.at++;
    this.skip();
    if (this.text[this.at] === "}") {
      this.at++;
      return new ObjectNode(entries);
    }
    for (;;) {
      this.skip();
      const c = this.text[this.at];
      if (c === undefined) return this.fail("incomplete object value");
      // A comma behind the last member is let pass.
      if (c === "}") {
        this.at++;
        return new ObjectNode(entries);
      }
      const key = c === '"' || c === "'" ? this.string(c) : this.bareKey();
      if (entries.has(key) && !this.allowDuplicates) this.fail(`duplicate object attribute "${key}"`, this.at - 1);
      this.skip();
      if (this.text[this.at] === undefined) return this.fail("incomplete object value");
      if (this.text[this.at] !== ":") return this.fail("missing colon");
      this.at++;
      this.skip();
      if (this.text[this.at] === undefined) return this.fail("incomplete object value");
      const value = this.value();
      // An OBJECT has no places that could be left out.
      entries.set(key, value instanceof Undefined ? null : value);
      this.skip();
      const end = this.text[this.at];
      if (end === undefined) return this.fail("incomplete object value");
      if (end === "}") {
        this.at++;
        return new ObjectNode(entries);
      }
      if (end !== ",") return this.fail("missing comma");
      this.at++;
    }
  }

  private bareKey(): string {
    const word = /[A-Za-z_]\w*/y;
    word.lastIndex = this.at;
    const found = word.exec(this.text);
    if (!found) return this.fail(`misplaced ${this.text[this.at]}`);
    this.at += found[0].length;
    return found[0];
  }
}

function special(word: string): TaggedNode {
  const negative = word[0] === "-";
  const name = word.replace(/^[-+]/, "").toLowerCase();
  return new TaggedNode("D", name === "nan" ? "NaN" : negative ? "-inf" : "inf");
}
