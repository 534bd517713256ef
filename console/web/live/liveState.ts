import { useSyncExternalStore } from "react";
import type { DataAge } from "../../api/live";

export type ConnectionState = "connecting" | "live" | "lost";

/** What is known about the line to the server and to the warehouse behind it. */
export interface LiveState {
  connection: ConnectionState;
  warehouse: "connected" | "unreachable";
  warehouseMessage: string | null;
  /** New events are pushed at all. */
  isPushed: boolean;
  /** Since when it is not live, as milliseconds. */
  lostAt: number | null;
  /** Up to when the events are known. */
  age: DataAge | null;
  /** When that was said, by this machine's clock: from then on the lag grows. */
  ageSaidAt: number;
}

let state: LiveState = {
  connection: "connecting",
  warehouse: "connected",
  warehouseMessage: null,
  isPushed: true,
  lostAt: null,
  age: null,
  ageSaidAt: 0,
};
const listeners = new Set<() => void>();

export function setLiveState(change: Partial<LiveState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

export const liveState = (): LiveState => state;

export const useLiveState = (): LiveState =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, liveState);

/** What is shown may be out of date. */
export const isStale = ({ connection, warehouse }: LiveState): boolean =>
  connection === "lost" || warehouse === "unreachable";
