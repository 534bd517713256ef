import type { Connection } from "snowflake-sdk";
import { untilStopped } from "./untilStopped";

/**
 * Sessions of one person, each with one statement at a time: statements of one session share its transaction, and calls must not
 * meet there. Opened when they are needed.
 */
export class SessionPool {
  private readonly idle: Connection[] = [];
  private readonly waiting: (() => void)[] = [];
  private open = 0;
  private isClosed = false;

  constructor(
    private readonly most: number,
    private readonly logIn: () => Promise<Connection>,
  ) {}

  /** A session of one's own until it is given back or discarded. */
  async take(stop: AbortSignal): Promise<Connection> {
    for (;;) {
      const idle = this.idle.pop();
      if (idle) return idle;
      if (this.open < this.most) return this.enter(stop);
      await untilStopped(new Promise<void>((resolve) => this.waiting.push(resolve)), stop);
    }
  }

  private async enter(stop: AbortSignal): Promise<Connection> {
    this.open++;
    const opening = this.logIn();
    try {
      return await untilStopped(opening, stop);
    } catch (error) {
      // A login nobody waits for any more still gives a session.
      opening.then(
        (connection) => this.give(connection),
        () => this.leave(),
      );
      throw error;
    }
  }

  give(connection: Connection): void {
    if (this.isClosed) this.discard(connection);
    else {
      this.idle.push(connection);
      this.wake();
    }
  }

  /** A session that broke. */
  discard(connection: Connection): void {
    connection.destroy(() => undefined);
    this.leave();
  }

  private leave(): void {
    this.open--;
    this.wake();
  }

  private wake(): void {
    this.waiting.shift()?.();
  }

  /** Says goodbye, and does not wait long for a server that is gone. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.idle.splice(0).map(goodbye));
  }
}

function goodbye(connection: Connection): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 2000);
    connection.destroy(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
