/**
 * Closes something when the process is told to end, and then lets it end as it would have.
 * @returns forgets about the signals
 */
export function closeOnSignal(closable: { close(): Promise<void> }, signals: readonly NodeJS.Signals[]): () => void {
  const listeners = signals.map((signal) => {
    const listener = () => {
      void closable.close().finally(() => {
        // Somebody else who listens decides for himself when the process ends.
        if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
      });
    };
    process.once(signal, listener);
    return { signal, listener };
  });
  return () => {
    for (const { signal, listener } of listeners) process.off(signal, listener);
  };
}
