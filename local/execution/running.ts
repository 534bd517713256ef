import { executionCanceled } from "../errors";

interface Running {
  controller: AbortController;
  sessionId: string;
  userId: number;
  requestId?: string | undefined;
}

/** What can be canceled: the client requests and background work in progress. */
export class RunningStatements {
  private readonly byQueryId = new Map<string, Running>();
  private readonly waiting: (() => void)[] = [];

  start(queryId: string, entry: Omit<Running, "controller">): AbortController {
    const controller = new AbortController();
    this.byQueryId.set(queryId, { ...entry, controller });
    return controller;
  }

  end(queryId: string): void {
    this.byQueryId.delete(queryId);
    if (this.byQueryId.size === 0) for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** Resolves when nothing runs any more. */
  idle(): Promise<void> {
    if (this.byQueryId.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  has(queryId: string): boolean {
    return this.byQueryId.has(queryId);
  }

  /** The session has a statement in progress. */
  isBusy(sessionId: string): boolean {
    return [...this.byQueryId.values()].some((running) => running.sessionId === sessionId);
  }

  /** What the session has in progress. */
  queriesOf(sessionId: string): string[] {
    return [...this.byQueryId].filter(([, running]) => running.sessionId === sessionId).map(([queryId]) => queryId);
  }

  sessionOf(queryId: string): string | undefined {
    return this.byQueryId.get(queryId)?.sessionId;
  }

  userOf(queryId: string): number | undefined {
    return this.byQueryId.get(queryId)?.userId;
  }

  /** Aborts by query id; false when it does not run any more. */
  cancel(queryId: string, reason: Error = executionCanceled()): boolean {
    const running = this.byQueryId.get(queryId);
    running?.controller.abort(reason);
    return running !== undefined;
  }

  cancelRequest(requestId: string, sessionId: string): boolean {
    return this.cancelWhere((r) => r.requestId === requestId && r.sessionId === sessionId);
  }

  cancelSession(sessionId: string): boolean {
    return this.cancelWhere((r) => r.sessionId === sessionId);
  }

  cancelAll(): void {
    this.cancelWhere(() => true);
  }

  private cancelWhere(test: (running: Running) => boolean): boolean {
    let found = false;
    for (const running of this.byQueryId.values()) {
      if (!test(running)) continue;
      running.controller.abort(executionCanceled());
      found = true;
    }
    return found;
  }
}
