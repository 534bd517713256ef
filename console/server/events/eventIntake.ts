import type { ConnectionOptions } from "snowflake-sdk";
import type { EventInput } from "../../../client/event";
import { EventClient } from "../../../client/eventClient";
import { InvalidEventError } from "../../../client/invalidEvent";
import { type PreparedEvent, prepareEvent } from "../../../client/prepareEvent";
import { DEFAULT_HTTP_LANE, type EventsOptions } from "./eventsOptions";
import { MessageIds } from "./messageIds";
import type { Problem } from "./requestError";

/** An event as it came in, or why it is none. */
export type Draft =
  | {
      event: EventInput;
      /** Sent again under the same id, the event counts once. */
      messageId: string | undefined;
      /** Puts a field of ours into the producer's terms. */
      nameOf?: (field: string) => string;
    }
  | { problems: readonly Problem[] };

/** What became of one draft. `duplicate`: it came before, and nothing was added. */
export type Outcome =
  | { status: "accepted" | "duplicate"; event_id: string }
  | { status: "dead_lettered"; event_id: string; reason: string }
  | { status: "invalid"; problems: readonly Problem[] };

export interface IntakeOptions extends EventsOptions {
  outputs: unknown;
  credentials?: Partial<ConnectionOptions>;
}

interface Ready {
  prepared: PreparedEvent;
  messageId: string | undefined;
  recvAt: number;
  at: number;
}

const DEFAULT_REMEMBERED = 500_000;

/** Takes what comes in over HTTP into one event client; acknowledged means what it means there: it is on disk. */
export class EventIntake {
  /** Messages on their way to the disk; the same message meanwhile waits for them. */
  private readonly underWay = new Map<string, Promise<unknown>>();

  private constructor(
    readonly client: EventClient,
    private readonly ids: MessageIds,
    private readonly lane: string,
  ) {}

  /** @throws FolderInUseError */
  static async open(options: IntakeOptions): Promise<EventIntake> {
    const { outputs, credentials, lane = DEFAULT_HTTP_LANE, spool: folder, maxSpoolBytes: maxBytes } = options;
    const client = new EventClient({
      outputs,
      connection: credentials as ConnectionOptions,
      lane,
      spool: { folder, whenFull: "reject", ...(maxBytes === undefined ? {} : { maxBytes }) },
      closeOnSignals: [],
    });
    try {
      await client.ready();
      return new EventIntake(client, await MessageIds.open(folder, options.rememberedIds ?? DEFAULT_REMEMBERED), lane);
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  /**
   * Takes the valid ones of some drafts with one write; resolves when the disk has them.
   * @param allOrNone one invalid draft keeps out the others too
   * @returns what became of each, in order
   * @throws SpoolFullError, ClientClosedError, Error of the disk; then nothing was acknowledged and all may be sent again
   */
  async take(drafts: readonly Draft[], { allOrNone }: { allOrNone: boolean }): Promise<Outcome[]> {
    // Looked at again without a pause after the last wait: nobody can come in between.
    for (let others = this.others(drafts); others.length > 0; others = this.others(drafts))
      await Promise.allSettled(others);
    const outcomes: Outcome[] = [];
    const ready: Ready[] = [];
    const claimed = new Map<string, string>();
    // One for all: a message that stands twice among them is one event.
    const now = Date.now();
    for (const [at, draft] of drafts.entries()) {
      const outcome = this.check(draft, { at, now }, ready, claimed);
      if (outcome !== undefined) outcomes[at] = outcome;
    }
    if (allOrNone && outcomes.some((outcome) => outcome?.status === "invalid")) return outcomes;
    const keeping = this.keep(ready);
    for (const messageId of claimed.keys()) this.underWay.set(messageId, keeping);
    try {
      const receipts = await keeping;
      for (const [index, { at }] of ready.entries()) {
        const { eventId: event_id, ...rest } = receipts[index] as (typeof receipts)[number];
        outcomes[at] = { ...rest, event_id };
      }
      return outcomes;
    } finally {
      for (const messageId of claimed.keys()) this.underWay.delete(messageId);
    }
  }

  private others(drafts: readonly Draft[]): Promise<unknown>[] {
    return drafts.flatMap((draft) =>
      "event" in draft && draft.messageId !== undefined ? (this.underWay.get(draft.messageId) ?? []) : [],
    );
  }

  private check(
    draft: Draft,
    { at, now }: { at: number; now: number },
    ready: Ready[],
    claimed: Map<string, string>,
  ): Outcome | undefined {
    if ("problems" in draft) return { status: "invalid", problems: draft.problems };
    const { event, messageId, nameOf = (field) => field } = draft;
    const known = messageId === undefined ? undefined : this.ids.find(messageId);
    const recvAt = known?.recvAt ?? now;
    let prepared: PreparedEvent;
    try {
      prepared = prepareEvent(event, { lane: this.lane, recvAt });
    } catch (error) {
      if (!(error instanceof InvalidEventError)) throw error;
      return { status: "invalid", problems: error.problems.map((problem) => locate(problem, nameOf)) };
    }
    const { eventId } = prepared;
    const earlier = known?.eventId ?? (messageId === undefined ? undefined : claimed.get(messageId));
    if (earlier !== undefined && !eventId.startsWith(earlier)) {
      const message = `${JSON.stringify(messageId)} was the id of another event before; expected an id of its own`;
      return { status: "invalid", problems: [{ path: nameOf("message_id"), message }] };
    }
    if (known?.isKept || (messageId !== undefined && claimed.has(messageId)))
      return { status: "duplicate", event_id: eventId };
    if (messageId !== undefined) claimed.set(messageId, eventId);
    ready.push({ prepared, messageId, recvAt, at });
    return undefined;
  }

  private async keep(ready: readonly Ready[]) {
    await Promise.all(
      ready.map(async ({ messageId, recvAt, prepared: { eventId } }) => {
        if (messageId !== undefined && this.ids.find(messageId) === undefined)
          await this.ids.remember(messageId, { recvAt, eventId });
      }),
    );
    const receipts = await this.client.trackPrepared(ready.map(({ prepared }) => prepared));
    for (const { messageId } of ready) {
      const known = messageId === undefined ? undefined : this.ids.find(messageId);
      if (known !== undefined) known.isKept = true;
    }
    return receipts;
  }

  /** Delivers what it can and stops; the rest stays in the spool. */
  async close(options?: { timeoutMs?: number }): Promise<void> {
    await this.client.close(options);
    await this.ids.close();
  }
}

/** `occurred_at: has no offset` as a place and a sentence. */
function locate(problem: string, nameOf: (field: string) => string): Problem {
  const [, path, message] = /^([\w.[\]]+): (.*)$/s.exec(problem) ?? [];
  if (path !== undefined && message !== undefined) return { path: nameOf(path), message };
  return { path: "", message: problem.replace(/^the event: /, "") };
}
