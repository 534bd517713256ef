import type { Span } from "../../../../dialect/index";
import type { ExecutionContext } from "../../../execution/context";

/** The stretch of the statement that a node was read from, as it was written. */
export const sourceText = (context: ExecutionContext, node: { span: Span }): string =>
  context.text.slice(node.span.start, node.span.end);
