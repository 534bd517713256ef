import type { Language } from "./tokens";

/** A part of a text: characters, or code of which the value is put in. */
export type Piece = string | { code: string };

export const escaped = (body: string, at: number): boolean => body[at] === "\\" && at + 1 < body.length;

/** The parts of what stands between quotes. `prefix`: the letters before them. */
export function piecesOf(written: string, language: Language, prefix: string, quote: string): Piece[] {
  const letters = prefix.toLowerCase();
  const raw =
    language === "PYTHON" ? letters.includes("r") : language === "SCALA" && (quote === '"""' || letters === "raw");
  const places = placesIn(language, letters, quote);
  if (places === undefined) return [raw ? written : unescaped(written)];
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of written.matchAll(places)) {
    const [whole, code, name] = match;
    pieces.push(raw ? written.slice(from, match.index) : unescaped(written.slice(from, match.index)));
    // Braces that are written twice are meant as they are.
    if (code !== undefined || name !== undefined) pieces.push({ code: code ?? name ?? "" });
    else pieces.push(whole.slice(0, 1));
    from = match.index + whole.length;
  }
  pieces.push(raw ? written.slice(from) : unescaped(written.slice(from)));
  return pieces;
}

/** Where values are put in, if the text has such places. */
function placesIn(language: Language, letters: string, quote: string): RegExp | undefined {
  if (language === "PYTHON" && letters.includes("f")) return /\{\{|\}\}|\{([^{}!]*?)(?:![rsa])?(?::[^{}]*)?\}/g;
  if (language === "JAVASCRIPT" && quote === "`") return /\$\{((?:[^{}]|\{[^{}]*\})*)\}/g;
  if (language === "SCALA" && letters !== "" && letters !== "r") return /\$\$|\$\{([^{}]*)\}|\$([A-Za-z_]\w*)/g;
  return undefined;
}

const CHARACTERS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", "\n": "" };

const ESCAPE = /\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|([0-7]{1,3})|([\s\S]))/g;

/** What escapes stand for; one that is none keeps its character. */
const unescaped = (text: string): string =>
  text.replace(ESCAPE, (_, long, four, eight, two, octal, character) => {
    const hex = long ?? four ?? eight ?? two;
    if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return CHARACTERS[character as string] ?? character;
  });
