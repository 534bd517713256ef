import type { DeadLetter } from "./deadLetters";
import type { PreparedEvent } from "./prepareEvent";
import { RecordEncoder, type Records } from "./spool/record";

/** The answer to a tracked event: it is on disk (`accepted`), or it was too big and lies among the dead letters. */
export type Receipt =
  | { status: "accepted"; eventId: string }
  | { status: "dead_lettered"; eventId: string; reason: string };

/** An event of `trackEach` that was not taken, with every problem it has. */
export interface Refusal {
  status: "invalid";
  problems: readonly string[];
}

/** The events of one call, taken one by one: of those that are good only bytes and ids are kept. */
export class Intake {
  /** In the order of the events. */
  readonly receipts: Receipt[] = [];
  readonly deadLetters: DeadLetter[] = [];
  private readonly encoder = new RecordEncoder();

  add({ json, eventId, refusal }: PreparedEvent): void {
    if (refusal === undefined) {
      this.encoder.add(json);
      this.receipts.push({ status: "accepted", eventId });
    } else {
      this.deadLetters.push({ reason: refusal, event: json, eventId, count: 1 });
      this.receipts.push({ status: "dead_lettered", eventId, reason: refusal });
    }
  }

  /** The good ones; no more can be added. */
  records(): Records {
    return this.encoder.finish();
  }
}
