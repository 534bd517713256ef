import pc from "picocolors";
import { codeFrame, type DialectError } from "../../dialect/index";

/** A mistake for people: place, code and words, its line with a caret, what was expected. */
export function report(file: string, text: string, error: DialectError): string {
  const expected = error.expected.length === 0 ? "" : `\nexpected ${error.expected.map(quoted).join(", ")}`;
  return `${pc.bold(`${file}:${error.line}:${error.column}`)} ${error.code} (${error.sqlState}): ${error.message}\n${codeFrame(text, error.span)}${expected}`;
}

/** A comma or bracket among words is seen as one. */
const quoted = (token: string) => (/^\W+$/.test(token) ? `'${token}'` : token);
