import type { EventSummary } from "../../api/events";
import type { LiveMessage } from "../../api/live";
import { refreshReadings } from "../data/queries";
import { liveState, setLiveState } from "./liveState";

export interface EventBatch {
  /** Newest first. */
  events: EventSummary[];
  /** So many more arrived and were not sent. */
  skipped: number;
}

/** The server gives a sign of life every 10 s; without one for this long the line is dead, whatever the socket believes. */
const SILENCE_MS = 25_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
/** What arrives within this time is handed on together: the page draws a few times a second, however many events come. */
const BATCH_MS = 250;

const listeners = new Set<(batch: EventBatch) => void>();
let port: number | null = null;
let socket: WebSocket | undefined;
let attempt = 0;
let retry: number | undefined;
let silence: number | undefined;
let waiting: EventSummary[][] = [];
let skipped = 0;
let flushing: number | undefined;

/** Told about new events, several times a second at most. */
export function onEvents(listener: (batch: EventBatch) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Opens the line and keeps it open. */
export function keepLive(webSocketPort: number | null): void {
  const isOther = port !== webSocketPort;
  port = webSocketPort;
  if (socket === undefined && retry === undefined) connect();
  else if (isOther) reconnectNow();
}

/** Tries at once instead of waiting: the network or the reader is back. */
export function reconnectNow(): void {
  if (liveState().connection === "live") return;
  window.clearTimeout(retry);
  attempt = 0;
  socket?.close();
  connect();
}

window.addEventListener("online", reconnectNow);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && liveState().connection === "lost") reconnectNow();
});
window.addEventListener("offline", () => socket?.close());

function connect(): void {
  retry = undefined;
  const { protocol, hostname, host } = window.location;
  const address = port === null ? host : `${hostname}:${port}`;
  const opened = new WebSocket(`${protocol === "https:" ? "wss" : "ws"}://${address}/live`);
  socket = opened;
  opened.onmessage = ({ data }) => {
    if (socket === opened) receive(JSON.parse(data as string) as LiveMessage);
  };
  opened.onclose = () => {
    if (socket === opened) lost();
  };
  listenForSilence(opened);
}

function lost(): void {
  socket = undefined;
  window.clearTimeout(silence);
  setLiveState({ connection: "lost", lostAt: liveState().lostAt ?? Date.now() });
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt++) * (0.75 + Math.random() / 2);
  window.clearTimeout(retry);
  retry = window.setTimeout(connect, wait);
}

function listenForSilence(opened: WebSocket): void {
  window.clearTimeout(silence);
  silence = window.setTimeout(() => opened.close(), SILENCE_MS);
}

function receive(message: LiveMessage): void {
  if (socket) listenForSilence(socket);
  switch (message.type) {
    case "hello": {
      attempt = 0;
      // Not live before what comes is pushed; unless nobody can tell when that will be.
      if (message.age === null && message.isLive && message.warehouse === "connected") break;
      const wasLost = liveState().connection === "lost";
      setLiveState({ connection: "live", lostAt: null, warehouse: message.warehouse, isPushed: message.isLive });
      if (message.age !== null) setLiveState({ age: message.age, ageSaidAt: Date.now() });
      if (wasLost) void refreshReadings();
      break;
    }
    case "warehouse":
      setLiveState({ warehouse: message.state, warehouseMessage: message.message });
      void refreshReadings();
      break;
    case "refreshed":
      setLiveState({ age: message.age, ageSaidAt: Date.now() });
      // Reading wakes the warehouse: only when there is something new.
      if (message.hasChanged) void refreshReadings();
      break;
    case "events":
      collect(message.events, message.skipped);
      break;
    case "alive":
      break;
  }
}

function collect(events: EventSummary[], more: number): void {
  if (events.length > 0) waiting.unshift(events);
  skipped += more;
  if (flushing === undefined) flushing = window.setTimeout(flush, BATCH_MS);
}

function flush(): void {
  flushing = undefined;
  const batch = { events: waiting.flat(), skipped };
  waiting = [];
  skipped = 0;
  for (const listener of listeners) listener(batch);
}
