import type { Span } from "./ast/node";
import { locate } from "./errors";

/** The line a place is on, with the one before it, and carets below the place; long lines are cut around it. */
export function codeFrame(text: string, span: Span): string {
  const { line, column } = locate(text, span.start);
  const lines = text.split("\n");
  const shown = lines.slice(Math.max(0, line - 2), line);
  const width = String(line).length;
  const frame = shown.map((content, i) => {
    const number = String(line - shown.length + 1 + i).padStart(width);
    return `${number} | ${cut(content.replaceAll("\t", " ").replace(/\r$/, ""), column)}`.trimEnd();
  });
  const from = offsetOfCut(column);
  const length = Math.max(
    1,
    Math.min(span.end - span.start, (lines[line - 1] ?? "").length - column + 1, WIDTH - (column - from)),
  );
  frame.push(`${" ".repeat(width)} | ${" ".repeat(column - 1 - from)}${"^".repeat(length)}`);
  return frame.join("\n");
}

const WIDTH = 120;

function offsetOfCut(column: number): number {
  return column > WIDTH - 20 ? column - 60 : 0;
}

function cut(line: string, column: number): string {
  return line.slice(offsetOfCut(column), offsetOfCut(column) + WIDTH);
}
