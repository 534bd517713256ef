import { escaped, type Piece, piecesOf } from "./pieces";

/** The languages of procedures beside SQL. */
export type Language = "PYTHON" | "JAVASCRIPT" | "JAVA" | "SCALA";

/** A token of a body, and where it begins. Comments are none. */
export type Token =
  | { type: "text"; pieces: readonly Piece[]; at: number }
  | { type: "name"; name: string; at: number }
  /** A number, or a pattern of JavaScript. */
  | { type: "number"; text: string; at: number }
  | { type: "mark"; mark: string; at: number }
  /** The end of a line that ends a statement: in Python alone. */
  | { type: "line"; at: number };

const SPACE = /[^\S\n]+|\\\r?\n/y;
const COMMENTS = { PYTHON: /#[^\n]*/y, OTHER: /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y };
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const NUMBER = /\d[\w.]*/y;
const MARK = /\+=|\*\*|<-|=>|->|:=|===?|!==?|<=|>=|\|\||&&|\?\?|./suy;

/** A text begins with its quotes; letters before them say how it is read. */
const OPENS = {
  PYTHON: /([A-Za-z]{0,2})("""|'''|["'])/y,
  JAVASCRIPT: /()(["'`])/y,
  JAVA: /()("""|["'])/y,
  SCALA: /([A-Za-z]*)("""|["'])/y,
};

/** A pattern of JavaScript stands where a value may begin. */
const PATTERN = /\/(?![/*])(?:[^\n\\/[]|\\.|\[(?:[^\n\\\]]|\\.)*\])+\/\w*/y;
const BEFORE_A_VALUE = /^(?:[(,=:[!&|?{};]|=>|&&|\|\||\?\?|return)$/;

/** The language of that name; of others that there may be one day the texts are written as in JavaScript. */
export const languageOf = (name: string): Language => (Object.hasOwn(OPENS, name) ? (name as Language) : "JAVASCRIPT");

/** The tokens of a body. What no language would read is told apart by single characters. */
export function tokensOf(body: string, language: Language): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let open = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(body);
  };
  while (at < body.length) {
    const blank = match(SPACE) ?? match(language === "PYTHON" ? COMMENTS.PYTHON : COMMENTS.OTHER);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    if (body[at] === "\n") {
      if (language === "PYTHON" && open === 0) tokens.push({ type: "line", at });
      at++;
      continue;
    }
    const opened = match(OPENS[language]);
    if (opened) {
      const [whole, prefix = "", quote = ""] = opened;
      const start = at + whole.length;
      const end = endOf(body, quote, start);
      tokens.push({ type: "text", pieces: piecesOf(body.slice(start, end), language, prefix, quote), at });
      at = end + quote.length;
      continue;
    }
    if (language === "JAVASCRIPT" && body[at] === "/" && mayBegin(tokens.at(-1))) {
      const pattern = match(PATTERN);
      if (pattern) {
        tokens.push({ type: "number", text: pattern[0], at });
        at += pattern[0].length;
        continue;
      }
    }
    const [name] = match(NAME) ?? [];
    const [number] = match(NUMBER) ?? [];
    const token: Token =
      name !== undefined
        ? { type: "name", name, at }
        : number !== undefined
          ? { type: "number", text: number, at }
          : { type: "mark", mark: match(MARK)?.[0] ?? "", at };
    tokens.push(token);
    if (token.type === "mark") open += "([{".includes(token.mark) ? 1 : ")]}".includes(token.mark) ? -1 : 0;
    at += (name ?? number ?? (token.type === "mark" ? token.mark : "")).length || 1;
  }
  return tokens;
}

function mayBegin(before: Token | undefined): boolean {
  if (before === undefined) return true;
  const word = before.type === "mark" ? before.mark : before.type === "name" ? before.name : "";
  return BEFORE_A_VALUE.test(word);
}

function endOf(body: string, quote: string, from: number): number {
  for (let at = from; at < body.length; at++) {
    if (escaped(body, at)) at++;
    else if (body.startsWith(quote, at)) return at;
    // A text in simple quotes that does not end on its line is none: what follows is read as it is.
    else if (body[at] === "\n" && quote.length === 1 && quote !== "`") return at;
  }
  return body.length;
}
