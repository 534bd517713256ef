import { locate } from "../dialect/index";
import type { Place } from "./finding";

const EXCERPT_LENGTH = 160;

/** Line, column and the offending line of a span. */
export function placeIn(
  text: string,
  span: { start: number; end: number },
): Pick<Place, "line" | "column" | "excerpt" | "span"> {
  const { line, column } = locate(text, span.start);
  const lineStart = text.lastIndexOf("\n", span.start - 1) + 1;
  const lineEnd = text.indexOf("\n", span.start);
  const excerpt = text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd).trim();
  return {
    line,
    column,
    span,
    excerpt: excerpt.length > EXCERPT_LENGTH ? `${excerpt.slice(0, EXCERPT_LENGTH - 1)}…` : excerpt,
  };
}
