import { type KeyboardEvent, memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { EventSummary } from "../../../api/events";
import { count } from "../../format/numbers";
import { Foreign } from "../../ui/foreign";
import { Time } from "../../ui/time";
import { EventObject } from "./eventObject";
import { type FixedRows, useFixedRows } from "./useFixedRows";

interface EventRowsProps {
  events: readonly EventSummary[];
  onOpen: (id: string) => void;
  /** Called when the end comes near. */
  onEnd: () => void;
}

/** Any number of events: only the rows in sight exist. Arrow keys move, Enter opens. */
export function EventRows({ events, onOpen, onEnd }: EventRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const isByKey = useRef(false);
  const rows = useFixedRows(scroller, events.length);
  const { first, last, height, head } = rows;
  useHeldPosition(scroller, rows, events, setActive);

  useEffect(() => {
    if (events.length > 0 && last >= events.length - 50) onEnd();
  }, [last, events.length, onEnd]);

  useLayoutEffect(() => {
    if (!isByKey.current) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    if (!row) return;
    isByKey.current = false;
    row.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.floor((scroller.current?.clientHeight ?? 360) / height);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -events.length,
      End: events.length,
    };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      isByKey.current = true;
      const next = Math.min(events.length - 1, Math.max(0, active + step));
      setActive(next);
      rows.reveal(next);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const chosen = events[active];
      if (chosen) onOpen(chosen.id);
    }
  };

  // One function for all rows, so that a row that has not changed is not drawn again.
  const opener = useRef(onOpen);
  opener.current = onOpen;
  const open = useCallback((index: number, id: string) => {
    setActive(index);
    opener.current(id);
  }, []);

  const reachable = active >= first && active <= last ? active : first;
  return (
    <div
      ref={scroller}
      className="event-list"
      role="grid"
      aria-label="Events"
      aria-rowcount={events.length + 1}
      onKeyDown={onKeyDown}
    >
      <div className="event-rows" role="rowgroup" style={{ height: head + events.length * height }}>
        <div className="event-row head" role="row" aria-rowindex={1} tabIndex={-1}>
          <span role="columnheader">Received</span>
          <span role="columnheader">Occurred</span>
          <span role="columnheader">Action</span>
          <span role="columnheader">Actor</span>
          <span role="columnheader">Object</span>
          <span role="columnheader">Lane</span>
          <span role="columnheader" className="number">
            Copies
          </span>
        </div>
        {events.slice(first, last + 1).map((event, offset) => {
          const index = first + offset;
          return (
            <EventRow
              key={event.id}
              event={event}
              index={index}
              top={head + index * height}
              isReachable={index === reachable}
              onOpen={open}
            />
          );
        })}
      </div>
    </div>
  );
}

/** When events come in on top, what the reader looks at stays where it is, and the keys go on from there. */
function useHeldPosition(
  scroller: { current: HTMLDivElement | null },
  { height, head, update }: FixedRows,
  events: readonly EventSummary[],
  move: (by: (index: number) => number) => void,
): void {
  const top = useRef<string>(undefined);
  useLayoutEffect(() => {
    const element = scroller.current;
    const before = top.current;
    top.current = events[0]?.id;
    if (!element || before === undefined || before === events[0]?.id) return;
    const added = events.findIndex(({ id }) => id === before);
    if (added <= 0) return;
    const isScrolled = element.scrollTop > head;
    if (isScrolled || element.contains(document.activeElement)) move((index) => index + added);
    if (isScrolled) element.scrollTop += added * height;
    update();
  }, [events, scroller, height, head, update, move]);
}

interface EventRowProps {
  event: EventSummary;
  index: number;
  top: number;
  isReachable: boolean;
  onOpen: (index: number, id: string) => void;
}

const EventRow = memo(function EventRow({ event, index, top, isReachable, onOpen }: EventRowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of all rows
    <div
      className="event-row"
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      tabIndex={isReachable ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(index, event.id)}
    >
      <Cell name="received">
        <Time iso={event.receivedAt} />
      </Cell>
      <Cell name="at">
        <Time iso={event.occurredAt} />
      </Cell>
      <Cell name="action">{event.action}</Cell>
      <Cell name="actor">
        <Foreign text={event.actor ?? event.anonymousActor ?? "–"} />
      </Cell>
      <Cell name="object">
        <EventObject type={event.objectType} id={event.objectId} />
      </Cell>
      <Cell name="lane">{event.lane}</Cell>
      <Cell name="copies number">{event.copies > 1 ? count(event.copies) : ""}</Cell>
    </div>
  );
});

const Cell = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <span role="gridcell" className={`${name} clip`} dir="auto">
    {children}
  </span>
);
