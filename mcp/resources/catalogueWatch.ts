import type { Row } from "../warehouse/warehouse";

export interface CatalogueChange {
  /** Whether there are other actions than before. */
  isListChanged: boolean;
  /** Actions of which there is more to say than before. */
  actions: readonly string[];
}

/**
 * Notices that the catalogue of actions has changed, as it is read for an answer. It asks for nothing by itself: a warehouse that is
 * woken to see whether there is news costs more than the news.
 */
export class CatalogueWatch {
  private known: ReadonlyMap<string, string> | undefined;
  private readonly listeners = new Set<(change: CatalogueChange) => void>();

  /** Called with every reading. */
  seen(rows: readonly Row[]): void {
    const read = new Map(
      rows.map(({ action, event_count, last_seen_at }) => [String(action), `${event_count} ${last_seen_at}`]),
    );
    const { known } = this;
    this.known = read;
    if (known === undefined) return;
    const actions = [...read].flatMap(([action, mark]) => (known.get(action) === mark ? [] : [action]));
    const isListChanged = known.size !== read.size || actions.some((action) => !known.has(action));
    if (!isListChanged && actions.length === 0) return;
    for (const listener of this.listeners) listener({ isListChanged, actions });
  }

  /** @returns what ends it */
  onChange(listener: (change: CatalogueChange) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
