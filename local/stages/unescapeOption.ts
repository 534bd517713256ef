const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", "\\": "\\", "'": "'", '"': '"' };

/** `\t`, `\x7C`, `0x7c`, `\174` as delimiters may be written; bytes in hex form UTF-8 characters. */
export function unescapeOption(text: string): string {
  if (/^(?:0x[0-9a-f]{2})+$/i.test(text)) return fromBytes(text.match(/[0-9a-f]{2}(?=0x|$)/gi) ?? []);
  if (/^(?:\\x[0-9a-f]{2})+$/i.test(text)) return fromBytes(text.match(/[0-9a-f]{2}(?=\\|$)/gi) ?? []);
  return text.replace(/\\([0-7]{3}|[nrtbf\\'"])/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] as string),
  );
}

const fromBytes = (hex: readonly string[]): string => Buffer.from(hex.join(""), "hex").toString("utf8");
