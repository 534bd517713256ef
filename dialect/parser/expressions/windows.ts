import type { FrameBound, OrderItem, WindowFrame, WindowSpecification } from "../../ast/index";
import type { Cursor } from "../cursor";

/** `expr [ASC | DESC] [NULLS FIRST | LAST]` */
export function parseOrderItem(cursor: Cursor): OrderItem {
  const { start } = cursor;
  const expression = cursor.expression();
  return { kind: "OrderItem", expression, ...parseDirection(cursor), span: cursor.span(start) };
}

export function parseDirection(cursor: Cursor): Pick<OrderItem, "direction" | "nulls"> {
  const direction = cursor.acceptAnyOf("ASC", "DESC");
  let nulls: OrderItem["nulls"];
  if (cursor.accept("NULLS")) nulls = cursor.expectAnyOf("FIRST", "LAST");
  return { ...(direction && { direction }), ...(nulls && { nulls }) };
}

/** What follows OVER. https://docs.snowflake.com/en/sql-reference/functions-window-syntax */
export function parseWindow(cursor: Cursor): WindowSpecification {
  const { start } = cursor;
  const window: WindowSpecification = {
    kind: "WindowSpecification",
    partitionBy: [],
    orderBy: [],
    span: { start, end: start },
  };
  cursor.expect("(");
  if (cursor.acceptSequence("PARTITION", "BY")) {
    if (cursor.inMetric && cursor.peek().kind !== "Symbol" && cursor.accept("EXCLUDING")) window.excluding = true;
    window.partitionBy = cursor.list(() => cursor.expression());
  }
  if (cursor.acceptSequence("ORDER", "BY")) window.orderBy = cursor.list(() => parseOrderItem(cursor));
  if (cursor.is("ROWS") || cursor.is("RANGE")) window.frame = parseFrame(cursor);
  cursor.expect(")");
  window.span = cursor.span(start);
  return window;
}

function parseFrame(cursor: Cursor): WindowFrame {
  const { start } = cursor;
  const unit = cursor.expectAnyOf("ROWS", "RANGE");
  if (!cursor.accept("BETWEEN"))
    return { kind: "WindowFrame", unit, start: parseBound(cursor), span: cursor.span(start) };
  if (cursor.is("UNBOUNDED") && cursor.peek().keyword === "FOLLOWING")
    throw cursor.unexpected(["PRECEDING"], cursor.peek());
  const from = parseBound(cursor);
  cursor.expect("AND");
  if (cursor.is("UNBOUNDED") && cursor.peek().keyword === "PRECEDING")
    throw cursor.unexpected(["FOLLOWING"], cursor.peek());
  return { kind: "WindowFrame", unit, start: from, end: parseBound(cursor), span: cursor.span(start) };
}

function parseBound(cursor: Cursor): FrameBound {
  const { start } = cursor;
  const bound = (type: FrameBound["type"]): FrameBound => ({ kind: "FrameBound", type, span: cursor.span(start) });
  if (cursor.acceptSequence("CURRENT", "ROW")) return bound("CURRENT ROW");
  if (cursor.accept("UNBOUNDED")) return bound(`UNBOUNDED ${cursor.expectAnyOf("PRECEDING", "FOLLOWING")}`);
  const offset = cursor.expression();
  const type = cursor.expectAnyOf("PRECEDING", "FOLLOWING");
  return { ...bound(type), offset };
}
