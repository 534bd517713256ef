import type { EventSummary } from "./events";

export type WarehouseState = "connected" | "unreachable";

/** What the server says over the WebSocket. */
export type LiveMessage =
  | { type: "hello"; warehouse: WarehouseState; isLive: boolean; dataAt: string | null }
  | { type: "warehouse"; state: WarehouseState; message: string | null }
  /** The events table was refreshed; `newRows` is how much it grew. */
  | { type: "refreshed"; dataAt: string; rows: number; newRows: number }
  /** New events, newest first. `skipped` counts those that arrived too and are not sent. */
  | { type: "events"; events: EventSummary[]; skipped: number }
  | { type: "alive"; at: string };
