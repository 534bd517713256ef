interface Closable {
  close(): Promise<void>;
}

/** Who is to be closed on which signal. One listener for each signal: many clients in a process are no leak of listeners. */
const waiting = new Map<NodeJS.Signals, { closables: Set<Closable>; listener: () => void }>();

/**
 * Closes something when the process is told to end, and then lets it end as it would have.
 * @returns forgets about the signals
 */
export function closeOnSignal(closable: Closable, signals: readonly NodeJS.Signals[]): () => void {
  for (const signal of signals) (waiting.get(signal) ?? listen(signal)).closables.add(closable);
  return () => {
    for (const signal of signals) forget(closable, signal);
  };
}

function listen(signal: NodeJS.Signals) {
  const closables = new Set<Closable>();
  const listener = () => {
    waiting.delete(signal);
    void Promise.allSettled([...closables].map((closable) => closable.close())).then(() => {
      // Somebody else who listens decides for himself when the process ends.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  };
  const entry = { closables, listener };
  waiting.set(signal, entry);
  process.once(signal, listener);
  return entry;
}

function forget(closable: Closable, signal: NodeJS.Signals): void {
  const entry = waiting.get(signal);
  if (!entry?.closables.delete(closable) || entry.closables.size > 0) return;
  waiting.delete(signal);
  process.off(signal, entry.listener);
}
