import type { Place } from "../finding";

/** The offending line with its number and carets below the span, as compilers print it. */
export function codeFrame(text: string, { line, column, span }: Place): string {
  if (line === undefined || column === undefined) return "";
  const content = (text.split("\n")[line - 1] ?? "").replace(/\r$/, "").replaceAll(/[\t\r]/g, " ");
  const number = String(line);
  const width = Math.max(1, Math.min((span?.end ?? 0) - (span?.start ?? 0), content.length - column + 1));
  return `  ${number} | ${content}\n  ${" ".repeat(number.length)} | ${" ".repeat(column - 1)}${"^".repeat(width)}`;
}
