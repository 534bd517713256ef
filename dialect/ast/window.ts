import type { Expression } from "./expressions";
import type { BaseNode } from "./node";

/** One item of ORDER BY; without `direction`/`nulls` Snowflake sorts ascending, NULL last (first when descending). */
export interface OrderItem extends BaseNode {
  kind: "OrderItem";
  expression: Expression;
  direction?: "ASC" | "DESC";
  nulls?: "FIRST" | "LAST";
}

/** What follows OVER. */
export interface WindowSpecification extends BaseNode {
  kind: "WindowSpecification";
  partitionBy: Expression[];
  /** `PARTITION BY EXCLUDING …` of metrics: all dimensions but those of `partitionBy`. */
  excluding?: true;
  orderBy: OrderItem[];
  frame?: WindowFrame;
}

/** `ROWS BETWEEN … AND …`; without `end` the short form `ROWS UNBOUNDED PRECEDING`. */
export interface WindowFrame extends BaseNode {
  kind: "WindowFrame";
  unit: "ROWS" | "RANGE";
  start: FrameBound;
  end?: FrameBound;
}

export interface FrameBound extends BaseNode {
  kind: "FrameBound";
  type: "UNBOUNDED PRECEDING" | "UNBOUNDED FOLLOWING" | "CURRENT ROW" | "PRECEDING" | "FOLLOWING";
  /** Only with PRECEDING and FOLLOWING. */
  offset?: Expression;
}
