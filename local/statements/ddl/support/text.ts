import { lex, type Span } from "../../../../dialect/index";
import type { ExecutionContext } from "../../../execution/context";

/** The stretch of the statement that a node was read from, as it was written. */
export const sourceText = (context: ExecutionContext, node: { span: Span }): string =>
  context.text.slice(node.span.start, node.span.end);

const COMMENTS_AND_BLANKS = /(?:\s+|--[^\n]*|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*/y;

/** The same with the comments behind it: an account shows them in the text of views and dynamic tables. */
export function sourceTextToEnd({ text }: ExecutionContext, { span }: { span: Span }): string {
  COMMENTS_AND_BLANKS.lastIndex = span.end;
  return text.slice(span.start, span.end + (COMMENTS_AND_BLANKS.exec(text)?.[0].length ?? 0)).trimEnd();
}

/** What a statement says behind the word before its query, to its end: the query with the comments around it. */
export function queryAsWritten(context: ExecutionContext, statement: { span: Span }, query: { span: Span }): string {
  const head = context.text.slice(statement.span.start, query.span.start);
  const before =
    lex(head)
      .tokens.filter(({ kind }) => kind !== "End")
      .at(-1)?.end ?? head.length;
  return head.slice(before) + sourceTextToEnd(context, query);
}
