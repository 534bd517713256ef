import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { EventSummary } from "../../../api/events";
import { count } from "../../format/numbers";
import { Time } from "../../ui/time";

interface EventRowsProps {
  events: readonly EventSummary[];
  onOpen: (id: string) => void;
  /** Called when the end comes near. */
  onEnd: () => void;
}

const NARROW = window.matchMedia("(max-width: 760px)");
const rowHeight = () => (NARROW.matches ? 56 : 36);
const headHeight = () => (NARROW.matches ? 0 : 36);

/** Any number of events: only the rows in sight exist. Arrow keys move, Enter opens. */
export function EventRows({ events, onOpen, onEnd }: EventRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const isByKey = useRef(false);
  // A new function would have every row measured anew at every key press.
  const keyOf = useCallback((index: number) => events[index]?.id ?? index, [events]);
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    paddingStart: headHeight(),
    scrollPaddingStart: headHeight(),
    overscan: 12,
    getItemKey: keyOf,
  });
  useHeldPosition(scroller, events);

  const items = rows.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (events.length > 0 && lastShown >= events.length - 50) onEnd();
  }, [lastShown, events.length, onEnd]);

  useEffect(() => {
    if (!isByKey.current) return;
    isByKey.current = false;
    rows.scrollToIndex(active);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)?.focus({ preventScroll: true }),
    );
  }, [active, rows]);

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.floor((scroller.current?.clientHeight ?? 360) / rowHeight());
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
      setActive((index) => Math.min(events.length - 1, Math.max(0, index + step)));
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const chosen = events[active];
      if (chosen) onOpen(chosen.id);
    }
  };

  const first = items[0]?.index ?? 0;
  const reachable = active >= first && active <= lastShown ? active : first;
  return (
    <div
      ref={scroller}
      className="event-list"
      role="grid"
      aria-label="Events"
      aria-rowcount={events.length + 1}
      onKeyDown={onKeyDown}
    >
      <div className="event-rows" role="rowgroup" style={{ height: rows.getTotalSize() }}>
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
        {items.map(({ index, key, start }) => {
          const event = events[index];
          return event ? (
            <EventRow
              key={key as string}
              event={event}
              index={index}
              top={start}
              isReachable={index === reachable}
              onOpen={() => {
                setActive(index);
                onOpen(event.id);
              }}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}

/** When events come in on top, what the reader looks at stays where it is. */
function useHeldPosition(scroller: { current: HTMLDivElement | null }, events: readonly EventSummary[]): void {
  const top = useRef<string>(undefined);
  useLayoutEffect(() => {
    const element = scroller.current;
    const before = top.current;
    top.current = events[0]?.id;
    if (!element || before === undefined || element.scrollTop <= headHeight() || before === events[0]?.id) return;
    const added = events.findIndex(({ id }) => id === before);
    if (added > 0) element.scrollTop += added * rowHeight();
  }, [events, scroller]);
}

interface EventRowProps {
  event: EventSummary;
  index: number;
  top: number;
  isReachable: boolean;
  onOpen: () => void;
}

function EventRow({ event, index, top, isReachable, onOpen }: EventRowProps) {
  const object = [event.objectType, event.objectId].filter((part) => part !== null).join(" ");
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of all rows
    <div
      className="event-row"
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      tabIndex={isReachable ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onOpen}
    >
      <Cell name="received">
        <Time iso={event.receivedAt} />
      </Cell>
      <Cell name="at">
        <Time iso={event.occurredAt} />
      </Cell>
      <Cell name="action">{event.action}</Cell>
      <Cell name="actor">{event.actor ?? event.anonymousActor ?? "–"}</Cell>
      <Cell name="object">{object || "–"}</Cell>
      <Cell name="lane">{event.lane}</Cell>
      <Cell name="copies number">{event.copies > 1 ? count(event.copies) : ""}</Cell>
    </div>
  );
}

const Cell = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <span role="gridcell" className={`${name} clip`} dir="auto">
    {children}
  </span>
);
