import { Link } from "wouter";
import type { EventDetail, RelatedEvent } from "../../../api/events";
import { useEvent } from "../../data/queries";
import { withQuery } from "../../data/request";
import { bytes, plural } from "../../format/numbers";
import { Badge } from "../../ui/card";
import { Code, CopyButton } from "../../ui/copyButton";
import { Dialog } from "../../ui/dialog";
import { Foreign } from "../../ui/foreign";
import { Read } from "../../ui/states";
import { Table } from "../../ui/table";
import { Time } from "../../ui/time";
import { AsReceived } from "./asReceived";
import { EventObject } from "./eventObject";

interface EventDrawerProps {
  id: string;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** One event: what it says, how its id came about, and what stands around it. */
export function EventDrawer({ id, onOpen, onClose }: EventDrawerProps) {
  const event = useEvent(id);
  return (
    <Dialog title={event.data?.action ?? "Event"} shape="drawer" onClose={onClose}>
      <Read answer={event} what="the event">
        {(detail) => <Detail event={detail} onOpen={onOpen} />}
      </Read>
    </Dialog>
  );
}

function Detail({ event, onOpen }: { event: EventDetail; onOpen: (id: string) => void }) {
  return (
    <div className="stack">
      <Facts event={event} />
      <section className="stack">
        <div className="row spread">
          <h3>Payload</h3>
          <div className="row">
            <span className="muted small">{bytes(event.payloadBytes)}</span>
            <CopyButton text={event.payload} label={event.isPayloadCut ? "Copy what is shown" : "Copy"} />
          </div>
        </div>
        <Code text={event.payload} label="Payload" />
        {event.isPayloadCut && (
          <p className="small">
            Only the beginning is shown. <a href={`/api/events/${event.id}/payload`}>Download the whole payload</a>
          </p>
        )}
      </section>
      <AsReceived id={event.id} />
      <IdDerivation event={event} />
      <section className="stack">
        <h3>Duplicates</h3>
        <p>
          {event.copies === 1
            ? "It was received once."
            : `It was received ${event.copies} times and counts once; the copy with the smallest canonical JSON survives.`}
        </p>
      </section>
      <Dependencies event={event} onOpen={onOpen} />
      <section className="stack">
        <h3>The same actor, around this time</h3>
        <Related events={event.neighbours} onOpen={onOpen} empty="Nothing else is known of this actor." />
      </section>
    </div>
  );
}

function Facts({ event }: { event: EventDetail }) {
  const rows: [string, React.ReactNode][] = [
    ["Occurred", <Time key="o" iso={event.occurredAt} />],
    ["Received", <Time key="r" iso={event.receivedAt} />],
    ["Actor", <Actor key="a" event={event} />],
    ["Object", <EventObject key="b" type={event.objectType} id={event.objectId} />],
    ["Lane", event.lane],
    ["Source", <Foreign key="s" text={event.source ?? "–"} />],
    ["Schema version", <Foreign key="v" text={event.schemaVersion ?? "–"} />],
    ["Revenue impact", event.revenueImpact ?? "–"],
    ["Link", <Foreign key="l" text={event.link ?? "–"} />],
  ];
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Actor({ event }: { event: EventDetail }) {
  const actor = event.actor ?? event.anonymousActor;
  if (actor === null) return <>–</>;
  return (
    <>
      <Link href={withQuery("/events", { actor })}>
        <Foreign text={actor} />
      </Link>
      {event.actor === null && " (anonymous)"}
    </>
  );
}

function IdDerivation({ event }: { event: EventDetail }) {
  return (
    <section className="stack">
      <div className="row spread">
        <h3>How its id came about</h3>
        <Badge tone={event.idMatches ? "good" : "bad"}>
          {event.idMatches ? "computed anew: the same" : "computed anew: differs"}
        </Badge>
      </div>
      <Table
        caption="Fields of the event id"
        rows={event.idFields}
        keyOf={({ position }) => position}
        columns={[
          { name: "Field", cell: ({ field }) => <code>{field}</code> },
          {
            name: "Value",
            cell: ({ value }) => (
              <span className="mono">
                <Foreign text={value === "" ? "(empty)" : value} />
              </span>
            ),
          },
          { name: "From", cell: ({ source, writtenAs }) => `${source}; ${writtenAs}` },
        ]}
      />
    </section>
  );
}

function Dependencies({ event, onOpen }: { event: EventDetail; onOpen: (id: string) => void }) {
  return (
    <section className="stack">
      <h3>Dependencies</h3>
      {event.dependsOn === null ? (
        <p>It depends on no other event.</p>
      ) : event.prerequisite ? (
        <>
          <p>It depends on:</p>
          <Related events={[event.prerequisite]} onOpen={onOpen} empty="" />
        </>
      ) : (
        <p>
          <Badge tone="warn">waiting</Badge> It depends on <code>{event.dependsOn}</code>, which has not arrived.
        </p>
      )}
      {event.dependents.length > 0 && (
        <>
          <p>{plural(event.dependents.length, "event")} depend on it:</p>
          <Related events={event.dependents} onOpen={onOpen} empty="" />
        </>
      )}
    </section>
  );
}

function Related({ events, onOpen, empty }: { events: RelatedEvent[]; onOpen: (id: string) => void; empty: string }) {
  if (events.length === 0) return <p>{empty}</p>;
  return (
    <ul className="bars">
      {events.map(({ id, action, occurredAt }) => (
        <li key={id}>
          <button type="button" className="quiet link" onClick={() => onOpen(id)}>
            {action}
          </button>
          <Time iso={occurredAt} />
        </li>
      ))}
    </ul>
  );
}
