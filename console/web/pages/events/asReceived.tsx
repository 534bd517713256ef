import { useState } from "react";
import type { ReceivedEvent, ReceivedEvents } from "../../../api/events";
import { useReceived, useSession } from "../../data/queries";
import { bytes } from "../../format/numbers";
import { Badge, type Tone } from "../../ui/card";
import { Code, CopyButton } from "../../ui/copyButton";
import { Foreign } from "../../ui/foreign";
import { Read } from "../../ui/states";
import { Time } from "../../ui/time";

const OUTCOMES: Record<ReceivedEvent["outcome"], { tone: Tone; words: string }> = {
  EVENT: { tone: "good", words: "counts" },
  DEAD_LETTER: { tone: "bad", words: "dead letter" },
  AWAITS_REFRESH: { tone: "warn", words: "awaits the refresh" },
};

/** What producers sent for an event, with the fields nobody reads; for administrators, read when it is opened. */
export function AsReceived({ id }: { id: string }) {
  const { data: session } = useSession();
  const [isOpen, setOpen] = useState(false);
  if (!session?.canSeeReceived) return null;
  return (
    <section>
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>As it was received</summary>
        {isOpen && <Received id={id} />}
      </details>
    </section>
  );
}

function Received({ id }: { id: string }) {
  return (
    <Read answer={useReceived(id)} what="what was received">
      {(received) => <Copies received={received} />}
    </Read>
  );
}

function Copies({ received: { total, first } }: { received: ReceivedEvents }) {
  return (
    <div className="stack">
      {first.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: copies may be the same in everything
        <div key={index} className="stack">
          <div className="row spread">
            <span className="row">
              <Badge tone={OUTCOMES[one.outcome].tone}>{OUTCOMES[one.outcome].words}</Badge>
              <Time iso={one.receivedAt} />
            </span>
            <span className="row">
              <span className="muted small">{bytes(one.payloadBytes)}</span>
              <CopyButton text={one.payload} label={one.isPayloadCut ? "Copy what is shown" : "Copy"} />
            </span>
          </div>
          {one.reason && (
            <p>
              <Foreign text={one.reason} />
            </p>
          )}
          <Code text={one.payload} label={`Received payload ${index + 1}`} />
        </div>
      ))}
      {total > first.length && (
        <p className="small">
          The first {first.length} of {total} copies are shown.
        </p>
      )}
    </div>
  );
}
