import { useCallback, useEffect, useRef, useState } from "react";
import type { EventPage } from "../../../api/events";
import { type RequestError, request, withQuery } from "../../data/request";
import { onEvents } from "../../live/liveSocket";
import { isStale, useLiveState } from "../../live/liveState";
import { type EventFilter, matches } from "./eventFilter";
import { append, EMPTY_LIST, type EventList, prepend } from "./eventList";

const PAGE = 200;

export interface Events {
  list: EventList;
  isLoading: boolean;
  error: RequestError | undefined;
  /** Arrived while the tail was paused. */
  waiting: number;
  /** Arrived and were not sent, because there were too many at once. */
  skipped: number;
  loadOlder: () => void;
  reload: () => void;
}

/** The list of events under a filter, kept up to date by what is pushed. */
export function useEvents(filter: EventFilter, isPaused: boolean): Events {
  const key = JSON.stringify(filter);
  const live = useLiveState();
  const [reloads, setReloads] = useState(0);
  // What arrived while the line was down, or before it was there, was not pushed: read anew when that changes.
  const wanted = JSON.stringify([key, isStale(live), live.connection, reloads]);
  const [readAs, setReadAs] = useState("");
  const [list, setList] = useState<EventList>(EMPTY_LIST);
  const [error, setError] = useState<RequestError>();
  const [waiting, setWaiting] = useState(0);
  const [skipped, setSkipped] = useState(0);
  const held = useRef<EventList["events"]>([]);
  /** Pushed while the list is being read: the answer may be from before. */
  const meanwhile = useRef<EventList["events"]>(undefined);
  const paused = useRef(isPaused);
  paused.current = isPaused;
  const reading = useRef(wanted);
  reading.current = wanted;
  const isBusy = useRef(false);

  useEffect(() => {
    const isCurrent = () => reading.current === wanted;
    meanwhile.current = [];
    request<EventPage>(withQuery("/api/events", { ...JSON.parse(key), limit: PAGE }))
      .then((page) => {
        if (!isCurrent()) return;
        const read = append({ ...EMPTY_LIST, ids: new Set() }, page);
        const later = (meanwhile.current ?? []).filter(({ id }) => !read.ids.has(id));
        meanwhile.current = undefined;
        held.current = paused.current ? later : [];
        setWaiting(held.current.length);
        setSkipped(0);
        setList(paused.current ? read : prepend(read, later));
        setError(undefined);
        setReadAs(wanted);
      })
      .catch((failure: RequestError) => {
        if (!isCurrent()) return;
        setError(failure);
        setReadAs(wanted);
      });
  }, [wanted, key]);

  useEffect(
    () =>
      onEvents(({ events, skipped: more }) => {
        const filter: EventFilter = JSON.parse(key);
        const fresh = events.filter((event) => matches(event, filter));
        if (meanwhile.current) meanwhile.current = fresh.concat(meanwhile.current);
        setSkipped((count) => count + more);
        if (isPaused) {
          held.current = fresh.concat(held.current);
          setWaiting(held.current.length);
        } else if (fresh.length > 0) setList((list) => prepend(list, fresh));
      }),
    [key, isPaused],
  );

  useEffect(() => {
    if (isPaused || held.current.length === 0) return;
    const events = held.current;
    held.current = [];
    setWaiting(0);
    setList((list) => prepend(list, events));
  }, [isPaused]);

  const loadOlder = useCallback(() => {
    const before = list.next;
    if (before === null || isBusy.current) return;
    isBusy.current = true;
    const asked = reading.current;
    const isCurrent = () => reading.current === asked;
    request<EventPage>(withQuery("/api/events", { ...JSON.parse(key), before, limit: 1000 }))
      .then((page) => isCurrent() && setList((list) => append(list, page)))
      .catch((failure: RequestError) => isCurrent() && setError(failure))
      .finally(() => {
        isBusy.current = false;
      });
  }, [key, list.next]);

  const reload = () => setReloads((count) => count + 1);
  return { list, isLoading: readAs !== wanted, error, waiting, skipped, loadOlder, reload };
}
