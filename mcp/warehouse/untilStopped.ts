import { WarehouseError } from "./warehouseError";

/** Waits for work, but no longer than until a signal. @throws WarehouseError `timeout` or `cancelled` */
export function untilStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stopped = () => {
      const isTimeout = (stop.reason as Error | undefined)?.name === "TimeoutError";
      reject(
        isTimeout
          ? new WarehouseError("timeout", "The query took longer than it may and was stopped.")
          : new WarehouseError("cancelled", "The query was cancelled."),
      );
    };
    if (stop.aborted) stopped();
    stop.addEventListener("abort", stopped, { once: true });
    work.then(resolve, reject).finally(() => stop.removeEventListener("abort", stopped));
  });
}
