/**
 * Tells a listener without depending on it: what it throws becomes an uncaught exception of its own, as a promise of its would, and
 * neither stops the delivery nor turns an event that is on disk into one that was refused.
 */
export function notify(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}
