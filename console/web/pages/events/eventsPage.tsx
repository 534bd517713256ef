import { useState } from "react";
import { Link, useSearchParams } from "wouter";
import { useActions } from "../../data/queries";
import { count, plural } from "../../format/numbers";
import { useLiveState } from "../../live/liveState";
import { PageHead } from "../../ui/card";
import { FailureState, Loading, State } from "../../ui/states";
import { EventDrawer } from "./eventDrawer";
import { FILTER_KEYS, filterOf } from "./eventFilter";
import { EventRows } from "./eventRows";
import { FilterForm } from "./filterForm";
import { useEvents } from "./useEvents";

/** The live tail, restricted by the address, and one event in a drawer. */
export function EventsPage() {
  const [parameters, setParameters] = useSearchParams();
  const [isPaused, setPaused] = useState(false);
  const filter = filterOf(parameters);
  const events = useEvents(filter, isPaused);
  const actions = useActions();
  const { isPushed } = useLiveState();
  const opened = parameters.get("event");
  const isFiltered = FILTER_KEYS.some((key) => filter[key] !== "");

  const open = (id: string | null) =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      if (id === null) after.delete("event");
      else after.set("event", id);
      return after;
    });

  return (
    <>
      <PageHead title="Events">
        Every event that counts, the last received first. New ones appear after each refresh; an event that waits for
        its prerequisite is under <Link href="/health">Health</Link>.
      </PageHead>
      <FilterForm
        filter={filter}
        actions={actions.data?.map(({ action }) => action) ?? []}
        onChange={(next) => {
          const after = new URLSearchParams();
          for (const key of FILTER_KEYS) if (next[key] !== "") after.set(key, next[key]);
          setParameters(after);
        }}
      />
      <div className="row spread tail">
        <p className="muted small">
          {(events.list.events.length > 0 || !(events.isLoading || events.error)) &&
            `${plural(events.list.events.length, "event")} loaded`}
          {events.list.next !== null && ", older ones follow when you scroll"}
          {events.skipped > 0 &&
            `; ${count(events.skipped)} more arrived at once and are not listed, filter or reload to see them`}
        </p>
        <div className="row">
          {events.skipped > 0 && (
            <button type="button" onClick={events.reload}>
              Reload
            </button>
          )}
          {isPushed && (
            <button type="button" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
              {isPaused ? `Resume${events.waiting > 0 ? ` (${count(events.waiting)} new)` : ""}` : "Pause"}
            </button>
          )}
        </div>
      </div>
      <div aria-busy={events.isLoading}>
        <Body events={events} isFiltered={isFiltered} onOpen={open} />
      </div>
      {opened && <EventDrawer id={opened} onOpen={open} onClose={() => open(null)} />}
    </>
  );
}

interface BodyProps {
  events: ReturnType<typeof useEvents>;
  isFiltered: boolean;
  onOpen: (id: string) => void;
}

function Body({ events, isFiltered, onOpen }: BodyProps) {
  const { list, error, isLoading, loadOlder, reload } = events;
  if (list.events.length > 0 && (!error || error.failure.kind === "gone"))
    return <EventRows events={list.events} onOpen={onOpen} onEnd={loadOlder} />;
  if (error) return <FailureState error={error} retry={reload} />;
  if (isLoading) return <Loading what="events" />;
  if (isFiltered)
    return <State title="No event matches">Loosen the filter, or wait: what arrives and matches appears here.</State>;
  return (
    <State title="No events yet">
      <p>
        Send some with the event client, or load a file: <code>npm run load -- FILE</code>. They appear here by
        themselves.
      </p>
    </State>
  );
}
