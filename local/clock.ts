/** The one source of time. Passed in, so that tests steer it; nothing in `local/` calls `Date.now` or `setTimeout` for product time. */
export interface Clock {
  /** Microseconds since the epoch. */
  nowMicros(): bigint;
  /** Calls back once, `milliseconds` from now by this clock. */
  setTimer(milliseconds: number, callback: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

export const systemClock: Clock = {
  nowMicros() {
    return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000));
  },
  setTimer(milliseconds, callback) {
    // Node fires a delay above 2^31-1 ms at once.
    const handle = setTimeout(callback, Math.min(Math.max(milliseconds, 0), 2 ** 31 - 1));
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
};

export const toMillis = (micros: bigint): number => Number(micros / 1000n);

/** Waits by the given clock; rejects with the signal's reason when aborted. */
export function sleep(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      timer.cancel();
      reject(signal?.reason);
    };
    const timer = clock.setTimer(milliseconds, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
