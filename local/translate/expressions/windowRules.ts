import type { FunctionCall, WindowSpecification } from "../../../dialect/index";
import { compilationError } from "../../errors";
import type { Binder } from "../binder";

/** `ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING` says no more than the partition does. */
const isWholePartition = ({ frame }: WindowSpecification): boolean =>
  frame?.unit === "ROWS" && frame.start.type === "UNBOUNDED PRECEDING" && frame.end?.type === "UNBOUNDED FOLLOWING";

/** COUNT takes DISTINCT of a single column in any frame; to MIN and MAX the word means nothing. */
const takesDistinct = ({ args }: FunctionCall, name: string): boolean =>
  name === "MIN" || name === "MAX" || (name === "COUNT" && args.length === 1);

/**
 * Refuses DISTINCT beside an order or a frame in OVER, and WITHIN GROUP beside an order.
 * Source: …/functions/count, …/functions/sum, …/functions/max, …/functions/array_agg, their usage notes
 */
export function checkOrderedWindow(binder: Binder, node: FunctionCall, name: string, over: WindowSpecification): void {
  if (isWholePartition(over)) return;
  const refused = (message: string) => {
    const before = binder.text.slice(node.span.start, over.span.start);
    const start = node.span.start + before.toUpperCase().lastIndexOf("OVER");
    return compilationError("002303", "42601", message, binder.position({ start, end: over.span.start }));
  };
  const isOrdered = over.orderBy.length > 0;
  if (node.distinct && !takesDistinct(node, name) && (isOrdered || over.frame))
    throw refused("distinct cannot be used with a window frame or an order.");
  if (node.withinGroup?.length && isOrdered)
    throw refused("WITHIN GROUP clause is not supported when the OVER clause contains an ORDER BY clause.");
}
