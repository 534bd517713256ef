/** A source cannot be read, or not to its end: the others can. */
export class SourceError extends Error {
  override name = "SourceError";
}

/** One event to be, as a source gives it. */
export interface SourceRecord {
  /** Where it stands: line of a file, number of a CSV record or of a git event, counted from 1. */
  line: number;
  /** JSON text of the event, or what stood there instead. */
  text: string;
  /** Why it is no event at all. */
  problem?: string;
  /** The last one, and not ended: it may be another one when the source has grown. */
  isOpen?: boolean;
}

export interface Source {
  /** For people, e.g. `events.ndjson.gz`. */
  name: string;
  /** Names the source for ever: a load that is resumed must find the same records in the same order. */
  identity: string;
  /** Tells a changed source from the one that was begun. Undefined: it cannot be read a second time. */
  fingerprint: string | undefined;
  /** Whether new records come behind the old ones: loaded again, only they are loaded. */
  canGrow?: boolean;
  /** Where rejected records go unless told otherwise. */
  rejectedFile: string;
  records: AsyncIterable<SourceRecord>;
  /** How much there is and how much is read, in `unit`. */
  progress: () => { done: number; total: number | undefined };
  unit: "bytes" | "commits";
}
