import { WebSocket } from "ws";
import type { EventSummary } from "../../api/events";
import type { LiveMessage } from "../../api/live";

/** A message holds so many events: small enough for a browser to take between two frames. */
const EVENTS_PER_MESSAGE = 500;
/** A browser that does not read is left behind: it misses events and is told how many. */
const MAX_BUFFERED_BYTES = 4_000_000;

/** The open browsers. Every message is written once, whoever reads it. */
export class LiveHub {
  private readonly sockets = new Set<WebSocket>();
  private readonly missed = new WeakMap<WebSocket, number>();

  get size(): number {
    return this.sockets.size;
  }

  add(socket: WebSocket): void {
    this.sockets.add(socket);
  }

  remove(socket: WebSocket): void {
    this.sockets.delete(socket);
  }

  send(message: LiveMessage): void {
    const text = JSON.stringify(message);
    for (const socket of this.sockets) if (socket.readyState === WebSocket.OPEN) socket.send(text);
  }

  /** @param events newest first */
  sendEvents(events: readonly EventSummary[], skipped: number): void {
    if (events.length === 0 && skipped > 0) this.sendBatch([], skipped);
    // The oldest batch goes first, so that each is newer than what a browser has.
    for (let end = events.length; end > 0; end -= EVENTS_PER_MESSAGE) {
      const batch = events.slice(Math.max(0, end - EVENTS_PER_MESSAGE), end);
      this.sendBatch(batch, end === events.length ? skipped : 0);
    }
  }

  private sendBatch(events: readonly EventSummary[], skipped: number): void {
    const text = batchText(events, skipped);
    for (const socket of this.sockets) {
      if (socket.readyState !== WebSocket.OPEN) continue;
      const missed = this.missed.get(socket) ?? 0;
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) {
        this.missed.set(socket, missed + events.length + skipped);
        continue;
      }
      socket.send(missed === 0 ? text : batchText(events, skipped + missed));
      this.missed.delete(socket);
    }
  }

  /** Closes every browser's socket; they come back by themselves when a server is there again. */
  close(): void {
    for (const socket of this.sockets) socket.close(1001, "the console is stopping");
  }
}

const batchText = (events: readonly EventSummary[], skipped: number): string =>
  JSON.stringify({ type: "events", events: [...events], skipped } satisfies LiveMessage);
