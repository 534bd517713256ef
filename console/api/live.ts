import type { EventSummary } from "./events";

export type WarehouseState = "connected" | "unreachable";

/** Up to when the events are known, and how far that is behind now by the server's clock. */
export interface DataAge {
  dataAt: string;
  lagSeconds: number;
}

/** What the server says over the WebSocket. */
export type LiveMessage =
  /** Without `age` nobody has looked at the events table yet, and what comes meanwhile is not pushed. */
  | { type: "hello"; warehouse: WarehouseState; isLive: boolean; age: DataAge | null }
  | { type: "warehouse"; state: WarehouseState; message: string | null }
  /** The events table was refreshed; only when that changed it is there anything new to read. */
  | { type: "refreshed"; age: DataAge; hasChanged: boolean }
  /** New events, newest first. `skipped` counts those that arrived too and are not sent. */
  | { type: "events"; events: EventSummary[]; skipped: number }
  | { type: "alive"; at: string };
